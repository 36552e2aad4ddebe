import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOME, TABS, decodePlace, encodePlace, trailed, type Place } from '../../src/state/address.ts';
import { ENTITY_KINDS } from '../../src/core/table/entity.ts';

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
    off: fc.uniqueArray(fc.constantFrom('region:us-east-1', 'NOT principal:root', '(a OR "b c")')),
    who: fc.option(
      fc.oneof(
        fc.record({
          kind: fc.constantFrom(...ENTITY_KINDS),
          value: fc.string({ maxLength: 80, unit: 'grapheme' }),
        }),
        fc.record({
          kind: fc.constant('principal' as const),
          value: fc.string({ maxLength: 80, unit: 'grapheme' }),
          account: fc.constantFrom('', '111122223333', 'a b&c'),
        }),
      ),
    ),
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

test('links made before accounts told principals apart still mean all of that name', () => {
  expect(decodePlace('#v1?who=principal%3AAdmin%2Falice').who).toEqual({
    kind: 'principal',
    value: 'Admin/alice',
  });
  const key = decodePlace('#v1?who=key%3AAKIA1&of=111122223333').who;
  expect(key).toEqual({ kind: 'key', value: 'AKIA1' });
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
    ['#v1?who=principal', HOME],
    ['#v1?of=111122223333', HOME],
    ['#v1?who=constructor:alice', HOME],
    [`#v1?who=address:${'1'.repeat(2000)}`, HOME],
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

describe('the trail to a page', () => {
  const at = (value: string, more: Partial<Place> = {}): Place => ({
    ...HOME,
    who: { kind: 'principal', value },
    ...more,
  });
  const start: Place = { ...HOME, query: 'severity:high', event: 4 };

  test('grows from place to place, is cut where one comes back, and ends outside', () => {
    const one = trailed([], start, at('a'));
    expect(one).toEqual([start]);
    const two = trailed(one, at('a'), at('b'));
    expect(two).toEqual([start, at('a')]);
    expect(trailed(two, at('b'), at('b', { from: 5 }))).toBe(two);
    expect(trailed(two, at('b'), at('a', { from: 5 }))).toEqual([start]);
    expect(trailed(two, at('b'), start)).toEqual([]);
  });

  test('stays short, and never loses where it began', () => {
    let trail: readonly Place[] = [];
    let from = start;
    for (let i = 0; i < 50; i++) {
      trail = trailed(trail, from, at(String(i)));
      from = at(String(i));
    }
    expect(trail).toHaveLength(8);
    expect(trail[0]).toEqual(start);
    expect(trail.at(-1)).toEqual(at('48'));
  });
});
