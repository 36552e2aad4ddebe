import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allValues, flatten, hasValue, lookUp, MAX_PATH_LENGTH } from '../../../src/core/record/flatten.ts';
import { locate } from '../../../src/core/record/locate.ts';

/** JSON with few and dotted keys, so that paths meet. */
const record = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, 1, 'x', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'a.b', 'b.a', '', '.', 'a.'), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const path = fc.array(fc.constantFrom('a', 'b', '.', ''), { maxLength: 6 }).map((parts) => parts.join(''));

describe('flattening a record', () => {
  it('joins keys, opens arrays, passes over null', () => {
    const flat = flatten({ a: { b: [1, [{ c: 'x' }, null]], 'd.e': true }, f: [], g: {}, h: null, i: '' });
    expect([...flat]).toEqual([
      ['a.b', [1]],
      ['a.b.c', ['x']],
      ['a.d.e', [true]],
      ['i', ['']],
    ]);
  });

  it('takes anything', () => {
    for (const odd of [null, undefined, 1, 'x', [], [1], { a: undefined, b: () => 1 }])
      expect(flatten(odd).size).toBe(0);
  });

  it('agrees with looking up one path', () => {
    fc.assert(
      fc.property(record, path, (json, at) => {
        const flat = flatten(json);
        expect(lookUp(json, at).values).toEqual(flat.get(at) ?? []);
        const below = [...flat.keys()].some((each) => each === at || each.startsWith(`${at}.`));
        expect(hasValue(json, at)).toBe(below);
        if (below && !flat.has(at)) expect(lookUp(json, at).below).toBe(true);
        expect([...flat.values()].flat()).toHaveLength(allValues(json).length);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with locating every value', () => {
    fc.assert(
      fc.property(record, (json) => {
        const flat = new Map<string, unknown[]>();
        for (const { flat: at, value } of locate(json)) flat.set(at, [...(flat.get(at) ?? []), value]);
        expect([...flat]).toEqual([...flatten(json)]);
      }),
    );
  });

  it('says where with indexes', () => {
    const places = [...locate({ a: [{ b: 1 }, { b: [2, 3], 'c.d': 4, '': 5 }] })].map(
      ({ path: where }) => where,
    );
    expect(places).toEqual(['a[0].b', 'a[1].b[0]', 'a[1].b[1]', 'a[1]["c.d"]', 'a[1][""]']);
  });

  it('survives any depth', () => {
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`);
    expect(flatten(deep).size).toBe(0);
    expect(lookUp(deep, 'a.a.a').values).toEqual([]);
    expect(hasValue(deep, 'a.a')).toBe(false);
    expect([...locate(deep)]).toEqual([]);
    const arrays: unknown = JSON.parse(`{"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`);
    expect(lookUp(arrays, 'a').values).toEqual([1]);
  });

  it('does not grow by the square of the depth', () => {
    const line: unknown = JSON.parse(`${'{"k":1,"b":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    const longest = Math.max(...[...flatten(line).keys()].map((each) => each.length));
    expect(longest).toBeLessThanOrEqual(MAX_PATH_LENGTH);
  });
});
