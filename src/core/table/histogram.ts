/**
 * Activity over time: events and findings in bars of a round width.
 */
import { SEVERITIES } from '../rules/index.ts';
import type { TableFields } from './fields.ts';
import { rowOfItem, type ItemKind, type TimeRange } from './select.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a bar, in ms: the steps that people read time in. */
const LADDER = [
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
]; // prettier-ignore

/** Bars at most, whatever the data say: a forged year 9999 must not make millions. */
const MOST_BARS = 2000;

export interface HistogramResult {
  start: number;
  step: number;
  events: Uint32Array;
  /** By severity, critical first. */
  findings: Uint32Array[];
  undated: number;
}

/** @returns the narrowest width of the ladder that needs at most `bars` bars for a span of `ms` */
export function barWidth(ms: number, bars: number): number {
  const step = LADDER.find((width) => ms / width <= bars);
  return step ?? Math.ceil(ms / Math.max(1, bars) / DAY) * DAY;
}

/**
 * @param items items of a view
 * @param bars number of bars wanted at most
 * @param range the view's time range; where it is open, the data's span counts
 * @param ahead how far clocks are ahead of UTC, ms: bars begin at round times of the clock
 */
export function histogram(
  fields: TableFields,
  kind: ItemKind,
  items: Uint32Array,
  bars: number,
  range: TimeRange,
  ahead = 0,
): HistogramResult {
  const { table, rules, findings } = fields;
  let first = Infinity;
  let last = -Infinity;
  let undated = 0;
  for (const item of items) {
    const time = table.time[rowOfItem(table, kind, item)]!;
    if (time !== time) {
      undated++;
      continue;
    }
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const from = range.from ?? first;
  const to = range.to ?? last;
  const severities = rules.map((rule) => SEVERITIES.indexOf(rule.severity));
  if (!(from <= to) || first === Infinity) {
    return {
      start: NaN,
      step: 0,
      events: new Uint32Array(0),
      findings: SEVERITIES.map(() => new Uint32Array(0)),
      undated,
    };
  }
  const step = barWidth(to - from + 1, Math.min(Math.max(1, bars), MOST_BARS));
  const start = Math.floor((from + ahead) / step) * step - ahead;
  const count = Math.floor((to - start) / step) + 1;
  const events = new Uint32Array(count);
  const stacked = SEVERITIES.map(() => new Uint32Array(count));
  // A view of findings lists an event once for each of its findings: count it once.
  const counted = kind === 'findings' ? new Uint8Array(table.rows) : null;
  for (const item of items) {
    const row = rowOfItem(table, kind, item);
    const bar = Math.floor((table.time[row]! - start) / step);
    if (!(bar >= 0 && bar < count)) continue;
    if (counted === null) {
      events[bar]!++;
      for (const rule of findings.combos[findings.comboOf[row]!]!) stacked[severities[rule]!]![bar]!++;
    } else {
      stacked[severities[table.hitRule[item]!]!]![bar]!++;
      if (counted[row] === 0) {
        counted[row] = 1;
        events[bar]!++;
      }
    }
  }
  return { start, step, events, findings: stacked, undated };
}
