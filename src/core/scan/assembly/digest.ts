/** The two hashes of a record's bytes, as ../../record/digest.ts defines them: its chains are the lanes of four vectors. */

const PRIME_1: i32 = 0x9e3779b1;
const PRIME_2: i32 = 0xc2b2ae3d;
const PRIME_3: i32 = 0x27d4eb2f;
/** Sixteen bytes of ones before sixteen of zeros: from 16 - n on, a mask of the first n bytes. */
const MASKS = memory.data<u8>([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * @param into where the two hashes go, 32 bits each
 * @returns whether any byte has its high bit set (so: not plain ASCII)
 */
export function digest(start: i32, end: i32, into: i32): bool {
  const length = end - start;
  let p = i32x4(length, ~length, length ^ PRIME_2, length ^ PRIME_3);
  let q = v128.xor(p, i32x4.splat(PRIME_1));
  let r = v128.xor(p, i32x4.splat(2 * PRIME_1));
  let s = v128.xor(p, i32x4.splat(3 * PRIME_1));
  let any = i32x4.splat(0);
  let i = start;
  // Four at a time: each waits for its own multiplications only.
  for (const whole = end - 64; i <= whole; i += 64) {
    const w0 = v128.load(i);
    const w1 = v128.load(i, 16);
    const w2 = v128.load(i, 32);
    const w3 = v128.load(i, 48);
    any = v128.or(any, v128.or(v128.or(w0, w1), v128.or(w2, w3)));
    p = steps(p, w0);
    q = steps(q, w1);
    r = steps(r, w2);
    s = steps(s, w3);
  }
  // What is left, padded with zeros.
  const rest = end - i;
  if (rest > 0) {
    const words = first(i, rest);
    any = v128.or(any, words);
    p = steps(p, words);
  }
  if (rest > 16) {
    const words = first(i + 16, rest - 16);
    any = v128.or(any, words);
    q = steps(q, words);
  }
  if (rest > 32) {
    const words = first(i + 32, rest - 32);
    any = v128.or(any, words);
    r = steps(r, words);
  }
  if (rest > 48) {
    const words = first(i + 48, rest - 48);
    any = v128.or(any, words);
    s = steps(s, words);
  }
  const chains = steps(steps(steps(p, q), r), s);
  const a = i32x4.extract_lane(chains, 0);
  const b = i32x4.extract_lane(chains, 1);
  const c = i32x4.extract_lane(chains, 2);
  const d = i32x4.extract_lane(chains, 3);
  const one = step(step(step(a, b), c), d);
  const other = step(step(step(~d, rotl(b, 7)), rotl(a, 13)), rotl(c, 19));
  store<i32>(into, one ^ (one >>> 13));
  store<i32>(into + 4, other ^ (other >>> 16));
  return i8x16.bitmask(any) != 0;
}

/** The first `count` bytes at an address, the others zero. */
@inline
function first(at: i32, count: i32): v128 {
  const words = v128.load(at);
  return count >= 16 ? words : v128.and(words, v128.load(MASKS + 16 - count));
}

@inline
function steps(chains: v128, words: v128): v128 {
  const product = i32x4.mul(v128.xor(chains, words), i32x4.splat(PRIME_1));
  return v128.xor(product, i32x4.shr_u(product, 15));
}

@inline
function step(hash: i32, word: i32): i32 {
  const mixed = (hash ^ word) * PRIME_1;
  return mixed ^ (mixed >>> 15);
}
