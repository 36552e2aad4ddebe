/** Typed arrays that grow: the storage of a table's columns. */
import type { Codes } from './rows.ts';

type Fixed = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * @returns `array` with room for `length` entries: itself, or a copy with capacity to spare
 */
export function withRoom<T extends Fixed>(array: T, length: number): T {
  if (length <= array.length) return array;
  const capacity = Math.max(length, Math.ceil(array.length * 1.5), 1024);
  const larger = new (array.constructor as new (size: number) => T)(capacity);
  larger.set(array as never);
  return larger;
}

/** A column of dictionary codes that is as narrow as its largest code allows. */
export class CodeColumn {
  codes: Codes = new Uint8Array(1024);

  /** Writes one code; widens the whole column when it does not fit. */
  set(row: number, code: number): void {
    const bytes = this.codes.BYTES_PER_ELEMENT;
    if (bytes < 4 && code >= 2 ** (8 * bytes)) this.#widen(code < 0x10000 ? Uint16Array : Uint32Array);
    if (row >= this.codes.length) this.codes = withRoom(this.codes, row + 1);
    this.codes[row] = code;
  }

  #widen(type: Uint16ArrayConstructor | Uint32ArrayConstructor): void {
    const wider = new type(this.codes.length);
    wider.set(this.codes);
    this.codes = wider;
  }
}
