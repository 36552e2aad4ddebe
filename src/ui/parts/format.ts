/** Numbers, sizes and times as the page writes them: English digits, binary prefixes, UTC. */

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
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
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

/** RFC 3339 in UTC, without a fraction where there is none: `2023-07-10T11:42:36Z`; '' for no time. */
export function instant(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '';
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The end of a range: a whole second is written as that second, which `parseInstant` reads as all of it. */
export function lastInstant(ms: number): string {
  return instant(ms % 1000 === 999 ? ms - 999 : ms);
}

/** From the first to the last moment, the day said once where it can be. */
export function span(from: number, to: number): string {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return '';
  const a = instant(from);
  const b = lastInstant(to);
  if (a === b) return a;
  return a.slice(0, 10) === b.slice(0, 10) ? `${a.slice(0, -1)} – ${b.slice(11)}` : `${a} – ${b}`;
}

/** The days from one moment to another: `2023-07-10 – 2023-07-11`. */
export function days(from: number, to: number): string {
  const [a, b] = [instant(from).slice(0, 10), instant(to).slice(0, 10)];
  return a === b ? a : `${a} – ${b}`;
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,3})?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * What a person typed as a moment, ms; NaN when it is none. A date may stand without a time and a time without a zone,
 * which is then UTC. `end` says that the end of what was named is meant: all of that day, minute or second.
 */
export function parseInstant(text: string, end: boolean): number {
  const [whole, date, minutes, seconds, fraction, zone] = DATE.exec(text.trim()) ?? [];
  if (whole === undefined || date === undefined) return NaN;
  const offset = zone === undefined || /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const start = Date.parse(`${date}T${minutes ?? '00:00'}${seconds ?? ':00'}${fraction ?? ''}${offset}`);
  // Date.parse takes 2023-02-30 for 2 March.
  if (!Number.isFinite(start) || new Date(`${date}T00:00Z`).getUTCDate() !== Number(date.slice(8)))
    return NaN;
  if (!end) return start;
  if (minutes === undefined) return start + 86_400_000 - 1;
  if (seconds === undefined) return start + 60_000 - 1;
  return fraction === undefined ? start + 1000 - 1 : start;
}

/** `3f9a…c41e`: enough of a digest to tell two apart at a glance. */
export function shortDigest(hex: string): string {
  return hex.length > 12 ? `${hex.slice(0, 12)}…` : hex;
}
