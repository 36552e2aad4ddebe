import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalTime, parseTime } from '../../../src/core/record/time.ts';

it('writes every whole second as AWS does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
      expect(canonicalTime(second * 1000)).toBe(new Date(second * 1000).toISOString().replace('.000', ''));
    }),
  );
});

describe('parseTime', () => {
  const noon = Date.UTC(2023, 6, 10, 12, 9, 47);
  it.each([
    ['2023-07-10T12:09:47Z', noon],
    ['2023-07-10 12:09:47', noon],
    ['2023-07-10 12:09:47.000', noon],
    ['2023-07-10 12:09:47.000000000', noon],
    ['2023-07-10T12:09:47.250Z', noon + 250],
    ['2023-07-10T14:09:47+02:00', noon],
    ['2023-07-10T04:09:47-0800', noon],
    ['20230710T120947Z', noon],
    [noon / 1000, noon],
    [noon, noon],
    [noon * 1000, noon],
    [String(noon), noon],
    ['1688990987.0', noon],
  ])('reads %j', (value, expected) => {
    expect(parseTime(value)).toBe(expected);
  });

  it.each([
    'redacted',
    '',
    '2023-02-30T00:00:00Z',
    '2023-07-10T25:00:00Z',
    null,
    undefined,
    {},
    [],
    12,
    -1,
    NaN,
    true,
  ])('takes %j for no time', (value) => {
    expect(parseTime(value)).toBeNaN();
  });
});
