/** What hashes of records and of IDs are made with. */

export const PRIME_1 = 0x9e3779b1;
export const PRIME_2 = 0xc2b2ae3d;
export const PRIME_3 = 0x27d4eb2f;

/** A bijection of either of its arguments, for each value of the other. @returns a signed number of 32 bits */
export function step(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, PRIME_1);
  return mixed ^ (mixed >>> 15);
}

export function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
