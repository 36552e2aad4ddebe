/**
 * Huffman codes as tables (RFC 1951 section 3.2): the next bits of the input are the index, an entry says what they stand for.
 *
 * An entry, from its lowest bit on:
 *   0-7    bits to take in all: those of the code, and extra bits behind it
 *   8-11   bits of the code
 *   13-15  SPECIAL: neither a literal nor a length or distance; with END, the end of the block, with LONGER, the first
 *          bits of longer codes, whose table begins at the entry of the value; with neither, the bits are no code
 *   16-30  value: the literal, or the length or distance that extra bits are added to
 *   31     LITERAL
 */
export const LITERAL: u32 = 1 << 31;
export const SPECIAL: u32 = 1 << 15;
export const LONGER: u32 = 1 << 14;
export const END: u32 = 1 << 13;

export const MAX_LITERALS: i32 = 288;
export const MAX_DISTANCES: i32 = 32;
const MAX_SYMBOLS: i32 = MAX_LITERALS + MAX_DISTANCES;
/** Longest code of all, and of the code lengths' own code. */
const MAX_BITS: i32 = 15;

export const LITERAL_BITS: i32 = 11;
export const DISTANCE_BITS: i32 = 8;
export const LENGTH_BITS: i32 = 7;

/** Longer codes share a table by their first bits; of the smallest complete codes each has two of them. */
export const literals: usize = heap.alloc(((1 << LITERAL_BITS) + ((MAX_LITERALS / 2) << (MAX_BITS - LITERAL_BITS))) << 2);
export const distances: usize = heap.alloc(
  ((1 << DISTANCE_BITS) + ((MAX_DISTANCES / 2) << (MAX_BITS - DISTANCE_BITS))) << 2,
);
export const lengths: usize = heap.alloc((1 << LENGTH_BITS) << 2);

/** Entries of symbols, without the bits of their codes. */
const literalSymbols: usize = heap.alloc(MAX_LITERALS << 2);
const distanceSymbols: usize = heap.alloc(MAX_DISTANCES << 2);
const lengthSymbols: usize = heap.alloc(19 << 2);

/** Code lengths that are read of a block, a byte each; a repetition may write beyond the last, which is then an error. */
export const given: usize = heap.alloc(MAX_SYMBOLS + 256);

const counts: usize = heap.alloc((MAX_BITS + 1) << 2);
const next: usize = heap.alloc((MAX_BITS + 2) << 2);

/** Lengths and distances (section 3.2.5): from `symbol` on, `a` symbols for each number of extra bits. */
function plant(symbols: usize, symbol: i32, last: i32, value: u32, a: i32): void {
  for (let i = 0; symbol <= last; symbol++, i++) {
    const extra = <u32>max(0, i / a - 1);
    store<u32>(symbols + (symbol << 2), (value << 16) | extra);
    value += 1 << extra;
  }
}

for (let i = 0; i < 256; i++) store<u32>(literalSymbols + (i << 2), LITERAL | (i << 16));
store<u32>(literalSymbols + (256 << 2), SPECIAL | END);
plant(literalSymbols, 257, 284, 3, 4);
store<u32>(literalSymbols + (285 << 2), 258 << 16);
for (let i = 286; i < 288; i++) store<u32>(literalSymbols + (i << 2), SPECIAL);
plant(distanceSymbols, 0, 29, 1, 2);
for (let i = 30; i < 32; i++) store<u32>(distanceSymbols + (i << 2), SPECIAL);
for (let i = 0; i < 19; i++) store<u32>(lengthSymbols + (i << 2), i << 16);

/** The literals, lengths and distances of a block with the codes that all know (section 3.2.6). */
export function makeFixed(): void {
  memory.fill(given, 8, 144);
  memory.fill(given + 144, 9, 112);
  memory.fill(given + 256, 7, 24);
  memory.fill(given + 280, 8, 8);
  makeLiterals(MAX_LITERALS, 0);
  memory.fill(given, 5, MAX_DISTANCES);
  makeDistances(MAX_DISTANCES, 0);
}

/** @param from which of the given lengths is the first. @returns whether they make a code */
export function makeLiterals(count: i32, from: i32): bool {
  return make(literals, LITERAL_BITS, literalSymbols, count, given + from);
}

/** As makeLiterals. */
export function makeDistances(count: i32, from: i32): bool {
  return make(distances, DISTANCE_BITS, distanceSymbols, count, given + from);
}

/** The code of the code lengths themselves. */
export function makeLengths(): bool {
  return make(lengths, LENGTH_BITS, lengthSymbols, 19, given);
}

/**
 * Makes the table of a code from the lengths of its symbols, a byte each at `lens`. As zlib does, it takes a code that leaves
 * bits without meaning only if it has at most one symbol, of one bit, and that of the code lengths not even then; but where
 * that has no symbol at all, each bit is a length of zero, and what is wrong comes out when all are read.
 */
function make(table: usize, bits: i32, symbols: usize, count: i32, lens: usize): bool {
  memory.fill(counts, 0, (MAX_BITS + 1) << 2);
  for (let i = 0; i < count; i++) {
    const at = counts + (<usize>load<u8>(lens + i) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let longest = MAX_BITS;
  while (longest > 0 && load<i32>(counts + (longest << 2)) == 0) longest--;
  let code = 0;
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    store<i32>(next + (length << 2), code);
    const n = load<i32>(counts + (length << 2));
    code = (code + n) << 1;
    left = (left << 1) - n;
    if (left < 0) return false;
  }
  const complete = left == 0;
  const ofLengths = table == lengths;
  if (!complete && (longest > 1 || (ofLengths && longest == 1))) return false;
  const size = 1 << bits;
  const none: u32 = (1 << 8) | 1 | (ofLengths ? 0 : SPECIAL);
  if (!complete) for (let i = 0; i < size; i++) store<u32>(table + (i << 2), none);
  /** Tables of longer codes are all of the same size. */
  const more = max(0, longest - bits);
  let end = size;
  if (more > 0) {
    // What is not shared by longer codes is written below.
    for (let i = 0; i < size; i++) store<u32>(table + (i << 2), 0);
  }
  for (let symbol = 0; symbol < count; symbol++) {
    const length = <i32>load<u8>(lens + symbol);
    if (length == 0) continue;
    const at = next + (length << 2);
    const own = load<i32>(at);
    store<i32>(at, own + 1);
    const entry = load<u32>(symbols + (symbol << 2)) + <u32>((length << 8) | length);
    const reversed = reverse(own, length);
    if (length <= bits) {
      const step = 1 << length;
      for (let i = reversed; i < size; i += step) store<u32>(table + (i << 2), entry);
    } else {
      const shared = table + ((reversed & (size - 1)) << 2);
      if (load<u32>(shared) == 0) {
        store<u32>(shared, (<u32>end << 16) | SPECIAL | LONGER);
        end += 1 << more;
      }
      const first = table + ((load<u32>(shared) >>> 16) << 2);
      const step = 1 << (length - bits);
      for (let i = reversed >> bits; i < 1 << more; i += step) store<u32>(first + (i << 2), entry);
    }
  }
  if (table == literals) longerLiterals = (1 << more) - 1;
  else if (table == distances) longerDistances = (1 << more) - 1;
  return true;
}

/** Which further bits are the index into a table of longer codes. */
export let longerLiterals: i32 = 0;
export let longerDistances: i32 = 0;

/** The lowest `count` bits of a code the other way round: the input has its first bit lowest. */
@inline
function reverse(code: i32, count: i32): i32 {
  let x = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555);
  x = ((x & 0x3333) << 2) | ((x >> 2) & 0x3333);
  x = ((x & 0x0f0f) << 4) | ((x >> 4) & 0x0f0f);
  x = ((x & 0x00ff) << 8) | ((x >> 8) & 0x00ff);
  return x >> (16 - count);
}
