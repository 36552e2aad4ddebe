/**
 * CRC-32 (RFC 1952 section 8; reflected polynomial EDB88320).
 *
 * A table gives the CRC of a few bytes, sixteen a step. Of more bytes, first as many as possible are got rid of: with y for
 * x^128, y^300 + y^155 + y^117 + y^89 + 1 is a multiple of the polynomial, so a word of sixteen bytes may be added (xor) to
 * the words 145, 183, 211 and 300 behind it and taken for zero itself, without another CRC. The multiple was found by
 * search; the way is that of Sam Russell, "Chorba: A novel CRC32 implementation" (arXiv 2412.16398).
 */
import { OUTPUT_BYTES, WINDOW } from './memory';

const STEPS: i32 = 16;
/** By how many bytes stand behind it, and byte. */
const tables: usize = heap.alloc(STEPS << 10);

for (let byte = 0; byte < 256; byte++) {
  let crc: u32 = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  store<u32>(tables + (byte << 2), crc);
}
for (let i = 256; i < STEPS << 8; i++) {
  const crc = load<u32>(tables + ((i - 256) << 2));
  store<u32>(tables + (i << 2), (crc >>> 8) ^ load<u32>(tables + ((crc & 0xff) << 2)));
}

/** How far behind a word it is added, and how many words cannot be got rid of, in bytes. */
const A: usize = 145 * 16;
const B: usize = 183 * 16;
const C: usize = 211 * 16;
const REACH: usize = 300 * 16;
/** Of fewer bytes the table is as fast. */
const MANY: usize = 2 * REACH;

/** The words with what was added to them; zeros before and behind. */
const sums: usize = heap.alloc(<i32>REACH + WINDOW + OUTPUT_BYTES + <i32>REACH);
/** The last words, with what was added to them. */
const rest: usize = heap.alloc(<i32>REACH);

/** @returns the CRC of what `before` is the CRC of and of the bytes from `at` to `end` behind it */
export function crc32(at: usize, end: usize, before: u32): u32 {
  let crc = ~before;
  if (end - at >= MANY) {
    const words = (end - at) & ~15;
    crc = byTable(rest, addUp(at, at + words, crc), 0);
    at += words;
  }
  return ~byTable(at, end, crc);
}

/** Adds the words up until only the last ones are left, in `rest`. @returns the end of them */
function addUp(at: usize, end: usize, crc: u32): usize {
  const last = end - REACH;
  let sum = sums + REACH;
  memory.fill(sums, 0, REACH);
  v128.store(sum, v128.xor(v128.load(at), i32x4(crc, 0, 0, 0)));
  for (at += 16, sum += 16; at < last; at += 16, sum += 16) {
    v128.store(sum, v128.xor(v128.load(at), added(sum)));
  }
  memory.fill(sum, 0, REACH);
  let to = rest;
  for (; at < end; at += 16, sum += 16, to += 16) v128.store(to, v128.xor(v128.load(at), added(sum)));
  return to;
}

/** What is added to a word. */
@inline
function added(sum: usize): v128 {
  return v128.xor(v128.xor(v128.load(sum - A), v128.load(sum - B)), v128.xor(v128.load(sum - C), v128.load(sum - REACH)));
}

/** The part of the CRC that comes of the four bytes of `word`, with `behind` bytes behind the last of them. */
@inline
function part(word: u32, behind: i32): u32 {
  return (
    load<u32>(tables + ((behind + 3) << 10) + ((word & 0xff) << 2)) ^
    load<u32>(tables + ((behind + 2) << 10) + (((word >>> 8) & 0xff) << 2)) ^
    load<u32>(tables + ((behind + 1) << 10) + (((word >>> 16) & 0xff) << 2)) ^
    load<u32>(tables + (behind << 10) + ((word >>> 24) << 2))
  );
}

/** Goes on with a CRC that is not inverted. */
function byTable(at: usize, end: usize, crc: u32): u32 {
  for (; at + 16 <= end; at += 16) {
    crc =
      part(load<u32>(at) ^ crc, 12) ^ part(load<u32>(at, 4), 8) ^ part(load<u32>(at, 8), 4) ^ part(load<u32>(at, 12), 0);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ load<u32>(tables + (((crc ^ load<u8>(at)) & 0xff) << 2));
  return crc;
}
