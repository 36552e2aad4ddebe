/** Numbers, sizes and times as the page writes them: English digits, decimal prefixes, UTC. */
import { instant } from '../../core/text/format.ts';

export { bytes, count, instant, lastInstant, plural, span } from '../../core/text/format.ts';

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

/** The days from one moment to another: `2023-07-10 – 2023-07-11`. */
export function days(from: number, to: number): string {
  const [a, b] = [instant(from).slice(0, 10), instant(to).slice(0, 10)];
  return a === b ? a : `${a} – ${b}`;
}

/** From one moment to another, short enough for a list: `2023-07-10 11:42 – 12:06`, `2023-07-10 – 07-12`. */
export function brief(from: number, to: number): string {
  const [a, b] = [instant(from), instant(to)];
  if (a === '' || b === '') return '';
  const [day, end] = [a.slice(0, 10), b.slice(0, 10)];
  if (day !== end) return `${day} – ${day.slice(0, 4) === end.slice(0, 4) ? end.slice(5) : end}`;
  const [start, stop] = [a.slice(11, 16), b.slice(11, 16)];
  return `${day} ${start === stop ? start : `${start} – ${stop}`}`;
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
