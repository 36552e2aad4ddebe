/** Wildcards, phrases, misspellings, order and case of strings, against slow and obvious versions of themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Contents } from '../../../src/core/query/match/contents.ts';
import { tokenize } from '../../../src/core/query/text/analyzer.ts';
import { compileMisspelling } from '../../../src/core/query/text/edits.ts';
import { compileGlob } from '../../../src/core/query/text/glob.ts';
import { compareCodePoints, lower } from '../../../src/core/query/text/letters.ts';
import { hasPhrase, isNearly, Positions } from '../../../src/core/query/text/phrase.ts';

describe('wildcards', () => {
  it('match what the same regular expression matches', () => {
    const pattern = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '*', '?', '\\', '😀', '.'),
      maxLength: 10,
    });
    const value = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '*', '?', '\\', '😀', '.'),
      maxLength: 14,
    });
    fc.assert(
      fc.property(pattern, value, (glob, text) => {
        expect({ glob, text, match: compileGlob(glob, false)(text) }).toEqual({
          glob,
          text,
          match: obvious(glob, text),
        });
      }),
      { numRuns: 5000 },
    );
  });

  it('match long literals as well', () => {
    const literal = 'ab'.repeat(200);
    expect(compileGlob(`*${literal}c*?`, false)(`xab${literal}c!`)).toBe(true);
    expect(compileGlob(`*${literal}c*?`, false)(`xab${literal}c`)).toBe(false);
    expect(compileGlob(`*${'?'.repeat(70)}b*`, false)(`${'a'.repeat(70)}b`)).toBe(true);
    expect(compileGlob(`*${'?'.repeat(71)}b*`, false)(`${'a'.repeat(70)}b`)).toBe(false);
  });

  it('lower-case all but what is escaped', () => {
    expect(compileGlob('AB\\C*', true)('abCx')).toBe(true);
    expect(compileGlob('AB\\C*', true)('abcx')).toBe(false);
  });
});

function obvious(glob: string, text: string): boolean {
  const source = glob.replace(/\\([^])|([^])/gu, (_, escaped?: string, char?: string) => {
    if (char === '*') return '.*';
    if (char === '?') return '.';
    return (escaped ?? char)!.replace(/[^A-Za-z]/u, (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`);
  });
  return new RegExp(`^${source}$`, 'su').test(text);
}

const words = (most: number): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: most });

describe('phrases', () => {
  it('are words in a row', () => {
    fc.assert(
      fc.property(words(4), words(12), (phrase, text) => {
        fc.pre(phrase.length > 0);
        const found = text.some((_, at) => phrase.every((word, index) => text[at + index] === word));
        expect(hasPhrase(phrase, new Positions([text]))).toBe(found);
      }),
      { numRuns: 3000 },
    );
  });

  it('are found in long texts of few words and in several elements as in short ones', () => {
    const long = fc.array(fc.constantFrom('a', 'b'), { minLength: 300, maxLength: 900 });
    fc.assert(
      fc.property(
        fc.array(long, { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom('a', 'b'), { minLength: 2, maxLength: 60 }),
        fc.nat(200),
        fc.boolean(),
        (elements, anyPhrase, at, isThere) => {
          const phrase = isThere ? elements[0]!.slice(at, at + anyPhrase.length) : anyPhrase;
          const found = elements.some((element) =>
            ` ${element.join(' ')} `.includes(` ${phrase.join(' ')} `),
          );
          expect(hasPhrase(phrase, new Positions(elements))).toBe(found);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('with slop are words nearly in a row', () => {
    fc.assert(
      fc.property(words(4), fc.array(words(4), { maxLength: 3 }), fc.nat(120), (phrase, elements, slop) => {
        fc.pre(phrase.length > 0);
        expect(isNearly(phrase, slop, new Positions(elements))).toBe(isNear(phrase, elements, slop));
      }),
      { numRuns: 3000 },
    );
  });
});

/** Every assignment of distinct positions, tried. */
function isNear(phrase: string[], elements: string[][], slop: number): boolean {
  const placed: [number, string][] = [];
  let position = 0;
  for (const element of elements) {
    for (const word of element) placed.push([position++, word]);
    position += 100;
  }
  const assign = (index: number, taken: number[]): boolean => {
    if (index === phrase.length) {
      const offsets = taken.map((at, i) => at - i);
      return Math.max(...offsets) - Math.min(...offsets) <= slop;
    }
    return placed.some(
      ([at, word]) => word === phrase[index] && !taken.includes(at) && assign(index + 1, [...taken, at]),
    );
  };
  return assign(0, []);
}

describe('misspellings', () => {
  it('are counted as optimal string alignment does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀'), maxLength: 7 });
    fc.assert(
      fc.property(text, text, fc.nat(3), (a, b, limit) => {
        const isNear = compileMisspelling(a, limit);
        expect(isNear(b)).toBe(distance([...a], [...b]) <= limit);
        // What it keeps from one text to the next must not show.
        expect(isNear(a)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

function distance(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const ways = [
    distance(a.slice(1), b) + 1,
    distance(a, b.slice(1)) + 1,
    distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    ways.push(distance(a.slice(2), b.slice(2)) + 1);
  return Math.min(...ways);
}

describe('letters', () => {
  it('are lower-cased one by one', () => {
    expect(lower('İSTANBUL ΑΣ ǅ Ω')).toBe('istanbul ας ǆ ω'.replace('ς', 'σ'));
  });

  it('are ordered as their UTF-8 bytes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '\uffee', '😀', '\ue000'), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(
          Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
      }),
    );
  });
});

describe('words of a field', () => {
  it('are told of without cutting up strings that cannot have them', () => {
    const unit = fc.constantFrom('a', 'B', 'İ', 'ſ', 'ß', 'Σ', '\u0301', '9', '.', '_', ' ', '-', '漢', '😀');
    const strings = fc.array(fc.string({ unit, maxLength: 12 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(strings, fc.array(fc.string({ unit, maxLength: 4 }), { maxLength: 8 }), (values, asked) => {
        const contents = new Contents(values);
        const all = values.flatMap(tokenize);
        const words = [...all.slice(0, 3), ...asked.flatMap(tokenize)];
        expect(words.map((word) => contents.hasWord(word))).toEqual(words.map((word) => all.includes(word)));
      }),
      { numRuns: 3000 },
    );
  });
});
