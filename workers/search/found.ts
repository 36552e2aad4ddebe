/** Records that were found in a part, gathered to be sent. */
import type { FoundPart } from '../contract.ts';

/** Room to begin with, bytes. */
const ROOM = 1 << 16;

export class FoundRecords {
  readonly #records: number[] = [];
  readonly #ends: number[] = [];
  #json = new Uint8Array(ROOM);

  /** @param record its number in the part, larger than the last one's @param json is copied */
  add(record: number, json: Uint8Array): void {
    const from = this.#end;
    const end = from + json.length;
    if (end > this.#json.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.#json.subarray(0, from));
      this.#json = larger;
    }
    this.#json.set(json, from);
    this.#records.push(record);
    this.#ends.push(end);
  }

  /** @returns what `backTo` takes, to forget whatever is added from now on */
  mark(): number {
    return this.#records.length;
  }

  backTo(mark: number): void {
    this.#records.length = this.#ends.length = mark;
  }

  all(): Omit<FoundPart, 'unread'> {
    return {
      records: Uint32Array.from(this.#records),
      json: this.#json.slice(0, this.#end),
      ends: Uint32Array.from(this.#ends),
    };
  }

  get #end(): number {
    return this.#ends.at(-1) ?? 0;
  }
}
