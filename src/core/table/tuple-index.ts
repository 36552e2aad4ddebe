/**
 * Numbers distinct tuples of codes, from 0: what is a function of several columns is worked out once per
 * tuple that occurs, not once per row.
 */
export class TupleIndex {
  #slots = new Uint32Array(1 << 10);
  #tuples = new Uint32Array(1 << 12);
  #count = 0;

  constructor(private readonly width: number) {}

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** @returns a tuple by its number */
  tuple(number: number): Uint32Array {
    return this.#tuples.subarray(number * this.width, (number + 1) * this.width);
  }

  /** @param tuples one after another @param numbers those of the tuples, filled in: new ones get the next free numbers */
  number(tuples: Uint32Array, numbers: Uint32Array): void {
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.#numberOf(tuples, i * this.width);
  }

  #numberOf(tuples: Uint32Array, at: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(tuples, at, this.width) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === 0) {
        this.#slots[slot] = this.#count + 1;
        return this.#add(tuples.subarray(at, at + this.width));
      }
      if (this.#isSame((entry - 1) * this.width, tuples, at)) return entry - 1;
    }
  }

  #isSame(known: number, tuples: Uint32Array, at: number): boolean {
    for (let i = 0; i < this.width; i++) if (this.#tuples[known + i] !== tuples[at + i]) return false;
    return true;
  }

  #add(tuple: Uint32Array): number {
    const at = this.#count * this.width;
    if (at + this.width > this.#tuples.length) {
      const larger = new Uint32Array(this.#tuples.length * 2);
      larger.set(this.#tuples);
      this.#tuples = larger;
    }
    this.#tuples.set(tuple, at);
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return this.#count - 1;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let n = 0; n < this.#count; n++) {
      let slot = hashOf(this.#tuples, n * this.width, this.width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = n + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(codes: Uint32Array, at: number, width: number): number {
  let hash = 0;
  for (let i = 0; i < width; i++) hash = Math.imul(hash ^ codes[at + i]!, 0x9e3779b1) ^ (hash >>> 13);
  return hash ^ (hash >>> 16);
}
