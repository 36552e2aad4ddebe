/**
 * Event times: from the forms in which CloudTrail data carries them to milliseconds since the epoch (UTC).
 * Forms: formats seen in S3 logs, lookup-events, CloudWatch Logs, Athena and CloudTrail Lake.
 */

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MS_PER_DAY = 86_400_000;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** @returns two decimal digits at `i` as a number, or -1 */
function twoDigits(bytes: Uint8Array, i: number): number {
  const high = bytes[i]! - 0x30;
  const low = bytes[i + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1;
}

/**
 * Reads `YYYY-MM-DDTHH:MM:SSZ`, the one form AWS writes, straight from the bytes.
 *
 * @param start index of the first digit; the text is `bytes[start..end)`
 * @returns ms since the epoch, or NaN when the text is not exactly of this form or names no real moment
 */
export function parseCanonicalTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 20) return NaN;
  if (
    bytes[start + 4] !== 0x2d ||
    bytes[start + 7] !== 0x2d ||
    bytes[start + 10] !== 0x54 ||
    bytes[start + 13] !== 0x3a ||
    bytes[start + 16] !== 0x3a ||
    bytes[start + 19] !== 0x5a
  ) {
    return NaN;
  }
  const century = twoDigits(bytes, start);
  const inCentury = twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  if (century < 0 || inCentury < 0 || hour < 0 || minute < 0 || second < 0) return NaN;
  const year = century * 100 + inCentury;
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return NaN;
  const leap = isLeap(year);
  if (day < 1 || day > DAYS_IN_MONTH[month - 1]! + (leap && month === 2 ? 1 : 0)) return NaN;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  const days =
    (year - 1970) * 365 + leapDays + DAYS_BEFORE_MONTH[month - 1]! + (leap && month > 2 ? 1 : 0) + day - 1;
  return days * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** @returns `YYYY-MM-DDTHH:MM:SSZ` of a whole-second time: the inverse of `parseCanonicalTime` */
export function canonicalTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19) + 'Z';
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/**
 * Reads any form of time met in CloudTrail data. Without a zone it is UTC.
 *
 * @param value ISO 8601 (also with a space, an offset, up to nanoseconds; basic form), or epoch seconds,
 *   milliseconds, microseconds or nanoseconds as number or text (told apart by size)
 * @returns ms since the epoch, or NaN when it is no time
 */
export function parseTime(value: unknown): number {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return NaN;
  const text = value.trim();
  const iso = ISO.exec(text) ?? BASIC.exec(text);
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = iso;
    const utc = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
    const date = new Date(utc);
    if (date.getUTCMonth() !== +month! - 1 || date.getUTCDate() !== +day! || +hour > 23 || +minute > 59)
      return NaN;
    return utc + Math.floor(Number(`0.${fraction || '0'}`) * 1000) - zoneOffset(zone);
  }
  return /^\d{9,19}(\.\d+)?$/.test(text) ? fromEpoch(Number(text)) : NaN;
}

/** @returns offset of `Z`, `+hh:mm` or `-hhmm` in ms */
function zoneOffset(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -ms : ms;
}

/** Epoch in s, ms, us or ns: each unit has its own range of sizes for the years 1973 to 5138. */
function fromEpoch(value: number): number {
  if (!(value >= 1e8)) return NaN;
  if (value < 1e11) return Math.floor(value * 1000);
  if (value < 1e14) return Math.floor(value);
  if (value < 1e17) return Math.floor(value / 1e3);
  return Math.floor(value / 1e6);
}
