/** What lies between two entries of the timeline, in words. Days are those of the zone in force. */
import { clocksAhead, duration, instant, plural, zoneName } from '../parts/format.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Entries nearer than this belong together: nothing is said of the time between, ms. */
const NEAR = 10 * MINUTE;

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** `3 h 20 min later`, `2 days later`; '' for entries that are near, or where a time is missing (NaN). */
export function later(previous: number, time: number): string {
  const gap = time - previous;
  if (!(gap >= NEAR)) return '';
  if (gap < DAY) return `${duration(Math.round(gap / MINUTE) * MINUTE)} later`;
  const days = Math.floor(gap / DAY);
  const hours = Math.floor((gap % DAY) / 3_600_000);
  return `${plural(days, 'day')}${days < 7 && hours > 0 ? ` ${String(hours)} h` : ''} later`;
}

/** `2023-07-10` in the zone in force, '' for a time that there is none of (NaN). */
export function dayOf(time: number): string {
  return instant(time).slice(0, 10);
}

/** `Monday` */
export function weekdayOf(time: number): string {
  return WEEKDAY.format(time + clocksAhead(time));
}

/** `11:42:36`, with a fraction where there is one. */
export function clockOf(time: number): string {
  return instant(time)
    .slice(11)
    .replace(/Z$|[+-]\d\d:\d\d$/, '');
}

/** How far the clocks of a day are ahead of UTC, where that needs saying: `UTC+02:00`, '' in UTC. */
export function offsetOf(time: number): string {
  return zoneName() === 'UTC' ? '' : `UTC${instant(time).slice(-6)}`;
}
