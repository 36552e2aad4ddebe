/** Numbers, sizes and times as the page and its reports write them: English digits, decimal prefixes, UTC. */

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
