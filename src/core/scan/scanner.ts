/**
 * The scanner: takes records out of bytes into the rows of a block. It keeps the text of the records in its engine's
 * memory until the block is sealed, so that a rule that asks for more than the columns can look at the record itself.
 */
import type { Engine } from './engine.ts';
import { PADDING } from './engine.ts';

/** Text of a block, in bytes, after which it is full. */
const ENOUGH_TEXT = 24 << 20;

export class RecordScanner {
  readonly engine: Engine;
  /** Address after the last record. */
  #used: number;
  /** The piece of text that memory has a copy of: `#copied[#from..#to)` lies at `#at`. */
  #copied: Uint8Array | null = null;
  #from = 0;
  #to = 0;
  #at = 0;

  constructor(engine: Engine) {
    this.engine = engine;
    this.#used = engine.roomStart;
  }

  /** Whether the block has so much text that it must be sealed before more is scanned. */
  get isFull(): boolean {
    return this.#used - this.engine.roomStart > ENOUGH_TEXT;
  }

  /**
   * Scans the record whose `{` stands at `bytes[start]` into a row of the block. The bytes are copied, as many of them as
   * are given: they may not change before `forget` or `clear` is called.
   *
   * @returns index after the record, INCOMPLETE when the bytes end first, BROKEN when it is not a JSON object
   */
  scan(bytes: Uint8Array, start: number, end: number, row: number): number {
    if (bytes !== this.#copied || start < this.#from || end > this.#to) this.#copy(bytes, start, end);
    const shift = this.#at - this.#from;
    const after = this.engine.scan(start + shift, Math.min(end, this.#to) + shift, row);
    if (after < 0) return after;
    this.#used = after;
    return after - shift;
  }

  /** The bytes that were given may have changed. */
  forget(): void {
    this.#copied = null;
  }

  /** The block is sealed: the text of its records is no longer wanted. */
  clear(): void {
    this.forget();
    this.#used = this.engine.roomStart;
  }

  /** The bytes of the record of a row; a view, valid until the next record. */
  textOf(row: number): Uint8Array {
    const { rows, memory } = this.engine;
    const start = rows.textStart[row]!;
    return memory.subarray(start, start + rows.textLength[row]!);
  }

  /** The bytes of its requestParameters (`which` 0) or responseElements (1), when the flags say that they are there. */
  partOf(row: number, which: 0 | 1): Uint8Array {
    const at = 4 * row + 2 * which;
    const { parts } = this.engine.rows;
    return this.textOf(row).subarray(parts[at], parts[at + 1]);
  }

  /** Whether that part holds none of these pieces (see Engine.lacks). */
  partLacks(row: number, which: 0 | 1, pieces: readonly string[]): boolean {
    const at = 4 * row + 2 * which;
    const { parts, textStart } = this.engine.rows;
    const start = textStart[row]!;
    return this.engine.lacks(start + parts[at]!, start + parts[at + 1]!, pieces);
  }

  #copy(bytes: Uint8Array, start: number, end: number): void {
    const room = this.engine.roomEnd - PADDING - this.#used;
    this.#copied = bytes;
    this.#from = start;
    // A record that finds no room is longer than any reader takes.
    this.#to = Math.min(end, start + room);
    this.#at = this.#used;
    this.engine.memory.set(bytes.subarray(start, this.#to), this.#at);
  }
}
