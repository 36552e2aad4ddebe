import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnIndex } from '../../../src/core/record/columns.ts';
import { FLAG, type Block } from '../../../src/core/table/block.ts';
import { EventTable, type StoredBlock } from '../../../src/core/table/event-table.ts';
import { CodeMap, accept, doubtfulOf } from '../../../src/core/table/intake.ts';
import { eventIdOf, valueOf } from '../../../src/core/table/rows.ts';
import { blockOf } from './support.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const record = (n: number, name = 'ListUsers'): string => JSON.stringify({ eventID: id(n), eventName: name });

/** A table with an own intake for each block, as if each came from another worker. */
function tableOf(...blocks: Block[]): { table: EventTable; stored: StoredBlock[] } {
  const table = new EventTable();
  const stored = blocks.map(
    (block) => accept(table, block, new CodeMap(), (key) => key + 10, new Map()).stored,
  ); // prettier-ignore
  return { table, stored };
}

const names = (table: EventTable): unknown[] =>
  Array.from({ length: table.rows }, (_, row) =>
    valueOf(table, columnIndex('eventName'), table.column(columnIndex('eventName'))[row]!),
  );

describe('accept', () => {
  it('sets a record aside that the case has already, within a block and across blocks', () => {
    const { table } = tableOf(blockOf([record(1), record(2), record(1)]), blockOf([record(2), record(3)]));
    expect(table.rows).toBe(3);
    expect(table.duplicates).toBe(2);
    expect([...table.duplicateOf.subarray(0, 2)]).toEqual([0, 1]);
    expect([...table.duplicateOrdinal.subarray(0, 2)]).toEqual([2, 0]);
    expect(table.conflicting).toBe(0);
  });

  it('keeps both of two records that share an ID and differ, and flags both', () => {
    const { table } = tableOf(blockOf([record(1), record(2)]), blockOf([record(1, 'DeleteUser')]));
    expect(names(table)).toEqual(['ListUsers', 'ListUsers', 'DeleteUser']);
    expect(table.conflicting).toBe(2);
    expect([0, 1, 2].map((row) => (table.flags[row]! & FLAG.CONFLICT) !== 0)).toEqual([true, false, true]);
    expect(new Set(table.sharingId(2))).toEqual(new Set([0, 2]));
  });

  it('never takes records without an ID for duplicates', () => {
    const { table } = tableOf(blockOf(['{"eventName":"A"}', '{"eventName":"A"}']));
    expect(table.rows).toBe(2);
    expect(table.sharingId(0)).toEqual([]);
  });

  it('recognises IDs of other forms', () => {
    const odd = '{"eventID":"EXAMPLE-id","eventName":"A"}';
    const { table } = tableOf(blockOf([odd]), blockOf([odd]));
    expect(table.rows).toBe(1);
    expect(eventIdOf(table, 0)).toBe('EXAMPLE-id');
  });

  it('asks for a comparison where ID and digest disagree, and believes the answer', () => {
    const { table } = tableOf(blockOf([record(1), record(2)]));
    const pretty = blockOf([JSON.stringify(JSON.parse(record(2)), null, 2), record(3)]);
    expect(doubtfulOf(table, pretty)).toEqual([{ row: 0, events: [1] }]);
    const { tally } = accept(table, pretty, new CodeMap(), (key) => key, new Map([[0, 1]])); // prettier-ignore
    expect(table.rows).toBe(3);
    expect(tally.get(0)).toEqual({ kept: 1, duplicates: 1 });
  });

  it('drops the findings of duplicates and moves the others along', () => {
    const block = blockOf([record(1), record(1), record(2)]);
    block.hitRule = Uint16Array.of(4, 4, 7);
    block.hitRow = Uint32Array.of(0, 1, 2);
    const { table } = tableOf(block);
    expect([...table.hitRule.subarray(0, table.findings)]).toEqual([4, 7]);
    expect([...table.hitRow.subarray(0, table.findings)]).toEqual([0, 1]);
  });

  it('stores blocks from which the same table is rebuilt', () => {
    const { table, stored } = tableOf(
      blockOf([record(1, 'A'), record(2, 'B'), '{"eventName":"C","eventTime":"yesterday"}']),
      blockOf([record(2, 'B'), record(1, 'Z'), record(5, 'A')]),
    );
    const again = new EventTable();
    for (const block of stored) again.append(structuredClone(block));
    expect(names(again)).toEqual(names(table));
    expect(again.values).toEqual(table.values);
    expect(again.duplicates).toBe(table.duplicates);
    expect(again.conflicting).toBe(table.conflicting);
    expect(again.oddTimes).toEqual(table.oddTimes);
    expect([...again.topLevelKeys].sort()).toEqual([...table.topLevelKeys].sort());
    const fresh = blockOf([record(5, 'A')]);
    accept(again, fresh, new CodeMap(), (key) => key, new Map()); // prettier-ignore
    expect(again.rows).toBe(table.rows);
  });

  it('keeps, sets aside and flags as looking at one record after another does', () => {
    /** Few IDs, and 0 for none; two contents. */
    const anyRow = fc.tuple(fc.nat(12), fc.constantFrom('A', 'B'));
    const anyBlocks = fc.array(fc.array(anyRow, { minLength: 1, maxLength: 25 }), {
      minLength: 1,
      maxLength: 5,
    });
    const textOf = ([n, name]: [number, string]): string =>
      n === 0 ? `{"eventName":"${name}"}` : record(n, name);
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const kept: [number, string][] = [];
        const conflicting = new Set<number>();
        const duplicateOf: number[] = [];
        for (const [n, name] of blocks.flat()) {
          const same = kept.flatMap(([id], row) => (n !== 0 && id === n ? [row] : []));
          const original = same.filter((row) => kept[row]![1] === name);
          if (original.length > 0) {
            duplicateOf.push(original[0]!);
            continue;
          }
          if (same.length > 0) conflicting.add(kept.length);
          for (const row of same) conflicting.add(row);
          kept.push([n, name]);
        }
        const { table } = tableOf(...blocks.map((rows) => blockOf(rows.map(textOf))));
        expect(names(table)).toEqual(kept.map(([, name]) => name));
        expect(kept.map((_, row) => eventIdOf(table, row))).toEqual(
          kept.map(([n]) => (n === 0 ? '' : id(n))),
        );
        expect([...table.duplicateOf.subarray(0, table.duplicates)]).toEqual(duplicateOf);
        const flagged = kept.flatMap((_, row) => ((table.flags[row]! & FLAG.CONFLICT) === 0 ? [] : [row]));
        expect(new Set(flagged)).toEqual(conflicting);
        expect(table.conflicting).toBe(conflicting.size);
      }),
    );
  });
});
