/** The records that items of a view are of, in the order in which they lie in the files. */
import type { EventTable } from '../../../src/core/table/event-table.ts';
import { rowOfItem, type ItemKind } from '../../../src/core/table/select.ts';

/** Each record once; by record. */
export interface AskedRecords {
  count: number;
  row: Uint32Array;
  source: Uint32Array;
  offset: Float64Array;
  length: Uint32Array;
  /** Its items are those from this place in `items` on, up to where the next record's begin; one more than there are records. */
  firstItem: Uint32Array;
  items: Uint32Array;
}

/** @param items ascending; findings of one event need not stand together */
export function askedRecords(table: EventTable, kind: ItemKind, items: Uint32Array): AskedRecords {
  const n = items.length;
  const order = fileOrder(table, kind, items);
  const asked: AskedRecords = {
    count: 0,
    row: new Uint32Array(n),
    source: new Uint32Array(n),
    offset: new Float64Array(n),
    length: new Uint32Array(n),
    firstItem: new Uint32Array(n + 1),
    items: order,
  };
  for (let i = 0; i < n; i++) {
    const row = rowOfItem(table, kind, order[i]!);
    const record = asked.count;
    if (record > 0 && asked.row[record - 1] === row) continue;
    asked.row[record] = row;
    asked.source[record] = table.source[row]!;
    asked.offset[record] = table.offset[row]!;
    asked.length[record] = table.length[row]!;
    asked.firstItem[record] = i;
    asked.count++;
  }
  asked.firstItem[asked.count] = n;
  return asked;
}

/** Rows of one source stand in the order of its records. @returns the items, by source and then by row */
function fileOrder(table: EventTable, kind: ItemKind, items: Uint32Array): Uint32Array {
  const n = items.length;
  const sorted = kind === 'events' ? items : byRow(table, items);
  /** Where the next item of a source goes. */
  const next: number[] = [];
  let isSorted = true;
  let before = 0;
  for (let i = 0; i < n; i++) {
    const source = table.source[rowOfItem(table, kind, sorted[i]!)]!;
    if (source < before) isSorted = false;
    before = source;
    next[source] = (next[source] ?? 0) + 1;
  }
  if (isSorted) return sorted;
  let start = 0;
  for (const source of next.keys()) {
    const count = next[source] ?? 0;
    next[source] = start;
    start += count;
  }
  const placed = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const source = table.source[rowOfItem(table, kind, sorted[i]!)]!;
    placed[next[source]!++] = sorted[i]!;
  }
  return placed;
}

/** The numbers that are sorted carry the finding's place in their remainder. */
function byRow({ hitRow }: EventTable, findings: Uint32Array): Uint32Array {
  const n = findings.length;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = hitRow[findings[i]!]! * n + i;
  keys.sort();
  return Uint32Array.from(keys, (key) => findings[key % n]!);
}
