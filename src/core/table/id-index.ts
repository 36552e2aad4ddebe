/**
 * Finds events by their 16-byte ID: the duplicates of a case. Open addressing over row numbers; the IDs
 * themselves stay where they are, in the table.
 */
const EMPTY = 0;
const NONE: readonly number[] = [];

export class IdIndex {
  /** Row + 1 by slot. */
  #slots = new Uint32Array(1 << 12);
  #used = 0;
  /** Mixed into the hash, so that nobody can prepare IDs that all collide. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /**
   * @param ids the table's IDs, 16 bytes a row
   * @param id holds the ID looked for, at `at`
   * @returns the rows with this ID, in no order; mostly none or one
   */
  find(ids: Uint8Array, id: Uint8Array, at: number): readonly number[] {
    const mask = this.#slots.length - 1;
    let found: number[] | null = null;
    for (let slot = this.#hash(id, at) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === EMPTY) return found ?? NONE;
      const row = entry - 1;
      if (sameId(ids, row * 16, id, at)) (found ??= []).push(row);
    }
  }

  /** Adds a row whose ID is already in `ids`. */
  add(ids: Uint8Array, row: number): void {
    if (++this.#used * 2 > this.#slots.length) this.#grow(ids);
    this.#place(ids, row);
  }

  #place(ids: Uint8Array, row: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(ids, row * 16) & mask;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = row + 1;
  }

  #grow(ids: Uint8Array): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const entry of old) if (entry !== EMPTY) this.#place(ids, entry - 1);
  }

  #hash(id: Uint8Array, at: number): number {
    let hash = this.#seed;
    for (let i = 0; i < 16; i++) hash = Math.imul(hash ^ id[at + i]!, 0x01000193);
    return hash ^ (hash >>> 15);
  }
}

function sameId(a: Uint8Array, at: number, b: Uint8Array, bt: number): boolean {
  for (let i = 0; i < 16; i++) if (a[at + i] !== b[bt + i]) return false;
  return true;
}
