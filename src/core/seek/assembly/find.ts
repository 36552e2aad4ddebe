/**
 * Looks for pieces in a text, sixteen bytes at a time. All numbers are addresses; letters count as the same in capital and
 * small. At least 16 bytes of memory follow a text.
 */

const NOWHERE: i32 = -1;
/** Bytes that are looked at at a time. */
export const BLOCK: i32 = 16;
const BACKSLASH: i32 = 0x5c;
const LETTER_U: i32 = 0x75;
const LETTER_E: i32 = 0x65;
const DOT: i32 = 0x2e;

/**
 * @param piece address of what to look for, in small letters, at least one byte
 * @returns address of the first place from `from` on where it stands, NOWHERE for none before `end`
 */
export function find(piece: usize, length: i32, from: usize, end: usize): i32 {
  const toLast = length - 1;
  const first = i8x16.splat(load<u8>(piece));
  const last = i8x16.splat(load<u8>(piece + toLast));
  const foldFirst = i8x16.splat(<i8>foldOf(load<u8>(piece)));
  const foldLast = i8x16.splat(<i8>foldOf(load<u8>(piece + toLast)));
  const behind = end - length + 1;
  for (let at = from; <i32>at < <i32>behind; at += BLOCK) {
    const firsts = i8x16.eq(v128.or(v128.load(at), foldFirst), first);
    const lasts = i8x16.eq(v128.or(v128.load(at + toLast), foldLast), last);
    let places = i8x16.bitmask(v128.and(firsts, lasts));
    while (places != 0) {
      const place = at + ctz(places);
      if (place >= behind) return NOWHERE;
      if (stands(piece, length, place)) return <i32>place;
      places &= places - 1;
    }
  }
  return NOWHERE;
}

/** What is added to a character that may be written as a capital letter. */
@inline
function foldOf(c: i32): i32 {
  return c >= 0x61 && c <= 0x7a ? 0x20 : 0;
}

@inline
function stands(piece: usize, length: i32, at: usize): bool {
  for (let i = 0; i < length; i++) {
    const wanted = <i32>load<u8>(piece + i);
    if ((<i32>load<u8>(at + i) | foldOf(wanted)) != wanted) return false;
  }
  return true;
}

/** @returns address of the first character that is no ASCII, or that is an escape which may be any; NOWHERE for none */
export function findOdd(from: usize, end: usize): i32 {
  const backslash = i8x16.splat(<i8>BACKSLASH);
  const letter = i8x16.splat(<i8>LETTER_U);
  const fold = i8x16.splat(0x20);
  for (let at = from; at < end; at += BLOCK) {
    const bytes = v128.load(at);
    const escapes = v128.and(i8x16.eq(bytes, backslash), i8x16.eq(v128.or(v128.load(at + 1), fold), letter));
    const nuls = i8x16.eq(bytes, i8x16.splat(0));
    const places = i8x16.bitmask(v128.or(bytes, v128.or(escapes, nuls)));
    if (places != 0) {
      const place = at + ctz(places);
      // An escape is two characters long.
      return place < end && (load<u8>(place) != BACKSLASH || place + 1 < end) ? <i32>place : NOWHERE;
    }
  }
  return NOWHERE;
}

/**
 * Numbers with a fraction or an exponent, as a member or element: digits behind one of `:` `,` `[`, space and a minus, and
 * before `e`, or a dot and a digit.
 *
 * @returns address of the character before the first of them, NOWHERE for none
 */
export function findNumber(from: usize, end: usize): i32 {
  const dot = i8x16.splat(<i8>DOT);
  const letter = i8x16.splat(<i8>LETTER_E);
  const fold = i8x16.splat(0x20);
  for (let at = from; at < end; at += BLOCK) {
    const bytes = v128.load(at);
    let places = i8x16.bitmask(v128.or(i8x16.eq(bytes, dot), i8x16.eq(v128.or(bytes, fold), letter)));
    for (; places != 0; places &= places - 1) {
      const place = at + ctz(places);
      if (place >= end) return NOWHERE;
      if (load<u8>(place) == DOT && (place + 1 >= end || !isDigit(load<u8>(place, 1)))) continue;
      const start = numberBefore(place, from);
      if (start != NOWHERE) return start;
    }
  }
  return NOWHERE;
}

/** @returns address of the character before the number whose digits end at `end`, NOWHERE when it is none */
function numberBefore(end: usize, from: usize): i32 {
  let at = end - 1;
  while (at >= from && isDigit(load<u8>(at))) at--;
  if (at == end - 1) return NOWHERE;
  if (at >= from && load<u8>(at) == 0x2d) at--;
  while (at >= from && isSpace(load<u8>(at))) at--;
  if (at < from) return NOWHERE;
  const c = load<u8>(at);
  return c == 0x3a || c == 0x2c || c == 0x5b ? <i32>at : NOWHERE;
}

@inline
function isDigit(c: i32): bool {
  return c >= 0x30 && c <= 0x39;
}

/** What JSON has between tokens, and what may be taken for it. */
@inline
function isSpace(c: i32): bool {
  return c == 0x20 || (c >= 0x09 && c <= 0x0d);
}
