import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery, QueryError } from '../../../src/core/query/index.ts';
import { escapeBound, escapeTerm, quote } from '../../../src/core/query/syntax/escape.ts';
import { HAVE_VECTORS, sharedRows } from './vectors.ts';

/** A tree without its offsets, and without how operators were spelled. */
function shape(query: string): unknown {
  return JSON.parse(
    JSON.stringify(parseQuery(query), (key, value: unknown) =>
      key === 'from' || key === 'to'
        ? undefined
        : key === 'text' && (value === 'NOT' || value === '!' || value === '-')
          ? '-'
          : value,
    ),
  );
}

function readable(query: string): boolean {
  try {
    parseQuery(query);
    return true;
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}

function expectRoundTrip(query: string): void {
  if (!readable(query)) return;
  const printed = printQuery(parseQuery(query));
  expect({ query, printed, ok: readable(printed) }).toMatchObject({ ok: true });
  expect({ query, printed, shape: shape(printed) }).toEqual({ query, printed, shape: shape(query) });
}

describe('printing a query', () => {
  it.each([
    ['a  AND(b OR c)', 'a AND (b OR c)'],
    ['f :( a b )^2', 'f:(a b)^2'],
    ['!a && - b || c', '!a AND - b OR c'],
    ['x:>=5 y:[ 1 TO "a b" }', 'x:>=5 y:[1 TO "a b"}'],
    ['x:“quoted”', 'x:"quoted"'],
    ['\\AND a\\:b \\u0041', '\\AND a\\:b A'],
  ])('%s', (query, printed) => {
    expect(printQuery(parseQuery(query))).toBe(printed);
    expectRoundTrip(query);
  });

  it.skipIf(!HAVE_VECTORS)('reads back as the same tree: recorded queries', () => {
    for (const file of ['precedence.tsv', 'precedence_fuzz.tsv']) {
      for (const [query = ''] of sharedRows(`data/alerts/${file}`)) expectRoundTrip(query);
    }
  });

  it('reads back as the same tree: any query', () => {
    const piece = fc.constantFrom(
      ...'a|b|AND|OR|NOT|&&|(|)|"x \\" y"| | | |:|f:|-|+|!|*|x*|a?b|/r\\/e/|/r/i|[1 TO 2]|{a TO "b c"]|["\\\\" TO x}|~|~1|^2|\\:|\\u0041|>5|<=x y|_exists_:|${p}|“|\\'
        .split('|')
        .concat('|'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        expectRoundTrip(pieces.join(''));
      }),
      { numRuns: 2000 },
    );
  });

  it('escapes any text as a term, a phrase or a bound', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'aT"\\*?:]} \tO~+-ANDu0') }),
    );
    fc.assert(
      fc.property(text, (value) => {
        // Typographic characters are repaired before anything is read.
        fc.pre(!/[“”„‟″«»‘’‚‛′\u00a0\u2007\u202f]/.test(value));
        expect(parseQuery(quote(value)).clauses[0]?.node).toMatchObject({ kind: 'phrase', text: value });
        if (value === '') return;
        expect(parseQuery(escapeTerm(value)).clauses[0]?.node).toMatchObject({ kind: 'term', text: value });
        const range = parseQuery(`[${escapeBound(value)} TO ${escapeBound(value)}]`).clauses[0]?.node;
        if (value !== '*') expect(range).toMatchObject({ kind: 'range', lower: value, upper: value });
      }),
      { numRuns: 500 },
    );
  });
});
