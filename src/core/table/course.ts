/** The course of things for the page of a principal, address or key: first and last, and what happened between. */
import { OUTCOMES } from '../record/outcome.ts';
import { SEVERITIES } from '../rules/index.ts';
import type { EventList } from './event-list.ts';
import type { TableFields } from './fields.ts';
import { scaleOf, stacks } from './histogram.ts';
import type { TimeRange } from './select.ts';

export interface Moment {
  event: number;
  time: number;
}

export interface Course {
  /** Of several at once, the first that arrived. */
  first: Moment | null;
  last: Moment | null;
  /** Events without a usable time. */
  undated: number;
  /** Over time: events by outcome (in the order of OUTCOMES) and findings by severity, critical first. */
  start: number;
  step: number;
  outcomes: Uint32Array[];
  severities: Uint32Array[];
}

/**
 * @param combos combination of alerts by place in the list
 * @param range the time looked at
 * @param bars bars of the chart at most
 */
export function courseOf(
  fields: TableFields,
  { rows, time, outcome }: EventList,
  combos: Uint32Array,
  range: TimeRange,
  bars: number,
): Course {
  let first = -1;
  let last = -1;
  let from = Infinity;
  let to = -Infinity;
  let undated = 0;
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    if (at < from) {
      first = i;
      from = at;
    }
    if (at > to) {
      last = i;
      to = at;
    }
    if (at !== at) undated++;
  }
  const { start, step, count } = scaleOf(from, to, bars, range);
  const severities = SEVERITIES.map(() => new Uint32Array(count));
  const stacked = stacks(fields, severities);
  /** Outcome 0 is none. */
  const counts = new Uint32Array((OUTCOMES.length + 1) * count);
  for (let i = 0; i < time.length; i++) {
    const bar = Math.floor((time[i]! - start) / step);
    if (!(bar >= 0 && bar < count)) continue;
    counts[outcome[i]! * count + bar]!++;
    if (combos[i] !== 0) for (const its of stacked[combos[i]!]!) its[bar]!++;
  }
  const moment = (place: number): Moment | null =>
    place < 0 ? null : { event: rows[place]!, time: time[place]! };
  return {
    first: moment(first),
    last: moment(last),
    undated,
    start,
    step,
    outcomes: OUTCOMES.map((_, i) => counts.slice((i + 1) * count, (i + 2) * count)),
    severities,
  };
}
