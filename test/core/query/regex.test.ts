import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../../src/core/query/regex/compile.ts';
import { RegexError } from '../../../src/core/query/regex/problem.ts';
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
});
