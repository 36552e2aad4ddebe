import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalar, parseDocument, Scalar, stringify, type ParsedNode } from 'yaml';
import { offsetInScalar } from '../../../src/core/rules/position.ts';

function scalarOf(yaml: string): Scalar.Parsed {
  const node = parseDocument(yaml).get('query', true) as unknown as ParsedNode;
  if (!isScalar(node)) throw new Error(`no scalar in ${yaml}`);
  return node as Scalar.Parsed;
}

/** The characters of the file at which the characters of the value are said to stand. */
function charactersAt(yaml: string): string {
  const node = scalarOf(yaml);
  return Array.from(String(node.value), (_, i) => yaml[offsetInScalar(yaml, node, i)]).join('');
}

describe('the place of a character of a scalar', () => {
  it.each([
    ['plain', 'query: a AND b', 'a AND b'],
    ['plain over lines', 'query: a AND\n  b OR\n\n  c', 'a AND\nb OR\nc'],
    ['single quotes', `query: 'it''s a'`, `it's a`],
    ['double quotes', 'query: "a \\"b\\" \\\\ c"', 'a \\b\\ \\ c'],
    ['double quotes, continued', 'query: "a \\\n   b"', 'a b'],
    ['escapes of characters', 'query: "a\\u0041\\x42b"', 'a\\\\b'],
    ['literal', 'query: |\n  a\n    b\n  c', 'a\n  b\nc'],
    ['folded', 'query: >-\n    a AND\n    b', 'a AND\nb'],
  ])('%s', (_name, yaml, expected) => {
    expect(charactersAt(yaml)).toBe(expected);
  });

  it('stays inside the scalar', () => {
    const yaml = 'query: abc\nnext: d';
    expect(offsetInScalar(yaml, scalarOf(yaml), 99)).toBe('query: abc'.length);
  });

  it('is right for words in every style, however they are broken into lines', () => {
    const word = fc.stringMatching(/^[a-z0-9:(){}"'\\*?.[\]-]{1,12}$/);
    const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((list) => list.join(' '));
    const style = fc.constantFrom(
      'PLAIN',
      'QUOTE_SINGLE',
      'QUOTE_DOUBLE',
      'BLOCK_FOLDED',
      'BLOCK_LITERAL' as const,
    );
    fc.assert(
      fc.property(words, style, fc.integer({ min: 20, max: 60 }), (value, type, lineWidth) => {
        const yaml = stringify(
          { query: value },
          { lineWidth, defaultStringType: type, defaultKeyType: 'PLAIN' },
        );
        const node = scalarOf(yaml);
        // Made to, the library writes some texts in a style that does not hold them.
        fc.pre(node.value === value);
        for (let i = 0; i < value.length; i++) {
          if (value[i] === ' ') continue;
          const at = offsetInScalar(yaml, node, i);
          const escaped = node.type === Scalar.QUOTE_DOUBLE && yaml[at] === '\\' ? yaml[at + 1] : yaml[at];
          expect(escaped).toBe(value[i]);
        }
      }),
    );
  });
});
