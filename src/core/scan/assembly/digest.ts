/** The two hashes of a record's bytes, as ../../record/digest.ts defines them: its four chains are the lanes of a vector. */

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
  let chains = i32x4(length, ~length, length ^ PRIME_2, length ^ PRIME_3);
  let any = i32x4.splat(0);
  let i = start;
  for (const whole = end - 16; i <= whole; i += 16) {
    const words = v128.load(i);
    any = v128.or(any, words);
    chains = steps(chains, words);
  }
  // Four words of which the last is not whole: it is padded with zeros.
  if (end - i > 12) {
    const words = v128.and(v128.load(i), v128.load(MASKS + 16 - (end - i)));
    any = v128.or(any, words);
    chains = steps(chains, words);
    i = end;
  }
  let a = i32x4.extract_lane(chains, 0);
  const b = i32x4.extract_lane(chains, 1);
  const c = i32x4.extract_lane(chains, 2);
  const d = i32x4.extract_lane(chains, 3);
  let rest = 0;
  for (; i < end; i += 4) {
    let word = load<i32>(i);
    if (end - i < 4) word &= (1 << ((end - i) << 3)) - 1;
    rest |= word;
    a = step(a, word);
  }
  const first = step(step(step(a, b), c), d);
  const second = step(step(step(~d, rotl(b, 7)), rotl(a, 13)), rotl(c, 19));
  store<i32>(into, first ^ (first >>> 13));
  store<i32>(into + 4, second ^ (second >>> 16));
  return i8x16.bitmask(any) != 0 || (rest & 0x80808080) != 0;
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
