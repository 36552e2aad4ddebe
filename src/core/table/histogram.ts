/**
 * Activity over time: events and findings in bars of a round width.
 */
import { SEVERITIES } from '../rules/index.ts';
import type { TableFields } from './fields.ts';
import type { ItemKind, TimeRange } from './select.ts';

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

/** Where the bars stand: the first one begins at `start`, ms, each is `step` ms wide. */
export interface Scale {
  start: number;
  step: number;
  count: number;
}

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
  const { table } = fields;
  const { time, hitRow } = table;
  let first = Infinity;
  let last = -Infinity;
  let undated = 0;
  for (let i = 0; i < items.length; i++) {
    const at = time[kind === 'events' ? items[i]! : hitRow[items[i]!]!]!;
    if (at < first) first = at;
    if (at > last) last = at;
    if (at !== at) undated++;
  }
  const scale = scaleOf(first, last, bars, range, ahead);
  const barred = kind === 'events' ? barEvents : barFindings;
  return { start: scale.start, step: scale.step, ...barred(fields, items, scale), undated };
}

/**
 * @param first time of the first event, ms; Infinity when none is dated
 * @param last time of the last one, ms
 * @returns where the bars stand; for what `bars`, `range` and `ahead` are see `histogram`
 */
export function scaleOf(first: number, last: number, bars: number, range: TimeRange, ahead = 0): Scale {
  const from = range.from ?? first;
  const to = range.to ?? last;
  if (!(from <= to) || first === Infinity) return { start: NaN, step: 0, count: 0 };
  const step = barWidth(to - from + 1, Math.min(Math.max(1, bars), MOST_BARS));
  const start = Math.floor((from + ahead) / step) * step - ahead;
  return { start, step, count: Math.floor((to - start) / step) + 1 };
}

type Bars = Pick<HistogramResult, 'events' | 'findings'>;

function barEvents(fields: TableFields, items: Uint32Array, { start, step, count }: Scale): Bars {
  const { time } = fields.table;
  const { comboOf } = fields.findings;
  const events = new Uint32Array(count);
  const findings = SEVERITIES.map(() => new Uint32Array(count));
  const stacked = stacks(fields, findings);
  for (let i = 0; i < items.length; i++) {
    const row = items[i]!;
    const bar = Math.floor((time[row]! - start) / step);
    if (!(bar >= 0 && bar < count)) continue;
    events[bar]!++;
    const combo = comboOf[row]!;
    if (combo !== 0) for (const its of stacked[combo]!) its[bar]!++;
  }
  return { events, findings };
}

/** @returns by combination of alerts, what of `findings` (by severity) each of its alerts counts in */
export function stacks(
  { rules, findings: { combos } }: TableFields,
  findings: readonly Uint32Array[],
): Uint32Array[][] {
  return combos.map((combo) => combo.map((rule) => findings[SEVERITIES.indexOf(rules[rule]!.severity)]!));
}

/** A view of findings lists an event once for each of its findings: it is counted once. */
function barFindings(
  { table: { time, rows, hitRow, hitRule }, rules }: TableFields,
  items: Uint32Array,
  { start, step, count }: Scale,
): Bars {
  const events = new Uint32Array(count);
  const findings = SEVERITIES.map(() => new Uint32Array(count));
  const byRule = rules.map((rule) => findings[SEVERITIES.indexOf(rule.severity)]!);
  const counted = new Uint8Array(rows);
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    const row = hitRow[item]!;
    const bar = Math.floor((time[row]! - start) / step);
    if (!(bar >= 0 && bar < count)) continue;
    byRule[hitRule[item]!]![bar]!++;
    if (counted[row] === 1) continue;
    counted[row] = 1;
    events[bar]!++;
  }
  return { events, findings };
}
