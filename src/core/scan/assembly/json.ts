/**
 * Strict JSON (RFC 8259) over memory, without building values: is this a JSON value, and where does it end?
 *
 * Accepts exactly what `JSON.parse` accepts of the same bytes decoded as UTF-8, but for nesting beyond MAX_DEPTH. Positions
 * are addresses; a text ends at `end`, and at least PADDING bytes of memory follow it, which may be looked at but do
 * not count.
 */

/** Bytes of memory that have to follow every text and every stored value: one vector. */
export const PADDING: i32 = 16;

/** As in ../../formats/sink.ts. */
export const INCOMPLETE: i32 = -1;
export const BROKEN: i32 = -2;
/** The value nests deeper than MAX_DEPTH. */
export const TOO_DEEP: i32 = -3;
const MAX_DEPTH: i32 = 512;

export const QUOTE: i32 = 0x22;
export const COMMA: i32 = 0x2c;
export const COLON: i32 = 0x3a;
export const OPEN_BRACKET: i32 = 0x5b;
export const BACKSLASH: i32 = 0x5c;
export const OPEN_BRACE: i32 = 0x7b;
export const CLOSE_BRACE: i32 = 0x7d;
export const LETTER_F: i32 = 0x66;
export const LETTER_N: i32 = 0x6e;
export const LETTER_T: i32 = 0x74;

/** `true`, `null` and `alse` as little-endian words. */
const TRUE: i32 = 0x65757274;
const NULL: i32 = 0x6c6c756e;
const ALSE: i32 = 0x65736c61;

/** Kinds of the open containers, outermost first. */
const stack = memory.data(MAX_DEPTH);

@inline
export function byteAt(i: i32): i32 {
  return load<u8>(i);
}

@inline
export function skipSpace(i: i32, end: i32): i32 {
  while (i < end) {
    const c = byteAt(i);
    if (c > 0x20 || (c != 0x20 && c != 0x0a && c != 0x0d && c != 0x09)) break;
    i++;
  }
  return i;
}

/**
 * @param i address after the opening quote
 * @returns address after the closing quote, INCOMPLETE or BROKEN
 */
export function skipString(i: i32, end: i32): i32 {
  while (true) {
    while (true) {
      const bytes = v128.load(i);
      const special = v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      );
      const mask = i8x16.bitmask(special);
      if (mask != 0) {
        i += ctz(mask);
        break;
      }
      i += 16;
      if (i >= end) return INCOMPLETE;
    }
    if (i >= end) return INCOMPLETE;
    const c = byteAt(i);
    if (c == QUOTE) return i + 1;
    if (c != BACKSLASH) return BROKEN;
    if (++i >= end) return INCOMPLETE;
    const escape = byteAt(i);
    i++;
    if (isSimpleEscape(escape)) continue;
    if (escape != 0x75) return BROKEN;
    for (const stop = i + 4; i < stop; i++) {
      if (i >= end) return INCOMPLETE;
      if (!isHex(byteAt(i))) return BROKEN;
    }
  }
}

/** One of `"\/bfnrt`. */
function isSimpleEscape(c: i32): bool {
  return (
    c == QUOTE || c == BACKSLASH || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74
  );
}

function isHex(c: i32): bool {
  const letter = c | 0x20;
  return (c >= 0x30 && c <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

function skipDigits(i: i32, end: i32): i32 {
  while (i < end && byteAt(i) - 0x30 >= 0 && byteAt(i) - 0x30 <= 9) i++;
  return i;
}

/** A number can only be known to have ended when something follows it, so one that touches `end` is INCOMPLETE. */
function skipNumber(i: i32, end: i32): i32 {
  if (byteAt(i) == 0x2d) i++;
  if (i >= end) return INCOMPLETE;
  const whole = i;
  i = skipDigits(i, end);
  if (i == whole) return BROKEN;
  if (byteAt(whole) == 0x30 && i - whole > 1) return BROKEN;
  if (i < end && byteAt(i) == 0x2e) {
    const fraction = ++i;
    i = skipDigits(i, end);
    if (i >= end) return INCOMPLETE;
    if (i == fraction) return BROKEN;
  }
  if (i < end && (byteAt(i) | 0x20) == 0x65) {
    i++;
    if (i < end && (byteAt(i) == 0x2b || byteAt(i) == 0x2d)) i++;
    const exponent = i;
    i = skipDigits(i, end);
    if (i >= end) return INCOMPLETE;
    if (i == exponent) return BROKEN;
  }
  return i >= end ? INCOMPLETE : i;
}

/** @param word four characters that have to stand at `i` */
function skipWord(i: i32, end: i32, word: i32): i32 {
  const found = load<i32>(i);
  if (i + 4 <= end) return found == word ? i + 4 : BROKEN;
  // As much of it as there is must be right for more to be worth waiting for.
  const known = (end - i) << 3;
  return ((found ^ word) & ((1 << known) - 1)) == 0 ? INCOMPLETE : BROKEN;
}

/** @returns address after the string, number or word that begins at `i`, INCOMPLETE or BROKEN */
function skipScalar(i: i32, end: i32): i32 {
  const c = byteAt(i);
  if (c == QUOTE) return skipString(i + 1, end);
  if (c == LETTER_T) return skipWord(i, end, TRUE);
  if (c == LETTER_F) return skipWord(i + 1, end, ALSE);
  if (c == LETTER_N) return skipWord(i, end, NULL);
  if (c == 0x2d || (c >= 0x30 && c <= 0x39)) return skipNumber(i, end);
  return BROKEN;
}

/** @returns address of what follows the colon (and white space) expected at `i`, INCOMPLETE or BROKEN */
export function skipColon(i: i32, end: i32): i32 {
  i = skipSpace(i, end);
  if (i >= end) return INCOMPLETE;
  if (byteAt(i) != COLON) return BROKEN;
  i = skipSpace(i + 1, end);
  return i >= end ? INCOMPLETE : i;
}

/** @returns address of the value after the key that begins at `i`, its colon and white space; or a failure */
function skipKey(i: i32, end: i32): i32 {
  if (byteAt(i) != QUOTE) return BROKEN;
  i = skipString(i + 1, end);
  return i < 0 ? i : skipColon(i, end);
}

/**
 * @param i address of the first character of a value (no white space before it)
 * @returns address after the value, INCOMPLETE, BROKEN or TOO_DEEP
 */
export function skipValue(i: i32, end: i32): i32 {
  if (i >= end) return INCOMPLETE;
  let depth = 0;
  while (true) {
    // A value begins at i.
    const c = byteAt(i);
    if (c == QUOTE) {
      i = skipString(i + 1, end);
      if (i < 0) return i;
    } else if (c == OPEN_BRACE || c == OPEN_BRACKET) {
      i = skipSpace(i + 1, end);
      if (i >= end) return INCOMPLETE;
      // Both closing characters stand two after their opening ones.
      if (byteAt(i) == c + 2) {
        i++;
      } else {
        if (depth == MAX_DEPTH) return TOO_DEEP;
        store<u8>(stack + depth++, c);
        if (c == OPEN_BRACE) {
          i = skipKey(i, end);
          if (i < 0) return i;
        }
        continue;
      }
    } else {
      i = skipScalar(i, end);
      if (i < 0) return i;
    }
    // A value has ended: close containers until one goes on.
    while (true) {
      if (depth == 0) return i;
      i = skipSpace(i, end);
      if (i >= end) return INCOMPLETE;
      const open: i32 = load<u8>(stack + depth - 1);
      const next = byteAt(i);
      if (next == COMMA) {
        i = skipSpace(i + 1, end);
        if (i >= end) return INCOMPLETE;
        if (open == OPEN_BRACE) {
          i = skipKey(i, end);
          if (i < 0) return i;
        }
        break;
      }
      if (next != open + 2) return BROKEN;
      depth--;
      i++;
    }
  }
}
