/**
 * Event IDs that are no UUID: 16 bytes that stand for their text. They are stored with a case, which is added to later: how
 * they are made must never change.
 */
import { PRIME_2, PRIME_3, fold, step } from './mix.ts';

const encoder = new TextEncoder();

/** Fills the 16 bytes from `at` on; never all zero, which says "no ID". */
export function writeOddId(text: string, into: Uint8Array, at: number): void {
  const bytes = encoder.encode(text);
  const words = new Uint32Array((bytes.length + 3) >> 2);
  new Uint8Array(words.buffer).set(bytes);
  const out = new DataView(into.buffer, into.byteOffset + at, 16);
  for (let half = 0; half < 2; half++) {
    const [first, second] = hashesOf(words, bytes.length + half * 0x10000);
    out.setUint32(half * 8, first);
    out.setUint32(half * 8 + 4, second);
  }
  into[at] = into[at]! | 0x80;
}

/** Four chains of every fourth word each; words that make no whole four go into the first. */
function hashesOf(words: Uint32Array, start: number): [number, number] {
  let a = start | 0;
  let b = ~start;
  let c = start ^ PRIME_2;
  let d = start ^ PRIME_3;
  let i = 0;
  for (; i + 4 <= words.length; i += 4) {
    a = step(a, words[i]!);
    b = step(b, words[i + 1]!);
    c = step(c, words[i + 2]!);
    d = step(d, words[i + 3]!);
  }
  for (; i < words.length; i++) a = step(a, words[i]!);
  return fold(a, b, c, d);
}
