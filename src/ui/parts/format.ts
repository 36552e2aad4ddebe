/** Numbers, sizes and times as the page writes them: English digits, decimal prefixes, the zone in force. */
import * as core from '../../core/text/format.ts';

export { bytes, count, duration, plural } from '../../core/text/format.ts';

let zoneInForce: () => core.Zone = () => 'utc';

/** Has all times written in the zone that `read` gives: read each time, so that the page follows a switch. */
export function useZone(read: () => core.Zone): void {
  zoneInForce = read;
}

/** The zone in force, as the page calls it. */
export function zoneName(): string {
  return zoneInForce() === 'utc' ? 'UTC' : 'local';
}

/** The zone in force by its name, and how far it is ahead: `UTC`, `Europe/Berlin (UTC+02:00)`. @param ms as of when; now, when it is no time */
export function zoneWords(ms = NaN): string {
  const zone = zoneInForce();
  const when = Number.isFinite(ms) ? ms : Date.now();
  return zone === 'utc' ? 'UTC' : `${core.zoneLabel(zone)} (${core.offsetWords(when, zone)})`;
}

/** How far clocks in the zone in force are ahead of UTC at a moment, ms. */
export function clocksAhead(ms: number): number {
  return core.zoneOffset(ms, zoneInForce());
}

/** A moment as RFC 3339 in the zone in force; '' for no time. */
export function instant(ms: number): string {
  return core.instant(ms, zoneInForce());
}

/** The end of a range: a whole second is written as that second, which `parseInstant` reads as all of it. */
export function lastInstant(ms: number): string {
  return core.lastInstant(ms, zoneInForce());
}

/** From the first to the last moment, the day said once where it can be. */
export function span(from: number, to: number): string {
  return core.span(from, to, zoneInForce());
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

/** From one moment to another to the minute, what is the same said once: `2023-07-10 11:42 – 07-12 09:05`. */
export function period(from: number, to: number): string {
  const [a, b] = [instant(from), instant(to)];
  if (a === '' || b === '') return '';
  const [start, end] = [`${a.slice(0, 10)} ${a.slice(11, 16)}`, `${b.slice(0, 10)} ${b.slice(11, 16)}`];
  if (start === end) return start;
  const same = start.slice(0, 10) === end.slice(0, 10) ? 11 : start.slice(0, 4) === end.slice(0, 4) ? 5 : 0;
  return `${start} – ${end.slice(same)}`;
}

/** A number in as few letters as tell its size: `9,999`, `12.4k`, `1.2M`. */
export function rough(value: number): string {
  if (value < 10_000) return core.count(value);
  // Not rounded up to a thousand of the smaller unit.
  const [unit, by] = value < 999_950 ? ['k', 1000] : ['M', 1_000_000];
  return `${(value / by).toFixed(1).replace(/\.0$/, '')}${unit}`;
}

const DAY = 86_400_000;
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,3})?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * What a person typed as a moment, ms; NaN when it is none. A date may stand without a time and a time without a zone,
 * which is then the one in force. `end` says that the end of what was named is meant: all of that day, minute or second.
 */
export function parseInstant(text: string, end: boolean): number {
  const [whole, date, minutes, seconds, fraction, zone] = DATE.exec(text.trim()) ?? [];
  if (whole === undefined || date === undefined) return NaN;
  const given = zone ?? (zoneInForce() === 'utc' ? 'Z' : '');
  const offset = /^(z|utc)$/i.test(given) ? 'Z' : given.replace(/^(...)(\d\d)$/, '$1:$2');
  const start = Date.parse(`${date}T${minutes ?? '00:00'}${seconds ?? ':00'}${fraction ?? ''}${offset}`);
  // Date.parse takes 2023-02-30 for 2 March.
  if (!Number.isFinite(start) || new Date(`${date}T00:00Z`).getUTCDate() !== Number(date.slice(8)))
    return NaN;
  if (!end) return start;
  // A day on which clocks are changed is shorter or longer.
  if (minutes === undefined)
    return start + DAY - 1 + (given === '' ? clocksAhead(start) - clocksAhead(start + DAY) : 0);
  if (seconds === undefined) return start + 60_000 - 1;
  return fraction === undefined ? start + 1000 - 1 : start;
}

/** `3f9a…c41e`: enough of a digest to tell two apart at a glance. */
export function shortDigest(hex: string): string {
  return hex.length > 12 ? `${hex.slice(0, 12)}…` : hex;
}
