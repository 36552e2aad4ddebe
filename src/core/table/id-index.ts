/**
 * Finds events by their 16-byte ID: the duplicates of a case. Open addressing over row numbers; the IDs
 * themselves stay where they are, in the table, and are read as words. What the index has beside the row is the hash of its
 * ID, so that an ID that nobody has is mostly told from those that are there without looking at them.
 */
const EMPTY = 0;
const NONE: readonly number[] = [];

export class IdIndex {
  /** Hash and row + 1, by slot. */
  #slots: Uint32Array;
  /** Number of slots, a power of two, minus one. */
  #mask: number;
  #used = 0;
  /** Mixed into the hash, so that nobody can prepare IDs that all collide. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /** @param expected rows that it need not grow for */
  constructor(expected = 0) {
    this.#mask = 2 ** (32 - Math.clz32(2 * Math.max(2048, expected) - 1)) - 1;
    this.#slots = new Uint32Array(2 * (this.#mask + 1));
  }

  /**
   * @param ids the table's IDs as words, four a row
   * @param id holds the ID looked for, at row `at`
   * @returns the rows with this ID, in no order; mostly none or one
   */
  find(ids: Uint32Array, id: Uint32Array, at: number): readonly number[] {
    const slots = this.#slots;
    const mask = this.#mask;
    const hash = hashOf(id, at, this.#seed);
    let found: number[] | null = null;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[2 * slot + 1]!;
      if (entry === EMPTY) return found ?? NONE;
      if (slots[2 * slot] === hash && sameId(ids, entry - 1, id, at)) (found ??= []).push(entry - 1);
    }
  }

  /** Adds a row whose ID is already in `ids`. */
  add(ids: Uint32Array, row: number): void {
    this.#makeRoom(1);
    place(this.#slots, this.#mask, hashOf(ids, row, this.#seed), row + 1);
    this.#used++;
  }

  /** @returns the first of some rows of `ids` whose ID is perhaps in the index; `to` when there is none */
  nextMet(ids: Uint32Array, from: number, to: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let at = from; at < to; at++) {
      if (hasId(ids, at) && isMet(slots, mask, hashOf(ids, at, this.#seed))) return at;
    }
    return to;
  }

  /**
   * Adds rows of `ids` one after another, up to one whose ID is perhaps in the index. Few are: whoever adds many need not look
   * each of them up.
   *
   * @param row the first one's number
   * @returns the row of `ids` that was not added; `to` when all were
   */
  addUntilMet(ids: Uint32Array, from: number, to: number, row: number): number {
    this.#makeRoom(to - from);
    const slots = this.#slots;
    const mask = this.#mask;
    let at = from;
    for (; at < to; at++) {
      if (!hasId(ids, at)) continue;
      const hash = hashOf(ids, at, this.#seed);
      if (!placeUnlessMet(slots, mask, hash, row + at - from + 1)) break;
    }
    this.#used += at - from;
    return at;
  }

  #makeRoom(more: number): void {
    while ((this.#used + more) * 2 > this.#mask) this.#grow();
  }

  #grow(): void {
    const before = this.#slots;
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Uint32Array(2 * before.length);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] !== EMPTY) place(this.#slots, this.#mask, before[i]!, before[i + 1]!);
    }
  }
}

/** Whether an ID with this hash is there. */
function isMet(slots: Uint32Array, mask: number, hash: number): boolean {
  for (let slot = hash & mask; slots[2 * slot + 1] !== EMPTY; slot = (slot + 1) & mask) {
    if (slots[2 * slot] === hash) return true;
  }
  return false;
}

/** @returns false when an ID with this hash is there */
function placeUnlessMet(slots: Uint32Array, mask: number, hash: number, entry: number): boolean {
  let slot = hash & mask;
  for (; slots[2 * slot + 1] !== EMPTY; slot = (slot + 1) & mask) {
    if (slots[2 * slot] === hash) return false;
  }
  slots[2 * slot] = hash;
  slots[2 * slot + 1] = entry;
  return true;
}

function place(slots: Uint32Array, mask: number, hash: number, entry: number): void {
  let slot = hash & mask;
  while (slots[2 * slot + 1] !== EMPTY) slot = (slot + 1) & mask;
  slots[2 * slot] = hash;
  slots[2 * slot + 1] = entry;
}

/** @returns an unsigned number of 32 bits */
function hashOf(ids: Uint32Array, row: number, seed: number): number {
  let hash = seed;
  for (let i = row * 4, end = i + 4; i < end; i++) {
    hash = Math.imul(hash ^ ids[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
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
