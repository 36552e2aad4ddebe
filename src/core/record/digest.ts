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
const PRIME_2 = 0x85ebca77;

/**
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
  let first = length | 0;
  let second = ~length;
  let any = 0;
  for (let i = from, end = from + count; i < end; i++) {
    const word = words[i]!;
    any |= word;
    first = Math.imul(first ^ word, PRIME_1);
    first ^= first >>> 15;
    second = Math.imul(second + word, PRIME_2);
    second = (second << 13) | (second >>> 19);
  }
  result.first = (first ^ (first >>> 13)) >>> 0;
  result.second = (second ^ (second >>> 16)) >>> 0;
  result.nonAscii = (any & 0x80808080) !== 0;
}
