/**
 * Selection: which events, or which findings, a query and a time range choose.
 */
import { UNKNOWN, YES } from '../query/index.ts';
import type { Decider } from './deciders.ts';
import type { EventTable } from './event-table.ts';

/** What a view lists. Its items are event rows, or indexes into the table's findings. */
export type ItemKind = 'events' | 'findings';

export interface Selection {
  /** Items that the query chooses, ascending. */
  chosen: Uint32Array;
  /** Items that only their record can decide, ascending. */
  open: Uint32Array;
}

/** Inclusive bounds in ms; null = none. */
export interface TimeRange {
  from: number | null;
  to: number | null;
}

/** @returns number of items of a kind in the table */
export function itemCount(table: EventTable, kind: ItemKind): number {
  return kind === 'events' ? table.rows : table.findings;
}

/** @returns the event row of an item */
export function rowOfItem(table: EventTable, kind: ItemKind, item: number): number {
  return kind === 'events' ? item : table.hitRow[item]!;
}

/**
 * @param decider the query, or null for everything
 * @param look told of each finding before it is decided (for fields that differ by finding)
 */
export function select(
  table: EventTable,
  kind: ItemKind,
  decider: Decider | null,
  range: TimeRange,
  look: (item: number) => void = () => undefined,
): Selection {
  const count = itemCount(table, kind);
  const chosen = new Uint32Array(count);
  const open = new Uint32Array(count);
  let chosenCount = 0;
  let openCount = 0;
  const bounded = range.from !== null || range.to !== null;
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  const { time, hitRow } = table;
  const events = kind === 'events';
  for (let item = 0; item < count; item++) {
    const row = events ? item : hitRow[item]!;
    // Written so that NaN, an undated event, is out of every range.
    if (bounded && !(time[row]! >= from && time[row]! <= to)) continue;
    if (decider === null) {
      chosen[chosenCount++] = item;
      continue;
    }
    if (!events) look(item);
    const outcome = decider.decide(table, row);
    if (outcome === YES) chosen[chosenCount++] = item;
    else if (outcome === UNKNOWN) open[openCount++] = item;
  }
  return { chosen: chosen.slice(0, chosenCount), open: open.slice(0, openCount) };
}

/** @returns two ascending lists that have nothing in common, as one */
export function mergeAscending(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (b.length === 0) return a;
  const merged = new Uint32Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let place = 0; place < merged.length; place++) {
    merged[place] = j === b.length || a[i]! < b[j]! ? a[i++]! : b[j++]!;
  }
  return merged;
}
