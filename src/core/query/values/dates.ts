/**
 * Dates in values and in queries. A date in a query names a period (`2023-07` is the whole month), and a bound of a
 * range is the start or the end of it: Elasticsearch's `strict_date_optional_time||epoch_millis` with its date maths
 * (`now-1d`, `2023-07-10||+1M/d`). Times are milliseconds since the epoch, UTC.
 */

/** Strings that Elasticsearch's date detection takes for a date: at least year and month. */
const DATE_VALUE =
  /^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/;
const DATE_QUERY =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?)?$/;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** First and last millisecond of a stretch of time. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** The instant that the value of a field names, or null when it is not a date but just a string. */
export function dateOf(value: string): number | null {
  // Nearly every string is none, and its fifth character tells.
  if (value.charCodeAt(4) !== 0x2d || !DATE_VALUE.test(value)) return null;
  return parseIso(value)?.start ?? null;
}

/**
 * The period that a date in a query names, or null when it is no date. Date maths count from `now`;
 * rounding (`/d`) yields the period that it rounds to.
 */
export function parsePeriod(text: string, now: number): Period | null {
  const maths = /^(now|.*\|\|)([^|]*)$/s.exec(text);
  if (maths !== null) {
    const [, anchor = '', steps = ''] = maths;
    const start = anchor === 'now' ? now : parseAnchor(anchor.slice(0, -2))?.start;
    return start === undefined ? null : applyMaths(start, steps);
  }
  return parseAnchor(text);
}

function parseAnchor(text: string): Period | null {
  const period = parseIso(text);
  if (period !== null || !/^-?\d{1,16}$/.test(text)) return period;
  return { start: Number(text), end: Number(text) };
}

function parseIso(text: string): Period | null {
  const parts = DATE_QUERY.exec(text);
  if (parts === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = parts;
  const number = (part: string | undefined, missing: number): number =>
    part === undefined ? missing : Number(part);
  const [m, d, h, min, s] = [
    number(month, 1),
    number(day, 1),
    number(hour, 0),
    number(minute, 0),
    number(second, 0),
  ];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(Number(year), m) || h > 23 || min > 59 || s > 59) return null;
  const offset = zoneOffset(zone);
  if (offset === null) return null;
  const milliseconds = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const start = utc(Number(year), m, d) + h * HOUR + min * MINUTE + s * 1000 + milliseconds - offset;
  return { start, end: start + lengthOf(parts, Number(year), m) - 1 };
}

/** Milliseconds of the smallest unit that a date names. */
function lengthOf(parts: RegExpExecArray, year: number, month: number): number {
  if (parts[7] !== undefined) return 1;
  if (parts[6] !== undefined) return 1000;
  if (parts[5] !== undefined) return MINUTE;
  if (parts[4] !== undefined) return HOUR;
  if (parts[3] !== undefined) return DAY;
  return parts[2] === undefined ? (daysIn(year, 2) + 337) * DAY : daysIn(year, month) * DAY;
}

function zoneOffset(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

/** Midnight of a day; unlike Date.UTC it takes years below 100 as they are. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function daysIn(year: number, month: number): number {
  return new Date(utc(year, month + 1, 0)).getUTCDate();
}

/** Steps such as `-1d`, `+2M` and `/d`, in order. */
function applyMaths(start: number, steps: string): Period | null {
  if (!/^(?:[+-]\d{0,9}[yMwdhHms]|\/[yMwdhHms])*$/.test(steps)) return null;
  let period: Period = { start, end: start };
  for (const [, operator = '', count = '', unit = ''] of steps.matchAll(/([+\-/])(\d*)(\w)/g)) {
    if (operator === '/') {
      const floor = roundDown(period.start, unit);
      period = { start: floor, end: shift(floor, 1, unit) - 1 };
    } else {
      const by = (operator === '-' ? -1 : 1) * (count === '' ? 1 : Number(count));
      period = { start: shift(period.start, by, unit), end: shift(period.end, by, unit) };
    }
  }
  return Number.isNaN(period.start) || Number.isNaN(period.end) ? null : period;
}

const UNITS: Readonly<Record<string, number>> = { w: 7 * DAY, d: DAY, h: HOUR, H: HOUR, m: MINUTE, s: 1000 };

function shift(time: number, by: number, unit: string): number {
  const fixed = UNITS[unit];
  if (fixed !== undefined) return time + by * fixed;
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + by * (unit === 'y' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  // The last day of a month stays within the month: Jan 31 + 1M is Feb 28.
  const day = Math.min(date.getUTCDate(), daysIn(year, month));
  return utc(year, month, day) + (((time % DAY) + DAY) % DAY);
}

function roundDown(time: number, unit: string): number {
  const date = new Date(time);
  if (unit === 'y') return utc(date.getUTCFullYear(), 1, 1);
  if (unit === 'M') return utc(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  // Weeks start on Monday; the epoch was a Thursday.
  const shiftOfWeek = unit === 'w' ? 3 * DAY : 0;
  const length = UNITS[unit]!;
  return Math.floor((time + shiftOfWeek) / length) * length - shiftOfWeek;
}
