/**
 * Two 32-bit hashes of a record's bytes, to tell "the same record again" from "same ID, other content".
 * Not cryptographic: evidence is the SHA-256 of the file. Equal digests are taken for equal content, which
 * two records of one event ID reach by chance once in 2^64. Where digests differ, the contents are compared: they may be
 * those of an earlier version.
 */
import { PRIME_1, PRIME_2, PRIME_3, fold, step } from './mix.ts';

/** Hashes of the last `digest` call, and whether any byte had its high bit set (so: not plain ASCII). */
export interface DigestResult {
  first: number;
  second: number;
  nonAscii: boolean;
}

const CHAINS = 16;
const chains = new Int32Array(CHAINS);

/**
 * Sixteen chains of every sixteenth word each: as many as a processor with vectors of four words works on at a time while
 * a multiplication is under way. Each step of a chain is a bijection: records that differ in one word never have the same
 * digest.
 *
 * @param words the record, zero-padded to whole vectors of four 32-bit words
 * @param length length of the record in bytes, which goes into the hash
 * @param result is filled in
 */
export function digestWords(words: Uint32Array, length: number, result: DigestResult): void {
  const starts = [length, ~length, length ^ PRIME_2, length ^ PRIME_3];
  for (let i = 0; i < CHAINS; i++) chains[i] = starts[i & 3]! ^ Math.imul(i >> 2, PRIME_1);
  let any = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    any |= word;
    chains[i & 15] = step(chains[i & 15]!, word);
  }
  [result.first, result.second] = fold(lane(0), lane(1), lane(2), lane(3));
  result.nonAscii = (any & 0x80808080) !== 0;
}

/** The four chains that are one lane of a vector each. */
function lane(i: number): number {
  return step(step(step(chains[i]!, chains[i + 4]!), chains[i + 8]!), chains[i + 12]!);
}
