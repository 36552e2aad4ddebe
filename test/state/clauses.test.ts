import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alternatives,
  anyOf,
  choose,
  chosen,
  clausesOf,
  exclude,
  include,
  joinClauses,
  negate,
  remove,
  splitClauses,
  stanceOf,
} from '../../src/state/clauses.ts';

describe('splitClauses', () => {
  test.each([
    ['', []],
    ['errorCode:AccessDenied', ['errorCode:AccessDenied']],
    ['a AND b AND NOT c', ['a', 'b', 'NOT c']],
    ['a AND -b', ['a', 'NOT b']],
    ['userAgent:"a AND b" AND c', ['userAgent:"a AND b"', 'c']],
    ['userAgent:"say \\"a AND b\\"" AND c', ['userAgent:"say \\"a AND b\\""', 'c']],
    ['eventName:/(A|B) AND C/ AND d', ['eventName:/(A|B) AND C/', 'd']],
    ['x:[1 TO 5] AND (a OR b)', ['x:[1 TO 5]', '(a OR b)']],
    ['x:(a OR "b)") AND y', ['x:(a OR "b)")', 'y']],
    ['a\\ AND\\ b', ['a\\ AND\\ b']],
  ])('%s', (query, clauses) => {
    expect(splitClauses(query)).toEqual(clauses);
  });

  test.each(['a OR b', 'a b', 'a AND b c', '+a b', 'a AND', 'AND a', 'NOT', '(a', 'a)', '"a', 'a NOT NOT b'])(
    'does not claim to understand %s',
    (query) => {
      expect(splitClauses(query)).toBeNull();
    },
  );
});

describe('editing', () => {
  test('a query that does not split is kept whole', () => {
    expect(include('a OR b', 'region:"x"')).toBe('(a OR b) AND region:"x"');
    expect(clausesOf('a OR b')).toEqual(['(a OR b)']);
  });

  test('a second value of the same field is an alternative', () => {
    const one = include('errorCode:"A"', 'region:"x"');
    const two = include(one, 'errorCode.keyword:"B"');
    expect(two).toBe('(errorCode:"A" OR errorCode.keyword:"B") AND region:"x"');
    expect(stanceOf(two, 'errorCode:"A"')).toBe('included');
    expect(remove(two, 'errorCode:"A"')).toBe('errorCode.keyword:"B" AND region:"x"');
  });

  test('values of one field are written as a group', () => {
    const query = include(include('', 'a.keyword:"x y"'), 'a.keyword:"z \\" OR b"');
    expect(query).toBe('a.keyword:("x y" OR "z \\" OR b")');
    expect(alternatives(query)).toEqual(['a.keyword:"x y"', 'a.keyword:"z \\" OR b"']);
    expect(alternatives('a:(x OR b:y)')).toEqual(['a:(x OR b:y)']);
    expect(alternatives('a:(x AND y)')).toEqual(['a:(x AND y)']);
  });

  test('"has none" is combined without falling for `a OR NOT b`', () => {
    const query = include('errorCode:"A"', 'NOT _exists_:errorCode');
    expect(query).toBe('(errorCode:"A" OR (NOT _exists_:errorCode))');
    expect(stanceOf(query, 'NOT _exists_:errorCode')).toBe('included');
    expect(remove(query, 'NOT _exists_:errorCode')).toBe('errorCode:"A"');
    expect(exclude('', 'NOT _exists_:errorCode')).toBe('_exists_:errorCode');
  });

  test('including what was excluded takes the exclusion back', () => {
    const query = exclude('a', 'region:"x"');
    expect(query).toBe('a AND NOT region:"x"');
    expect(stanceOf(query, 'region:"x"')).toBe('excluded');
    expect(include(query, 'region:"x"')).toBe('a AND region:"x"');
    expect(exclude(include('', 'region:"x"'), 'region:"x"')).toBe('NOT region:"x"');
  });

  test('a compound clause is negated as a whole', () => {
    expect(negate('a AND b')).toBe('NOT (a AND b)');
    expect(negate('(a OR b)')).toBe('NOT (a OR b)');
  });

  test('one choice among known values', () => {
    const among = ['severity:critical', 'severity:high', 'severity:low'];
    const query = choose('a AND severity:low', among, ['severity:critical', 'severity:high']);
    expect(query).toBe('a AND severity:(critical OR high)');
    expect(chosen('(severity:low OR severity:high) AND a', among)).toEqual(['severity:low', 'severity:high']);
    expect(chosen(query, among)).toEqual(['severity:critical', 'severity:high']);
    expect(choose(query, among, [])).toBe('a');
    expect(chosen('a', among)).toEqual([]);
  });
});

const clause = fc.oneof(
  fc.stringMatching(/^[a-z]{1,4}(\.[a-z]{1,3})?:"([a-zA-Z ()/]|\\"){0,6}"$/),
  fc.stringMatching(/^[a-z]{1,4}:[a-z*?]{1,5}$/),
  fc.stringMatching(/^_exists_:[a-z]{1,5}$/),
);

test('joined clauses split into the same clauses', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(clause, fc.boolean()), { minLength: 1, maxLength: 6 }), (list) => {
      const clauses = list.map(([text, not]) => (not ? `NOT ${text}` : text));
      expect(splitClauses(joinClauses(clauses))).toEqual(clauses);
    }),
  );
});

test('alternatives survive being put together', () => {
  fc.assert(
    fc.property(fc.uniqueArray(clause, { minLength: 2, maxLength: 5 }), (choices) => {
      expect(alternatives(anyOf(choices))).toEqual(choices);
    }),
  );
});

test('what was included can be removed again', () => {
  fc.assert(
    fc.property(fc.uniqueArray(clause, { maxLength: 4 }), clause, (others, one) => {
      const before = others
        .filter((other) => other !== one)
        .reduce((query, other) => include(query, other), '');
      const after = include(before, one);
      expect(stanceOf(after, one)).toBe('included');
      expect(stanceOf(remove(after, one), one)).toBe('open');
      expect(remove(after, one)).toBe(before);
    }),
  );
});
