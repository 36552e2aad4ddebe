/** What hashes of records and of IDs are made with. IDs are stored with cases: none of this may change. */

export const PRIME_1 = 0x9e3779b1;
export const PRIME_2 = 0xc2b2ae3d;
export const PRIME_3 = 0x27d4eb2f;

/** A bijection of either of its arguments, for each value of the other. @returns a signed number of 32 bits */
export function step(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, PRIME_1);
  return mixed ^ (mixed >>> 15);
}

/** @returns two unsigned numbers of 32 bits, both of all four chains, in another order */
export function fold(a: number, b: number, c: number, d: number): [first: number, second: number] {
  const first = step(step(step(a, b), c), d);
  const second = step(step(step(~d, rotate(b, 7)), rotate(a, 13)), rotate(c, 19));
  return [(first ^ (first >>> 13)) >>> 0, (second ^ (second >>> 16)) >>> 0];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
