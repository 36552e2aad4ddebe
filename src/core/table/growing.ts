/** Typed arrays that grow: the storage of a table's columns. */
import type { Codes } from './rows.ts';

type Fixed = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * @returns `array` with room for `length` entries: itself, or a copy with capacity to spare, which costs no memory before
 *   something is written there
 */
export function withRoom<T extends Fixed>(array: T, length: number): T {
  if (length <= array.length) return array;
  const capacity = Math.max(length, array.length * 2, 1024);
  const larger = new (array.constructor as new (size: number) => T)(capacity);
  larger.set(array as never);
  return larger;
}

/** A column of dictionary codes that is as narrow as its codes allow. */
export class CodeColumn {
  codes: Codes = new Uint8Array(1024);

  /** Writes the codes of some rows, from row `at` on; widens the whole column when they are wider. */
  write(at: number, codes: Codes): void {
    if (codes.BYTES_PER_ELEMENT > this.codes.BYTES_PER_ELEMENT) {
      const wider = new (codes.constructor as new (size: number) => Codes)(this.codes.length);
      wider.set(this.codes);
      this.codes = wider;
    }
    this.codes = withRoom(this.codes, at + codes.length);
    this.codes.set(codes, at);
  }
}
