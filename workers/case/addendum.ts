/**
 * Records that amend others: what CloudTrail learns late it delivers in a record of its own, whose `addendum` names
 * the event ID of the record that it amends (AWS, "CloudTrail record contents", since event version 1.08).
 */
import { FLAG } from '../../src/core/table/block.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import { eventIdOf } from '../../src/core/table/rows.ts';
import type { OpenCase } from './open-case.ts';

/** Which events amend which, by row, both ways. Of nearly every event there is nothing. */
export interface Amendments {
  amends(event: number): readonly number[];
  amendedBy(event: number): readonly number[];
}

/** What is known of the records of a case that have an addendum. */
interface Known {
  /** Rows that were looked at. */
  rows: number;
  /** Event IDs that records name as those that they amend, as words, by row. */
  ids: Map<number, Uint32Array>;
  links: Amendments;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const NONE: readonly number[] = [];
const NOTHING: Amendments = { amends: () => NONE, amendedBy: () => NONE };

const known = new WeakMap<OpenCase, Known>();

/** @returns what the records of a case say of one another; those that came since the last call are read for it */
export async function amendmentsOf(opened: OpenCase): Promise<Amendments> {
  const { table, archive } = opened;
  if (!table.topLevelKeys.has('addendum')) return NOTHING;
  const before = known.get(opened);
  if (before?.rows === table.rows) return before.links;
  const { rows } = table;
  const ids = new Map(before?.ids);
  const spans = [];
  for (let row = before?.rows ?? 0; row < rows; row++) {
    if ((table.flags[row]! & FLAG.HAS_ADDENDUM) !== 0) spans.push({ row, ...table.spanOf(row) });
  }
  await archive.readWhatIsThere(spans, ({ row }, json) => {
    const id = amendedId(JSON.parse(decoder.decode(json)));
    if (id !== null) ids.set(row, id);
  });
  const links = linksOf(table, ids);
  known.set(opened, { rows, ids, links });
  return links;
}

/** The event IDs of some rows, with a space between; '' for none. */
export function idsOf(table: EventTable, rows: readonly number[]): string {
  return rows.map((row) => eventIdOf(table, row)).join(' ');
}

function amendedId(record: unknown): Uint32Array | null {
  const { addendum } = record as { addendum?: { originalEventID?: unknown } | null };
  const id = addendum?.originalEventID;
  if (typeof id !== 'string' || !UUID.test(id)) return null;
  const bytes = Uint8Array.from(id.replaceAll('-', '').match(/../g)!, (pair) => parseInt(pair, 16));
  return new Uint32Array(bytes.buffer);
}

function linksOf(table: EventTable, ids: ReadonlyMap<number, Uint32Array>): Amendments {
  const amends = new Map<number, number[]>();
  const amendedBy = new Map<number, number[]>();
  for (const [row, id] of ids) {
    for (const original of table.withId(id, 0)) {
      if (original === row) continue;
      push(amends, row, original);
      push(amendedBy, original, row);
    }
  }
  return {
    amends: (event) => amends.get(event) ?? NONE,
    amendedBy: (event) => amendedBy.get(event) ?? NONE,
  };
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
