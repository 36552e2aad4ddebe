/** Single tokens of a record: UUIDs, times, the answers of sign-in. */
import { BACKSLASH, byteAt } from './json';

@inline
export function hasEscape(start: i32, end: i32): bool {
  for (let i = start; i < end; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(i), i8x16.splat(0x5c)));
    if (found != 0) return i + ctz(found) < end;
  }
  return false;
}

/** Whether a key may be another path in disguise: by an escape or by a dot. */
export function isDisguised(start: i32, end: i32): bool {
  for (let i = start; i < end; i++) {
    const c = byteAt(i);
    if (c == BACKSLASH || c == 0x2e) return true;
  }
  return false;
}

const DASH: i32 = 0x2d;

/**
 * Packs `8-4-4-4-12` lower-case hex digits (RFC 9562, text form) into 16 bytes.
 *
 * @param into where they go
 * @returns whether this is such a text; if not, what stands at `into` means nothing
 */
export function packUuid(start: i32, end: i32, into: i32): bool {
  if (end - start != 36) return false;
  if (byteAt(start + 8) != DASH || byteAt(start + 13) != DASH) return false;
  if (byteAt(start + 18) != DASH || byteAt(start + 23) != DASH) return false;
  const a = v128.load(start);
  const b = v128.load(start + 16);
  const c = v128.load(start + 20);
  // The digits without the dashes, 16 and 16.
  const first = i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17);
  const second = i8x16.shuffle(b, c, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 28, 29, 30, 31);
  if (!(areHex(first) && areHex(second))) return false;
  v128.store(into, i8x16.narrow_i16x8_u(pairs(first), pairs(second)));
  return true;
}

@inline
function areHex(digits: v128): bool {
  const isNumber = i8x16.lt_u(i8x16.sub(digits, i8x16.splat(0x30)), i8x16.splat(10));
  const isLetter = i8x16.lt_u(i8x16.sub(digits, i8x16.splat(0x61)), i8x16.splat(6));
  return i8x16.all_true(v128.or(isNumber, isLetter));
}

/** Values of pairs of hex digits, 16 bits each. */
@inline
function pairs(digits: v128): v128 {
  const number = i8x16.sub(digits, i8x16.splat(0x30));
  const letter = i8x16.sub(digits, i8x16.splat(0x57));
  const nibbles = v128.bitselect(number, letter, i8x16.lt_u(number, i8x16.splat(10)));
  return v128.and(
    v128.or(i16x8.shl(nibbles, 4), i16x8.shr_u(nibbles, 8)),
    i16x8.splat(0xff),
  );
}

const DAYS_BEFORE_MONTH = memory.data<i32>([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]);
const DAYS_IN_MONTH = memory.data<u8>([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);

/** @returns two decimal digits as a number; something above 99 when they are none */
function twoDigits(i: i32): i32 {
  const high = byteAt(i) - 0x30;
  const low = byteAt(i + 1) - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : 100;
}

/**
 * `YYYY-MM-DDTHH:MM:SSZ`, the one form AWS writes.
 *
 * @returns ms since the epoch, NaN when the text is not exactly of this form or names no real moment
 */
export function canonicalTime(start: i32, end: i32): f64 {
  if (end - start != 20) return NaN;
  if (byteAt(start + 4) != DASH || byteAt(start + 7) != DASH || byteAt(start + 10) != 0x54) return NaN;
  if (byteAt(start + 13) != 0x3a || byteAt(start + 16) != 0x3a || byteAt(start + 19) != 0x5a) return NaN;
  const century = twoDigits(start);
  const inCentury = twoDigits(start + 2);
  const month = twoDigits(start + 5);
  const day = twoDigits(start + 8);
  const hour = twoDigits(start + 11);
  const minute = twoDigits(start + 14);
  const second = twoDigits(start + 17);
  if (century > 99 || inCentury > 99) return NaN;
  const year = century * 100 + inCentury;
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return NaN;
  const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const days = <i32>load<u8>(DAYS_IN_MONTH + month - 1) + (leap && month == 2 ? 1 : 0);
  if (day < 1 || day > days) return NaN;
  const before = year - 1;
  const leapDays = before / 4 - before / 100 + before / 400 - 477;
  const total =
    (year - 1970) * 365 +
    leapDays +
    load<i32>(DAYS_BEFORE_MONTH + ((month - 1) << 2)) +
    (leap && month > 2 ? 1 : 0) +
    day -
    1;
  return <f64>total * 86400000 + <f64>(((hour * 60 + minute) * 60 + second) * 1000);
}
