/** Numbers, sizes and times as the page and its reports write them: English digits, decimal prefixes, UTC
 * unless another zone is asked for. */

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12,345` */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** `1 event`, `2 events`; `many` for what does not just take an s. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Bytes in the unit that leaves one to three digits before the point: `8.4 MB` is 8.4 · 10⁶ bytes. */
export function bytes(value: number): string {
  if (!Number.isFinite(value) || value < 0) return '–';
  if (value < 1000) return `${String(Math.round(value))} B`;
  let unit = 0;
  let rest = value / 1000;
  for (; rest >= 999.5 && unit < 3; unit++) rest /= 1000;
  const digits = rest < 9.95 ? 1 : 0;
  return `${rest.toFixed(digits)} ${['kB', 'MB', 'GB', 'TB'][unit] as string}`;
}

/** A span of time in its two largest units: `2 d 4 h`, `12 min`, `340 ms`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  // A length that was chosen, and not measured, needs no tenths.
  if (ms < 10_000 && ms % 1000 !== 0) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${String(amount)} ${unit}`)
    .join(' ');
}

/** In which zone times are written: UTC, or that of the machine. */
export type Zone = 'utc' | 'local';

const MINUTE = 60_000;

/** How far the clocks of a zone are ahead of UTC at a moment, ms. */
export function zoneOffset(ms: number, zone: Zone): number {
  if (zone === 'utc') return 0;
  // The zone's offset has whole minutes (some had seconds before 1972: getTimezoneOffset rounds them).
  const behind = new Date(ms).getTimezoneOffset();
  return Number.isFinite(behind) ? -behind * MINUTE : 0;
}

/**
 * RFC 3339, without a fraction where there is none: `2023-07-10T11:42:36Z`, `2023-07-10T13:42:36+02:00`; '' for no time.
 */
export function instant(ms: number, zone: Zone = 'utc'): string {
  const ahead = zoneOffset(ms, zone);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15 || Math.abs(ms + ahead) > 8.64e15) return '';
  const text = new Date(ms + ahead).toISOString().replace('.000Z', 'Z');
  if (zone === 'utc') return text;
  const minutes = Math.abs(ahead) / MINUTE;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${text.slice(0, -1)}${ahead < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** What a zone is called: `UTC`, or the machine's by its name in the IANA database, `Europe/Berlin`. */
export function zoneLabel(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How far the clocks of a zone are ahead of UTC at a moment: `UTC+02:00`; '' for no time. */
export function offsetWords(ms: number, zone: Zone): string {
  const text = instant(ms, zone);
  return text === '' ? '' : `UTC${zone === 'utc' ? '+00:00' : text.slice(-6)}`;
}

/** The end of a range: a whole second is written as that second, which `parseInstant` reads as all of it. */
export function lastInstant(ms: number, zone: Zone = 'utc'): string {
  return instant(ms % 1000 === 999 ? ms - 999 : ms, zone);
}

/** From the first to the last moment, the day said once where it can be. */
export function span(from: number, to: number, zone: Zone = 'utc'): string {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return '';
  const a = instant(from, zone);
  const b = lastInstant(to, zone);
  if (a === b) return a;
  const suffix = /(?:Z|[+-]\d\d:\d\d)$/.exec(a)?.[0] ?? '';
  if (a.slice(0, 10) !== b.slice(0, 10) || !b.endsWith(suffix)) return `${a} – ${b}`;
  return `${a.slice(0, -suffix.length)} – ${b.slice(11)}`;
}
