import { expect, test } from 'vitest';
import type { Row } from '../../../workers/contract.ts';
import { MORE_FIELDS } from '../../../src/state/more-fields.ts';
import { EVERY_COLUMN, columnsOf, daysBetween, moved } from '../../../src/ui/explore/columns.ts';
import { placeAt } from '../../../src/ui/parts/grid.ts';

test('further paths of the record are columns, those that have a name of their own are not twice', () => {
  expect(MORE_FIELDS).toContain('userIdentity.invokedBy');
  expect(MORE_FIELDS).toContain('readOnly');
  for (const path of ['awsRegion', 'eventName', 'userIdentity.accessKeyId'])
    expect(MORE_FIELDS).not.toContain(path);
  const ids = EVERY_COLUMN.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('chosen columns come in their order; what is not known is left out', () => {
  const ids = (chosen?: string[]): string[] => columnsOf('events', chosen).map(({ id }) => id);
  expect(ids(['region', 'gone', 'time', 'region'])).toEqual(['region', 'time']);
  expect(ids(['gone'])).toEqual(ids());
  expect(ids([])).toEqual(ids());
});

test.each([
  [0, 2, ['b', 'c', 'a']],
  [2, 0, ['c', 'a', 'b']],
  [1, 1, ['a', 'b', 'c']],
])('the one at %i at place %i', (from, to, expected) => {
  expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
});

test.each([
  [-5, 0],
  [49, 0],
  [51, 1],
  [120, 2],
  [1000, 3],
])('a column let go at %i px comes to place %i', (x, place) => {
  expect(placeAt([100, 20, 300], x)).toBe(place);
});

test.each([
  [86_399_999, ''],
  [86_400_000, '1 day'],
  [-3.5 * 86_400_000, '3 days'],
  [NaN, ''],
])('%d ms apart: %s', (ms, said) => {
  const at = (time: number): Row => ({ time }) as Row;
  expect(daysBetween(at(0), at(ms))).toBe(said);
});
