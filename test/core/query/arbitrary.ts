/** Random queries and records that have something to do with each other. */
import fc from 'fast-check';

const WORDS = ['a', 'b', 'A', 'a.b', 'x-1', '22', '2023-07-10', 'true', '10.0.0.1', 'é', ''];

/** Pieces that make queries, most of them readable ones. */
export const queryText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(' ', ' AND ', ' OR ', ' NOT ', ' -', ' +', '(', ')') },
      {
        weight: 5,
        arbitrary: fc
          .tuple(
            fc.constantFrom(
              '',
              '',
              'a:',
              'b.c:',
              'a.keyword:',
              'b.c.keyword:',
              'b.keyword:',
              'b.\\*:',
              '\\*.keyword:',
              '*:',
              '_exists_:',
            ),
            fc.constantFrom(
              'a',
              'A',
              'b',
              '"a b"',
              '"b a"~1',
              '"a b"~150',
              'a*',
              '*',
              '*b?',
              '?*',
              '/[ab]+.*/',
              '/A/i',
              '/~(a)/',
              '[1 TO 30]',
              '{a TO *]',
              '[2023 TO now]',
              '>=22',
              '<b',
              '22',
              '"22.0"',
              'true',
              '2023-07-10',
              '""',
              '"-"',
              'a~',
              'aa~1',
              'x-1',
              '"10.0.0.0/8"',
              '[10.0.0.0 TO 10.0.0.2]',
              '(a b)',
              '(a OR "-")',
              'c',
              'keyword',
              '\\u0061',
            ),
          )
          .map((parts) => parts.join('')),
      },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

/** Records with the fields that those queries ask for, and others. */
export const record: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 22, 22.5, 'a b', 'b a', '2023-07-10T11:42:36Z', ...WORDS),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'b.c', 'keyword', 'a.keyword', ''), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;
