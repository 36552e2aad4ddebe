import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventTable } from '../../src/core/table/event-table.ts';
import { askedRecords } from '../../workers/case/search/asked.ts';

/** A table of so many rows as there are sources in the list, and of findings on some of them. */
function tableOf(sources: readonly number[], hitRows: readonly number[]): EventTable {
  const table = new EventTable();
  table.rows = sources.length;
  table.source = Uint32Array.from(sources);
  table.offset = Float64Array.from(sources.keys(), (row) => 100 * row);
  table.length = Uint32Array.from(sources.keys(), (row) => row + 1);
  table.findings = hitRows.length;
  table.hitRow = Uint32Array.from(hitRows);
  return table;
}

test('each record is asked once, in the order of the files, with all its items', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }),
      fc.array(fc.nat(1000), { maxLength: 60 }),
      fc.boolean(),
      (sources, hits, ofFindings) => {
        const table = tableOf(
          sources,
          hits.map((hit) => hit % sources.length),
        );
        const kind = ofFindings ? 'findings' : 'events';
        const every = Array.from({ length: ofFindings ? hits.length : sources.length }, (_, item) => item);
        const items = every.filter((item) => item % 3 !== 1);
        const rowOf = (item: number): number => (ofFindings ? table.hitRow[item]! : item);
        const rows = [...new Set(items.map(rowOf))].sort((a, b) => sources[a]! - sources[b]! || a - b);
        const asked = askedRecords(table, kind, Uint32Array.from(items));
        expect(asked.count).toBe(rows.length);
        rows.forEach((row, record) => {
          expect(asked.row[record]).toBe(row);
          expect(asked.source[record]).toBe(sources[row]);
          expect(asked.offset[record]).toBe(100 * row);
          expect(asked.length[record]).toBe(row + 1);
          const its = asked.items.slice(asked.firstItem[record], asked.firstItem[record + 1]);
          expect([...its].sort((a, b) => a - b)).toEqual(items.filter((item) => rowOf(item) === row));
        });
      },
    ),
  );
});
