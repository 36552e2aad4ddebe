import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clauseOf, clauseWithin, compileQuery, selects } from '../../../src/core/query/index.ts';
import { leafValue, outlineOf, pathOf } from '../../../src/core/record/outline.ts';

/** What attackers and odd services write: quotes, operators, wildcards, control characters, other scripts. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[-+&|!(){}[\]^"~*?:\\/ a.TOAND\t\n\u3000]{0,24}$/),
  fc.constantFrom(
    '',
    'NOT',
    'OR',
    'TO',
    '*',
    '${x}',
    '=cmd()',
    '\u202Egnp.exe',
    '\u0000',
    '/a/',
    '\uD800',
    '“x”',
    '‘',
    '\u00a0',
  ),
);
const keys = fc.oneof(fc.constantFrom('a', 'b.c', 'keyword', '_exists_', 'NOT', '*', 'a b', '-x'), hostile);
const { record } = fc.letrec((tie) => ({
  leaf: fc.oneof(hostile, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
  any: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
  ),
  record: fc.dictionary(keys, tie('any'), { minKeys: 1, maxKeys: 4 }),
}));

test('the clause of every value finds the record that it came from', () => {
  let asked = 0;
  fc.assert(
    fc.property(record, (made) => {
      const json = JSON.stringify(made);
      const parsed: unknown = JSON.parse(json);
      const lines = outlineOf(json);
      for (const [i, line] of lines.entries()) {
        const value = leafValue(line);
        if (value === undefined || value === null) continue;
        const clause = clauseOf(pathOf(lines, i), value);
        if (clause === '') continue;
        asked++;
        expect(compileQuery(clause).matches(parsed), clause).toBe(true);
      }
    }),
    { numRuns: 800 },
  );
  expect(asked).toBeGreaterThan(800);
});

describe('a clause', () => {
  test('is exact about text, and bare about numbers and truth values', () => {
    expect(clauseOf('errorCode', 'AccessDenied')).toBe('errorCode.keyword:"AccessDenied"');
    expect(clauseOf('userAgent', 'a "b" \\ c')).toBe('userAgent.keyword:"a \\"b\\" \\\\ c"');
    expect(clauseOf('requestParameters.items.toPort', 443)).toBe('requestParameters.items.toPort:443');
    expect(clauseOf('requestParameters.x', -1)).toBe('requestParameters.x:"-1"');
    expect(clauseOf('readOnly', false)).toBe('readOnly:false');
    expect(clauseOf('responseElements', null)).toBe('NOT _exists_:responseElements');
  });

  test('names what cannot be seen by its code, so that a filter reads as it is', () => {
    expect(clauseOf('userAgent', 'ua\u202Egnp\n\u0000')).toBe(
      'userAgent.keyword:"ua\\u202egnp\\u000a\\u0000"',
    );
    expect(clauseOf('a\u200Bb', 1)).toBe('a\\u200bb:1');
    expect(clauseOf('x', '\u{E0041}\uD800')).toBe('x.keyword:"\\udb40\\udc41\\ud800"');
  });

  test('means typographic quotes and spaces as they are, though those of a query are repaired', () => {
    for (const odd of ['“a”', '‘', '5′ 3″', '«x»', 'a\u00a0b']) {
      const record = { userAgent: odd, [odd]: false };
      expect(selects(clauseOf('userAgent', odd), record)).toBe(true);
      expect(selects(clauseOf('userAgent', odd), { userAgent: odd.replace(/[^a-z0-9 ]/g, "'") })).toBe(false);
      expect(selects(clauseOf(odd, false), record)).toBe(true);
    }
  });

  test('takes other values of the field for others', () => {
    expect(selects(clauseOf('userAgent', 'curl'), { userAgent: 'curl/8' })).toBe(false);
    expect(selects(clauseOf('responseElements', null), { responseElements: { a: 1 } })).toBe(false);
  });

  test('is none where it would fill the filter, or where there is no path', () => {
    expect(clauseOf('userAgent', 'x'.repeat(100_000))).toBe('');
    expect(clauseOf('', 'x')).toBe('');
    expect(clauseOf(null, 'x')).toBe('');
  });

  test('about words within a text finds them', () => {
    const policy = JSON.stringify({ Statement: [{ Action: 's3:GetObject', Resource: '*' }] });
    const record = { requestParameters: { policyDocument: policy } };
    expect(selects(clauseWithin('requestParameters.policyDocument', 's3:GetObject'), record)).toBe(true);
    expect(selects(clauseWithin('requestParameters.policyDocument', 's3:PutObject'), record)).toBe(false);
    expect(selects('errorCode:(', record)).toBe(false);
  });
});
