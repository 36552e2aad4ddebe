/**
 * Event times: from the forms in which CloudTrail data carries them to milliseconds since the epoch (UTC).
 * Forms: formats seen in S3 logs, lookup-events, CloudWatch Logs, Athena and CloudTrail Lake.
 */

/** @returns `YYYY-MM-DDTHH:MM:SSZ` of a whole-second time, the one form AWS writes */
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
