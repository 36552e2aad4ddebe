import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalTime, parseCanonicalTime, parseTime } from '../../../src/core/record/time.ts';

const encoder = new TextEncoder();
const canonical = (text: string): number => parseCanonicalTime(encoder.encode(text), 0, text.length);

describe('parseCanonicalTime', () => {
  it('agrees with Date on every whole second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
        const text = new Date(second * 1000).toISOString().replace('.000', '');
        expect(canonical(text)).toBe(second * 1000);
        expect(canonicalTime(second * 1000)).toBe(text);
      }),
    );
  });

  it.each(['2023-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2023-13-01T00:00:00Z', '2023-00-01T00:00:00Z', '2023-04-31T00:00:00Z',
    '2023-04-01T24:00:00Z', '2023-04-01T00:60:00Z', '2023-04-01T00:00:60Z', '2023-04-01T00:00:00z', '2023-04-01 00:00:00Z',
    '2023-04-01T00:00:00', '20230401T000000Z', '1969-12-31T23:59:59Z', '2023-0a-01T00:00:00Z'])('refuses %s', (text) => {
    expect(canonical(text)).toBeNaN();
  }); // prettier-ignore
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
