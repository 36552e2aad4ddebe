/**
 * Two 32-bit hashes of a record's bytes, to tell "the same record again" from "same ID, other content".
 * Not cryptographic: evidence is the SHA-256 of the file. Equal digests are taken for equal content, which
 * two records of one event ID reach by chance once in 2^64.
 */

/** Hashes of the last `digest` call, and whether any byte had its high bit set (so: not plain ASCII). */
export interface DigestResult {
  first: number;
  second: number;
  nonAscii: boolean;
}

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0xc2b2ae3d;
const PRIME_3 = 0x27d4eb2f;

/**
 * Four chains of every fourth word each, so that a processor can work on all of them at a time. Each step of a chain is
 * a bijection: records that differ in one word never have the same digest.
 *
 * @param words the record, zero-padded to whole 32-bit words
 * @param from index of the first word
 * @param count number of words
 * @param length length of the record in bytes, which goes into the hash
 * @param result is filled in (no allocation per record)
 */
export function digestWords(
  words: Uint32Array,
  from: number,
  count: number,
  length: number,
  result: DigestResult,
): void {
  let a = length | 0;
  let b = ~length;
  let c = length ^ PRIME_2;
  let d = length ^ PRIME_3;
  let any = 0;
  const end = from + count;
  let i = from;
  for (; i + 4 <= end; i += 4) {
    const w0 = words[i]!;
    const w1 = words[i + 1]!;
    const w2 = words[i + 2]!;
    const w3 = words[i + 3]!;
    any |= w0 | w1 | w2 | w3;
    a = step(a, w0);
    b = step(b, w1);
    c = step(c, w2);
    d = step(d, w3);
  }
  for (; i < end; i++) {
    const word = words[i]!;
    any |= word;
    a = step(a, word);
  }
  // Both hashes are of all four chains, in another order.
  const first = step(step(step(a, b), c), d);
  const second = step(step(step(~d, rotate(b, 7)), rotate(a, 13)), rotate(c, 19));
  result.first = (first ^ (first >>> 13)) >>> 0;
  result.second = (second ^ (second >>> 16)) >>> 0;
  result.nonAscii = (any & 0x80808080) !== 0;
}

function step(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, PRIME_1);
  return mixed ^ (mixed >>> 15);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
