import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legible, stack, tallest, ticks } from '../../src/ui/parts/chart.ts';
import { layOut, rowForKey, type Column } from '../../src/ui/parts/grid.ts';
import { RowScroll, TALLEST_PX } from '../../src/ui/parts/scroll.ts';

const ROW = 28;
const lists = fc.record({
  total: fc.integer({ min: 1, max: 12_000_000 }),
  viewport: fc.integer({ min: 60, max: 2000 }),
});

describe('scrolling', () => {
  test('the scrolled element stays under what browsers can draw', () => {
    fc.assert(
      fc.property(lists, ({ total, viewport }) => {
        expect(new RowScroll(total, ROW, viewport).height).toBeLessThanOrEqual(TALLEST_PX);
      }),
    );
  });

  test('both ends are reached', () => {
    fc.assert(
      fc.property(lists, ({ total, viewport }) => {
        const scroll = new RowScroll(total, ROW, viewport);
        expect(scroll.inSight(0).first).toBe(0);
        expect(scroll.inSight(Math.max(0, scroll.height - viewport)).last).toBe(total - 1);
      }),
    );
  });

  test('a row that is revealed is wholly in sight, and one that is in sight stays where it is', () => {
    fc.assert(
      fc.property(
        lists,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ total, viewport }, from, to) => {
          const scroll = new RowScroll(total, ROW, viewport);
          const most = Math.max(0, scroll.height - viewport);
          const row = Math.floor(to * (total - 1));
          const top = Math.min(most, scroll.reveal(row, from * most));
          const offset = scroll.offset(top);
          expect(row * ROW).toBeGreaterThanOrEqual(offset - 0.01);
          expect((row + 1) * ROW).toBeLessThanOrEqual(offset + viewport + 0.01);
          expect(Math.abs(scroll.offset(Math.min(most, scroll.reveal(row, top))) - offset)).toBeLessThan(
            0.01,
          );
        },
      ),
    );
  });

  test('a short list is not stretched', () => {
    const scroll = new RowScroll(3, ROW, 500);
    expect(scroll.height).toBe(84);
    expect(scroll.inSight(0)).toEqual({ first: 0, last: 2 });
    expect(new RowScroll(0, ROW, 500).inSight(0).last).toBe(-1);
  });
});

describe('keys', () => {
  test.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, -1],
    ['ArrowUp', -1, -1],
    ['PageDown', -1, 4],
    ['PageUp', 2, 0],
    ['Home', 5, 0],
    ['End', 0, 9],
    ['x', 0, null],
  ])('%s from %d leads to %s', (key, active, to) => {
    expect(rowForKey(key, active, 10, 4)).toBe(to);
  });

  test('an empty list has no rows to go to', () => {
    for (const key of ['ArrowDown', 'PageDown', 'Home', 'End'])
      expect(rowForKey(key, -1, 0, 4)).toBeLessThan(0);
  });
});

describe('columns', () => {
  const columns: Column[] = [
    { id: 'a', title: 'A', width: 100, sortable: true },
    { id: 'b', title: 'B', width: 100, sortable: true, grows: true },
    { id: 'c', title: 'C', width: 100, sortable: true },
  ];

  test('the growing one takes what is left; widths set by hand hold', () => {
    expect(layOut(columns, 500, () => undefined)).toEqual([100, 300, 100]);
    expect(layOut(columns, 500, (id) => (id === 'b' ? 150 : undefined))).toEqual([100, 150, 250]);
    expect(layOut(columns, 200, () => undefined)).toEqual([100, 100, 100]);
  });

  test('several growing ones share what is left', () => {
    const two = columns.map((column) => ({ ...column, grows: column.id !== 'a' }));
    expect(layOut(two, 401, () => undefined)).toEqual([100, 151, 150]);
  });

  test('they stand closer together where that makes all fit', () => {
    const close = columns.map((column) => (column.id === 'b' ? column : { ...column, least: 70 }));
    expect(layOut(close, 299, () => undefined)).toEqual([99, 100, 100]);
    expect(layOut(close, 250, () => undefined)).toEqual([75, 100, 75]);
    expect(layOut(close, 240, () => undefined)).toEqual([70, 100, 70]);
    expect(layOut(close, 275, (id) => (id === 'a' ? 90 : undefined))).toEqual([90, 100, 85]);
  });

  test('where not all can fit, the first ones stand closer together for as many as can', () => {
    const close = columns.map((column) => (column.id === 'b' ? column : { ...column, least: 70 }));
    expect(layOut(close, 239, () => undefined)).toEqual([100, 100, 100]);
    expect(layOut(close, 190, () => undefined)).toEqual([90, 100, 100]);
    expect(layOut(close, 170, () => undefined)).toEqual([70, 100, 100]);
    expect(layOut(close, 169, () => undefined)).toEqual([100, 100, 100]);
    expect(layOut(close, 80, () => undefined)).toEqual([80, 100, 100]);
    expect(layOut(close, 60, () => undefined)).toEqual([100, 100, 100]);
    // For a minor one they give half of what they can.
    const minor = close.map((column) => ({ ...column, minor: column.id === 'c' }));
    expect(layOut(minor, 270, () => undefined)).toEqual([85, 100, 85]);
    expect(layOut(minor, 269, () => undefined)).toEqual([100, 100, 100]);
  });
});

describe('the chart', () => {
  test('what is there can be seen, and stays in the lane', () => {
    const series = [Uint32Array.of(1, 0, 400), Uint32Array.of(1, 0, 600)];
    expect(tallest(series)).toBe(1000);
    const [low, high] = stack(series, 30, 40, 1000);
    expect(low?.match(/M/g)).toHaveLength(2);
    expect(low).toContain('V38.00');
    expect(high).toContain('V36.00');
    for (const path of [low, high]) expect(path).not.toMatch(/V-/);
  });

  test('ticks are round, within the range, and not too many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1000, max: 1e12 }),
        fc.integer({ min: 2, max: 20 }),
        (start, span, most) => {
          const found = ticks(start, start + span, most);
          expect(found.length).toBeLessThanOrEqual(most + 1);
          for (const tick of found) {
            expect(tick.time).toBeGreaterThanOrEqual(start);
            expect(tick.time).toBeLessThanOrEqual(start + span);
          }
        },
      ),
    );
  });

  test('the day is said first and when it changes', () => {
    const labels = ticks(Date.UTC(2023, 6, 10, 22, 10), Date.UTC(2023, 6, 11, 1, 50), 5).map(
      (tick) => tick.label,
    );
    expect(labels).toEqual(['2023-07-10 23:00', '2023-07-11', '01:00']);
  });

  test('a label that would run into the one before it, or over the edge, is left away', () => {
    const axis = [0, 100, 200].map((time) => ({ time, day: false, label: '2023-07-10 12:00' }));
    expect(legible(axis, (time) => time, 7, 400)).toEqual([true, false, true]);
    expect(legible(axis, (time) => time, 7, 300)).toEqual([true, false, false]);
  });
});
