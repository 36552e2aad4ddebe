/**
 * Strict JSON (RFC 8259) over bytes, without building values: is this a JSON value, and where does it end?
 *
 * Accepts exactly what `JSON.parse` accepts of the same bytes decoded as UTF-8, but for nesting beyond
 * MAX_DEPTH, which it reports as TOO_DEEP. All functions read only `bytes[from..end)`.
 */
import { BROKEN, INCOMPLETE } from '../formats/sink.ts';

/** Nesting that is followed here; a deeper value must be left to `JSON.parse`. */
export const MAX_DEPTH = 512;
/** The value nests deeper than MAX_DEPTH. */
export const TOO_DEEP = -3;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** 1 for every byte that stands for itself inside a string: not a quote, backslash or control character. */
const PLAIN = new Uint8Array(256);
for (let c = 0x20; c < 256; c++) if (c !== QUOTE && c !== BACKSLASH) PLAIN[c] = 1;

let viewed: Uint8Array = new Uint8Array(0);
let view: DataView = new DataView(viewed.buffer);

/** @returns the same bytes, to be read as words of four at any place; kept until others are asked for */
function wordsOf(bytes: Uint8Array): DataView {
  if (bytes !== viewed) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return view;
}

const SIMPLE_ESCAPE = new Uint8Array(256);
for (const c of '"\\/bfnrt') SIMPLE_ESCAPE[c.charCodeAt(0)] = 1;

const HEX = new Uint8Array(256);
for (const c of '0123456789abcdefABCDEF') HEX[c.charCodeAt(0)] = 1;

/** @returns index of the first byte at or after `i` that is not JSON white space, at most `end` */
export function skipSpace(bytes: Uint8Array, i: number, end: number): number {
  while (i < end) {
    const c = bytes[i]!;
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
    i++;
  }
  return i;
}

/**
 * Strings are most of a log: they are looked through four bytes at a time, with the arithmetic that tells a word with
 * a zero byte from one without (H. S. Warren, Hacker's Delight, 6-1). A carry can mark a byte above one that is
 * marked rightly, never one below it: the lowest mark is right.
 *
 * @param i index after the opening quote
 * @returns index after the closing quote, INCOMPLETE or BROKEN
 */
export function skipString(bytes: Uint8Array, i: number, end: number): number {
  const words = wordsOf(bytes);
  for (;;) {
    while (i + 4 <= end) {
      const word = words.getInt32(i, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      const special =
        (((quote - 0x01010101) & ~quote) |
          ((backslash - 0x01010101) & ~backslash) |
          ((word - 0x20202020) & ~word)) &
        0x80808080;
      if (special !== 0) {
        i += (31 - Math.clz32(special & -special)) >> 3;
        break;
      }
      i += 4;
    }
    while (i < end && PLAIN[bytes[i]!] === 1) i++;
    if (i >= end) return INCOMPLETE;
    const c = bytes[i]!;
    if (c === QUOTE) return i + 1;
    if (c !== BACKSLASH) return BROKEN;
    if (++i >= end) return INCOMPLETE;
    const escape = bytes[i]!;
    i++;
    if (SIMPLE_ESCAPE[escape] === 1) continue;
    if (escape !== 0x75) return BROKEN;
    for (const stop = i + 4; i < stop; i++) {
      if (i >= end) return INCOMPLETE;
      if (HEX[bytes[i]!] !== 1) return BROKEN;
    }
  }
}

/** @returns index after the run of decimal digits that begins at `i` */
function skipDigits(bytes: Uint8Array, i: number, end: number): number {
  while (i < end && bytes[i]! >= 0x30 && bytes[i]! <= 0x39) i++;
  return i;
}

/**
 * A number can only be known to have ended when something follows it, so one that touches `end` is INCOMPLETE.
 *
 * @param i index of the first character, `-` or a digit
 * @returns index after the number, INCOMPLETE or BROKEN
 */
export function skipNumber(bytes: Uint8Array, i: number, end: number): number {
  if (bytes[i] === 0x2d) i++;
  if (i >= end) return INCOMPLETE;
  const whole = i;
  i = skipDigits(bytes, i, end);
  if (i === whole) return BROKEN;
  if (bytes[whole] === 0x30 && i - whole > 1) return BROKEN;
  if (i < end && bytes[i] === 0x2e) {
    const fraction = ++i;
    i = skipDigits(bytes, i, end);
    if (i >= end) return INCOMPLETE;
    if (i === fraction) return BROKEN;
  }
  if (i < end && (bytes[i]! | 0x20) === 0x65) {
    i++;
    if (i < end && (bytes[i] === 0x2b || bytes[i] === 0x2d)) i++;
    const exponent = i;
    i = skipDigits(bytes, i, end);
    if (i >= end) return INCOMPLETE;
    if (i === exponent) return BROKEN;
  }
  return i >= end ? INCOMPLETE : i;
}

const TRUE = [0x74, 0x72, 0x75, 0x65];
const FALSE = [0x66, 0x61, 0x6c, 0x73, 0x65];
const NULL = [0x6e, 0x75, 0x6c, 0x6c];

function skipWord(bytes: Uint8Array, i: number, end: number, word: readonly number[]): number {
  for (const c of word) {
    if (i >= end) return INCOMPLETE;
    if (bytes[i] !== c) return BROKEN;
    i++;
  }
  return i;
}

/** @returns index after the string, number or word that begins at `i`, INCOMPLETE or BROKEN */
export function skipScalar(bytes: Uint8Array, i: number, end: number): number {
  const c = bytes[i]!;
  if (c === QUOTE) return skipString(bytes, i + 1, end);
  if (c === 0x74) return skipWord(bytes, i, end, TRUE);
  if (c === 0x66) return skipWord(bytes, i, end, FALSE);
  if (c === 0x6e) return skipWord(bytes, i, end, NULL);
  if (c === 0x2d || (c >= 0x30 && c <= 0x39)) return skipNumber(bytes, i, end);
  return BROKEN;
}

/** Kinds of the open containers, outermost first. Shared by all calls: none of them yields. */
const stack = new Uint8Array(MAX_DEPTH);

/**
 * @param i index of the first character of a value (no white space before it)
 * @returns index after the value, INCOMPLETE, BROKEN or TOO_DEEP
 */
export function skipValue(bytes: Uint8Array, i: number, end: number): number {
  let depth = 0;
  if (i >= end) return INCOMPLETE;
  for (;;) {
    // A value begins at i.
    const c = bytes[i]!;
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      i = skipSpace(bytes, i + 1, end);
      if (i >= end) return INCOMPLETE;
      if (bytes[i] === c + 2) {
        i++; // Both closing characters stand two after their opening ones.
      } else {
        if (depth === MAX_DEPTH) return TOO_DEEP;
        stack[depth++] = c;
        if (c === OPEN_BRACE) {
          i = skipKey(bytes, i, end);
          if (i < 0) return i;
        }
        continue;
      }
    } else {
      i = skipScalar(bytes, i, end);
      if (i < 0) return i;
    }
    // A value has ended: close containers until one goes on.
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(bytes, i, end);
      if (i >= end) return INCOMPLETE;
      const open = stack[depth - 1]!;
      const next = bytes[i]!;
      if (next === COMMA) {
        i = skipSpace(bytes, i + 1, end);
        if (i >= end) return INCOMPLETE;
        if (open === OPEN_BRACE) {
          i = skipKey(bytes, i, end);
          if (i < 0) return i;
        }
        break;
      }
      if (next !== open + 2) return BROKEN;
      depth--;
      i++;
    }
  }
}

/** @returns index of the value after the key that begins at `i`, its colon and white space; or a failure */
function skipKey(bytes: Uint8Array, i: number, end: number): number {
  if (bytes[i] !== QUOTE) return BROKEN;
  i = skipString(bytes, i + 1, end);
  if (i < 0) return i;
  return skipColon(bytes, i, end);
}

/** @returns index of what follows the colon (and white space) expected at `i`; or a failure */
function skipColon(bytes: Uint8Array, i: number, end: number): number {
  i = skipSpace(bytes, i, end);
  if (i >= end) return INCOMPLETE;
  if (bytes[i] !== COLON) return BROKEN;
  i = skipSpace(bytes, i + 1, end);
  return i >= end ? INCOMPLETE : i;
}
