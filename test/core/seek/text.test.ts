/** Holds the search in WebAssembly against the one in strings. */
import { wasm } from 'virtual:seeker';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { startText, useSeeker } from '../../../src/core/seek/text.ts';

afterAll(() => useSeeker(wasm));

const scrap = fc.oneof(
  fc.constantFrom(
    'admin',
    'Admin',
    'ADMIN',
    'adm',
    ':1.5',
    ', -2e9',
    '[ 3E1',
    ':12',
    '1.',
    '.5',
    '7e',
    '\\u',
    '\\',
  ),
  fc.constantFrom('{"a":', ',"b":', ' ', '\t', '\n', 'é', '\u{1f600}', '`', '@', 'x'.repeat(20)),
  fc.string({ maxLength: 12 }),
);
const text = fc.array(scrap, { maxLength: 60 }).map((scraps) => new TextEncoder().encode(scraps.join('')));
const piece = fc.oneof(
  fc.constantFrom('admin', 'a', '1.5', '`', '@x', 'xxxxxxxxxxxxxxxxxx'),
  fc
    .string({ minLength: 1, maxLength: 6 })
    .filter((some) => /^[\0-\x7f]+$/.test(some))
    .map((some) => some.toLowerCase()),
);

test('finds the same, from wherever', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 3 }),
      fc.array(text, { maxLength: 3 }),
      (pieces, texts) => {
        useSeeker('');
        const plain = startText(pieces);
        useSeeker(wasm);
        const quick = startText(pieces);
        for (const bytes of texts) {
          plain.put(bytes);
          quick.put(bytes);
          for (let from = 0; from <= bytes.length; from++) {
            const expected = [plain.odd, plain.number, ...plain.finds].map((find) => find(from));
            const found = [quick.odd, quick.number, ...quick.finds].map((find) => find(from));
            expect(found).toEqual(expected);
          }
        }
        quick.close();
      },
    ),
    { numRuns: 1000 },
  );
});

test('looks through more than it had room for', () => {
  useSeeker(wasm);
  const quick = startText(['needle']);
  quick.put(new TextEncoder().encode('needle'));
  expect(quick.finds[0]!(0)).toBe(0);
  quick.put(new TextEncoder().encode(`${' '.repeat(3_000_000)}Needle`));
  expect(quick.finds[0]!(0)).toBe(3_000_000);
  expect(quick.finds[0]!(3_000_001)).toBe(-1);
  quick.put(new TextEncoder().encode('need'));
  expect(quick.finds[0]!(0)).toBe(-1);
  quick.close();
});
