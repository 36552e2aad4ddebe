/**
 * Finds events by their 16-byte ID: the duplicates of a case. Open addressing over row numbers; the IDs
 * themselves stay where they are, in the table, and are read as words.
 */
const EMPTY = 0;
const NONE: readonly number[] = [];

export class IdIndex {
  /** Row + 1 by slot. */
  #slots: Uint32Array;
  #used = 0;
  /** Mixed into the hash, so that nobody can prepare IDs that all collide. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /** @param expected rows that it need not grow for */
  constructor(expected = 0) {
    this.#slots = new Uint32Array(1 << (32 - Math.clz32(2 * Math.max(2048, expected) - 1)));
  }

  /**
   * @param ids the table's IDs as words, four a row
   * @param id holds the ID looked for, at row `at`
   * @returns the rows with this ID, in no order; mostly none or one
   */
  find(ids: Uint32Array, id: Uint32Array, at: number): readonly number[] {
    const mask = this.#slots.length - 1;
    let found: number[] | null = null;
    for (let slot = this.#hash(id, at) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === EMPTY) return found ?? NONE;
      const row = entry - 1;
      if (sameId(ids, row, id, at)) (found ??= []).push(row);
    }
  }

  /** Adds a row whose ID is already in `ids`. */
  add(ids: Uint32Array, row: number): void {
    if (++this.#used * 2 > this.#slots.length) this.#grow(ids);
    this.#place(ids, row);
  }

  #place(ids: Uint32Array, row: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(ids, row) & mask;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = row + 1;
  }

  #grow(ids: Uint32Array): void {
    // In the order of the rows: their IDs lie one behind the other, slots anywhere.
    const rows = this.#slots.filter((entry) => entry !== EMPTY).sort();
    this.#slots = new Uint32Array(this.#slots.length * 4);
    for (const entry of rows) this.#place(ids, entry - 1);
  }

  #hash(ids: Uint32Array, row: number): number {
    let hash = this.#seed;
    for (let i = row * 4, end = i + 4; i < end; i++) {
      hash = Math.imul(hash ^ ids[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

function sameId(a: Uint32Array, row: number, b: Uint32Array, other: number): boolean {
  const i = row * 4;
  const j = other * 4;
  return a[i] === b[j] && a[i + 1] === b[j + 1] && a[i + 2] === b[j + 2] && a[i + 3] === b[j + 3];
}

/** @returns the words of IDs that are 16 bytes a row */
export function idWords(ids: Uint8Array): Uint32Array {
  return new Uint32Array(ids.buffer, ids.byteOffset, ids.byteLength >> 2);
}

/** An event without an ID has 16 zero bytes there: it is never a duplicate. */
export function hasId(ids: Uint32Array, row: number): boolean {
  const i = row * 4;
  return (ids[i]! | ids[i + 1]! | ids[i + 2]! | ids[i + 3]!) !== 0;
}
