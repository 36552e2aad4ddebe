import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/core/query/regex/compile.ts';
import { parseRegex } from '../../../src/core/query/regex/parse.ts';
import { RegexError } from '../../../src/core/query/regex/problem.ts';
import type { RegexTree } from '../../../src/core/query/regex/tree.ts';
import { HAVE_VECTORS, sharedLines } from './vectors.ts';

function outcome(pattern: string, input: string): boolean | 'error' {
  try {
    return compileRegex(pattern)(input);
  } catch (error) {
    if (error instanceof RegexError) return 'error';
    throw error;
  }
}

describe('regular expressions', () => {
  it.skipIf(!HAVE_VECTORS)('match what Lucene 8.8.1 matches', () => {
    const vectors = sharedLines<{ pattern: string; input: string; match: boolean | string }>(
      'data/alerts/regex.jsonl',
    );
    expect(vectors.length).toBeGreaterThan(1000);
    let refused = 0;
    let classes = 0;
    const different: unknown[] = [];
    for (const { pattern, input, match } of vectors) {
      const expected = typeof match === 'string' ? 'error' : match;
      const got = outcome(pattern, input);
      // On purpose, an unescaped # is refused, and \d, \w, \s are character classes as in Lucene 9.
      if (got === 'error' && pattern.replace(/\\./g, '').includes('#')) refused++;
      else if (/\\[dws]/.test(pattern)) classes++;
      else if (got !== expected) different.push({ pattern, input, expected, got });
    }
    expect(different).toEqual([]);
    expect(refused).toBeLessThan(vectors.length / 5);
    expect(classes).toBeLessThan(10);
  });

  it('match what a matcher by sets of positions matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'c',
      '😀',
      '.',
      '@',
      '~',
      '&',
      '|',
      '(',
      ')',
      '[ab]',
      '[^a]',
      '"a."',
      '<1-12>',
      '<01-12>',
      '1',
      '0',
      '*',
      '+',
      '?',
      '{2}',
      '{1,2}',
      '{0,3}',
      '{2,}',
      '()',
      '\\.',
      '\\d',
      'ab',
    );
    const input = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '0', '2', '.', '😀'), maxLength: 8 });
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 10 }),
        fc.array(input, { minLength: 1, maxLength: 6 }),
        (pieces, inputs) => {
          const pattern = pieces.join('');
          if (outcome(pattern, '') === 'error') return;
          const tree = parseRegex(pattern);
          const test = compileRegex(pattern);
          for (const text of inputs) {
            const codes = [...text].map((char) => char.codePointAt(0)!);
            const expected = ends(tree, codes, 0).has(codes.length);
            expect({ pattern, text, match: test(text) }).toEqual({ pattern, text, match: expected });
            compared++;
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(1000);
  }, 30_000);

  it('match what JavaScript matches, where the syntax is the same', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'A',
      '.',
      '[a-c]',
      '[^b]',
      '(a|b)',
      '(ab)',
      '*',
      '+',
      '?',
      '{2}',
      '{1,3}',
      '|',
      '\\d',
      '\\W',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom(...'abcA1\n'), maxLength: 8 }),
        (pieces, text) => {
          const pattern = pieces.join('');
          let expected: boolean;
          try {
            expected = new RegExp(`^(?:${pattern})$`, 'us').test(text);
          } catch {
            return;
          }
          // A leading operator is a literal here, an empty alternative an error, and a lazy repetition two of them.
          fc.pre(!/^[*+?{|]|\|[*+?{|]|\|$|[*+?}][*+?{]/.test(pattern));
          expect({ pattern, text, match: outcome(pattern, text) }).toEqual({
            pattern,
            text,
            match: expected,
          });
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('ignore case where they are told to', () => {
    expect(compileRegex('ab[c-e]É"x"', true)('ABDéX')).toBe(true);
    expect(compileRegex('[^a]', true)('A')).toBe(false);
    expect(compileRegex('AB')('ab')).toBe(false);
  });

  it.each([
    ['(a', 0, 'this ( is never closed'],
    ['(a|)', 0, 'this ( is never closed; an alternative cannot be empty, use (…)? instead'],
    ['a)', 1, 'this ) closes nothing that was opened; write \\) for the character'],
    ['[a', 0, 'this [ is never closed'],
    ['[a-]', 1, 'the range ends before it starts; write \\- for the character'],
    ['a{', 1, '{ needs a number after it; write \\{ for the character'],
    ['a{2', 1, 'this { is never closed'],
    ['a{3,2}', 1, '{3,2} asks for at least 3 and at most 2'],
    ['"a', 0, 'this " is never closed; write \\" for the character'],
    ['<a>', 0, '< starts an interval of numbers such as <1-31>; write \\< for the character'],
    ['a#', 1, 'write \\# for the character #'],
    ['a\\', 1, 'a backslash needs a character after it'],
    ['a|', 1, 'it ends where a character should follow'],
  ])('%s is an error at %i', (pattern, from, message) => {
    let caught: unknown;
    try {
      compileRegex(pattern);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(RegexError);
    expect(caught).toMatchObject({ from, message });
  });
});

/** The positions at which a match that starts at `at` can end. */
function ends(tree: RegexTree, text: readonly number[], at: number): Set<number> {
  switch (tree.kind) {
    case 'set': {
      const code = text[at];
      const isIn = code !== undefined && tree.ranges.some(([first, last]) => code >= first && code <= last);
      return new Set(isIn ? [at + 1] : []);
    }
    case 'union':
      return new Set(tree.parts.flatMap((part) => [...ends(part, text, at)]));
    case 'intersection': {
      const [first, ...others] = tree.parts.map((part) => ends(part, text, at));
      return new Set([...first!].filter((end) => others.every((set) => set.has(end))));
    }
    case 'concatenation':
      return tree.parts.reduce(
        (from, part) => new Set([...from].flatMap((start) => [...ends(part, text, start)])),
        new Set([at]),
      );
    case 'complement': {
      const inner = ends(tree.part, text, at);
      return new Set(
        Array.from({ length: text.length - at + 1 }, (_, index) => at + index).filter(
          (end) => !inner.has(end),
        ),
      );
    }
    case 'repeat': {
      const found = new Set(tree.min === 0 ? [at] : []);
      let reached = new Set([at]);
      // Beyond as many rounds as there are characters, a round can only match the empty string.
      for (let round = 1; round <= Math.min(tree.max, tree.min + text.length + 1); round++) {
        reached = new Set([...reached].flatMap((start) => [...ends(tree.part, text, start)]));
        if (round >= tree.min) for (const end of reached) found.add(end);
      }
      return found;
    }
  }
}
