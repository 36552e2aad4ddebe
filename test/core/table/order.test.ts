import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventTable } from '../../../src/core/table/event-table.ts';
import { TableFields } from '../../../src/core/table/fields.ts';
import { FindingsIndex } from '../../../src/core/table/findings-index.ts';
import { sortItems, timePlaces, type SortKey } from '../../../src/core/table/order.ts';
import { anyRecordObject } from '../record/arbitrary.ts';
import { blockOf, tableOf } from './support.ts';

const records = fc.array(anyRecordObject, { minLength: 1, maxLength: 40 });
const keys = fc.array(
  fc.record<SortKey>({
    field: fc.constantFrom('time', 'eventName', 'region', 'principal', 'outcome'),
    descending: fc.boolean(),
  }),
  { maxLength: 3 },
);

/** Places of events that happen at these times, ms. */
function placesOf(times: readonly number[]): number[] {
  const table = new EventTable();
  table.rows = times.length;
  table.time = Float64Array.from(times);
  return [...timePlaces(table)];
}

describe('timePlaces', () => {
  const inOrder = (times: readonly number[]): number[] => {
    const second = (row: number): number =>
      times[row]! === times[row]! ? Math.floor(times[row]! / 1000) : Infinity;
    const rows = times
      .map((_, row) => row)
      .sort((a, b) => (second(a) === second(b) ? a - b : second(a) < second(b) ? -1 : 1));
    const places = new Array<number>(times.length);
    rows.forEach((row, place) => (places[row] = place));
    return places;
  };

  it('orders events of any time, the undated last', () => {
    const near = fc.integer({ min: 1.7e9, max: 1.7e9 + 300_000 }).map((second) => second * 1000);
    const far = fc.integer({ min: -62_000_000_000, max: 253_000_000_000 }).map((second) => second * 1000);
    const time = fc.oneof(
      { weight: 6, arbitrary: near },
      { weight: 1, arbitrary: far },
      { weight: 1, arbitrary: fc.constant(NaN) },
    );
    fc.assert(
      fc.property(fc.array(time, { maxLength: 60 }), (times) => {
        expect(placesOf(times)).toEqual(inOrder(times));
      }),
      { numRuns: 500 },
    );
  });

  it('orders a great many', () => {
    const times = Array.from({ length: 100_000 }, (_, i) =>
      i % 1000 === 7 ? NaN : ((i * 2_654_435_761) % 4e9) * 1000,
    );
    expect(placesOf(times)).toEqual(inOrder(times));
  });
});

describe('sortItems', () => {
  it('orders as comparing item by item does, what has no value last', () => {
    fc.assert(
      fc.property(records, keys, fc.infiniteStream(fc.boolean()), (all, by, some) => {
        const table = tableOf(blockOf(all.map((record) => JSON.stringify(record))));
        const fields = new TableFields(table, []);
        const items = Array.from({ length: table.rows }, (_, row) => row).filter(() => some.next().value);
        const valueOf = (key: SortKey['field'], row: number): string | number => {
          if (key === 'time') return table.time[row]!;
          const field = fields.field(key);
          return field.value(field.codes[row]!);
        };
        const compare = (a: number, b: number): number => {
          for (const { field, descending } of [...by, { field: 'time', descending: false } as const]) {
            const [x, y] = [valueOf(field, a), valueOf(field, b)];
            const [noX, noY] = [x === '' || x !== x, y === '' || y !== y];
            if (noX && noY) continue;
            if (noX || noY) return noX ? 1 : -1;
            // Events of one second stand as they arrived, also when the order of time is turned round.
            if (field === 'time' && Math.floor(Number(x) / 1000) === Math.floor(Number(y) / 1000)) {
              if (a !== b) return descending ? b - a : a - b;
            }
            if (x !== y) return (x < y ? -1 : 1) * (descending ? -1 : 1);
          }
          return a - b;
        };
        expect([...sortItems(Uint32Array.from(items), 'events', by, fields, timePlaces(table))]).toEqual(
          items.sort(compare),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('sorts a few items of many', () => {
    const texts = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({
        eventName: 'A',
        eventTime: new Date(1.7e12 - i * 1000).toISOString().replace('.000', ''),
      }),
    );
    const table = tableOf(blockOf(texts));
    const items = Uint32Array.of(5, 70, 2999);
    const sorted = sortItems(items, 'events', [], new TableFields(table, []), timePlaces(table));
    expect([...sorted]).toEqual([2999, 70, 5]);
  });
});

describe('FindingsIndex', () => {
  it('tells of each event which rules fired on it', () => {
    const hits = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 7 })), {
      selector: ([rule, row]) => rule * 100 + row,
    });
    fc.assert(
      fc.property(hits, (pairs) => {
        const table = tableOf(blockOf(Array.from({ length: 8 }, (_, i) => `{"eventName":"E${i}"}`)));
        table.addFindings(
          Uint16Array.from(pairs, ([rule]) => rule),
          Uint32Array.from(pairs, ([, row]) => row),
          0,
        );
        const index = new FindingsIndex(table);
        for (let row = 0; row < 8; row++) {
          const rules = pairs.filter(([, at]) => at === row).map(([rule]) => rule);
          expect(index.combos[index.comboOf[row]!]).toEqual(rules.sort((a, b) => a - b));
        }
      }),
    );
  });

  it('goes on where the table has only grown, and begins anew where it has not', () => {
    const some = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(7)), {
      selector: ([rule, row]) => rule * 100 + row,
    });
    const grown = fc.record({ kind: fc.constant('grown' as const), pairs: some });
    const anew = fc.record({ kind: fc.constantFrom('anew' as const, 'more' as const), pairs: some });
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: grown }, anew), { maxLength: 6 }), (steps) => {
        const table = new EventTable();
        table.rows = 8;
        let index = new FindingsIndex(table);
        for (const { kind, pairs } of steps) {
          if (kind === 'anew') table.clearFindings();
          const first = kind === 'grown' ? table.rows : 0;
          if (kind === 'grown') table.rows += 8;
          table.addFindings(
            Uint16Array.from(pairs, ([rule]) => rule),
            Uint32Array.from(pairs, ([, row]) => row),
            first,
          );
          index = new FindingsIndex(table, index);
          const fresh = new FindingsIndex(table);
          const rulesOf = ({ combos, comboOf }: FindingsIndex): number[][] =>
            Array.from(comboOf, (combo) => combos[combo]!);
          expect(rulesOf(index)).toEqual(rulesOf(fresh));
        }
      }),
    );
  });
});
