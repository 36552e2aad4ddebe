/** What a case comes to, as the list of cases shows it. */
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { CaseRow } from '../../src/store/database.ts';
import { DEFAULT_SETTINGS } from './rule-book.ts';

/** A new case, which nothing was read into yet. */
export function emptyCase(name: string): CaseRow {
  const now = Date.now();
  return {
    id: crypto.randomUUID(),
    owner: crypto.randomUUID(),
    name,
    created: now,
    opened: now,
    events: 0,
    findings: 0,
    files: 0,
    bytes: 0,
    from: NaN,
    to: NaN,
    rules: DEFAULT_SETTINGS,
    filters: [],
    reading: true,
    unstored: [],
  };
}

/**
 * Brings the totals of a case up to date.
 *
 * @param row holds those of before: the events that it does not count yet are looked at
 * @param files files read so far
 */
export function updateTotals(row: CaseRow, { rows, time, findings }: EventTable, files: number): void {
  row.findings = findings;
  row.files = files;
  for (let i = row.events; i < rows; i++) {
    const at = time[i]!;
    // Undated events are NaN, and so are the ends of the span before the first dated one.
    if (at < row.from || (row.from !== row.from && at === at)) row.from = at;
    if (at > row.to || (row.to !== row.to && at === at)) row.to = at;
  }
  row.events = rows;
}
