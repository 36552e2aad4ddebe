/**
 * Records that amend others: what CloudTrail learns late it delivers in a record of its own, whose `addendum` names
 * the event ID of the record that it amends (AWS, "CloudTrail record contents", since event version 1.08).
 */
import type { EventTable } from '../../src/core/table/event-table.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns rows of the events that a record amends: mostly none, or one */
export function amendedRows(table: EventTable, record: unknown): readonly number[] {
  const { addendum } = record as { addendum?: { originalEventID?: unknown } | null };
  const id = addendum?.originalEventID;
  if (typeof id !== 'string' || !UUID.test(id)) return [];
  const bytes = Uint8Array.from(id.replaceAll('-', '').match(/../g)!, (pair) => parseInt(pair, 16));
  return table.withId(new Uint32Array(bytes.buffer), 0);
}
