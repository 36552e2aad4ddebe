/** What becomes of the records of a part, gathered to be sent. */
import type { FoundPart } from '../contract.ts';
import { GIVEN, PASSED } from './how.ts';

/** Room to begin with, bytes. */
const ROOM = 1 << 16;

export class FoundRecords {
  readonly #verdicts: Uint8Array;
  readonly #ends: number[] = [];
  #json = new Uint8Array(ROOM);

  /** @param count records of the part */
  constructor(count: number) {
    this.#verdicts = new Uint8Array(count);
  }

  set(record: number, verdict: number): void {
    this.#verdicts[record] = verdict;
  }

  /** Gives a record back. @param record larger than that of the last one @param json is copied */
  give(record: number, json: Uint8Array): void {
    this.#verdicts[record] = GIVEN;
    const from = this.#end;
    const end = from + json.length;
    if (end > this.#json.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.#json.subarray(0, from));
      this.#json = larger;
    }
    this.#json.set(json, from);
    this.#ends.push(end);
  }

  /** Forgets what became of the records `first` to `end` (exclusive), which are the last ones. */
  forget(first: number, end: number): void {
    const those = this.#verdicts.subarray(first, end);
    this.#ends.length -= those.reduce((sum, verdict) => sum + (verdict === GIVEN ? 1 : 0), 0);
    those.fill(PASSED);
  }

  all(): Omit<FoundPart, 'unread'> {
    return {
      verdicts: this.#verdicts,
      json: this.#json.slice(0, this.#end),
      ends: Uint32Array.from(this.#ends),
    };
  }

  get #end(): number {
    return this.#ends.at(-1) ?? 0;
  }
}
