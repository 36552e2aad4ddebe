import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOME, TABS, decodePlace, encodePlace, type Place } from '../../src/state/address.ts';

const sort = fc.option(
  fc.record({
    field: fc.constantFrom('time' as const, 'severity' as const, 'sourceIp' as const),
    descending: fc.boolean(),
  }),
);
const place: fc.Arbitrary<Place> = fc
  .record({
    tab: fc.constantFrom(...TABS),
    query: fc.string({ maxLength: 80, unit: 'grapheme' }),
    times: fc.tuple(
      fc.option(fc.integer({ min: 0, max: 4e12 })),
      fc.option(fc.integer({ min: 0, max: 4e12 })),
    ),
    sort: fc.record({ findings: sort, events: sort }),
    event: fc.option(fc.nat()),
  })
  .map(({ times: [a, b], ...rest }) => {
    const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
    return { ...rest, from, to };
  });

test('a place survives the address bar', () => {
  fc.assert(
    fc.property(place, (one) => {
      expect(decodePlace(encodePlace(one))).toEqual(one);
    }),
  );
});

test('the start needs no hash', () => {
  expect(encodePlace(HOME)).toBe('');
  expect(decodePlace('')).toEqual(HOME);
});

describe('distrust', () => {
  test.each([
    ['#v0?tab=events', HOME],
    ['#v2?tab=events', HOME],
    ['#v1?tab=constructor', HOME],
    ['#v1?fsort=__proto__', HOME],
    ['#v1?event=-1', HOME],
    ['#v1?event=1e9', HOME],
    ['#v1?from=yesterday', HOME],
    ['#v1?from=2023-07-11T00:00:00.000Z&to=2023-07-10T00:00:00.000Z', HOME],
    [`#v1?q=${'a'.repeat(10_001)}`, HOME],
    ['#%', HOME],
    ['#v1?%E0%A4%A', HOME],
  ])('%s', (hash, expected) => {
    expect(decodePlace(hash)).toEqual(expected);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        decodePlace(`#v1?${text}`);
        decodePlace(text);
      }),
    );
  });
});
