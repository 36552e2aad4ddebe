/**
 * Numbers distinct tuples of codes, from 0: what is a function of several columns is worked out once per
 * tuple that occurs, not once per row.
 */
export class TupleIndex {
  #slots = new Uint32Array(1 << 10);
  #tuples = new Uint32Array(1 << 12);
  #count = 0;

  constructor(private readonly width: number) {}

  /** @returns the number of this tuple; equal to the count before the call when it is new */
  indexOf(tuple: Uint32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(tuple, 0, this.width) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === 0) {
        this.#slots[slot] = this.#count + 1;
        return this.#add(tuple);
      }
      if (this.#same((entry - 1) * this.width, tuple)) return entry - 1;
    }
  }

  #same(at: number, tuple: Uint32Array): boolean {
    for (let i = 0; i < this.width; i++) if (this.#tuples[at + i] !== tuple[i]) return false;
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
