import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzy, pieces } from '../../src/state/fuzzy.ts';

/** `text` with what was found in brackets. */
function marked(wanted: string, text: string): string | null {
  const match = fuzzy(wanted, text);
  return (
    match &&
    pieces(text, match.at)
      .map((one) => (one.found ? `[${one.text}]` : one.text))
      .join('')
  );
}

describe('letters are found', () => {
  test.each([
    ['efi', 'Export findings', '[E]xport [fi]ndings'],
    ['find', 'Export findings', 'Export [find]ings'],
    ['po', 'PutObject', '[P]ut[O]bject'],
    ['add fo', 'Add a folder', '[Add] a [fo]lder'],
    ['rr', 'error', 'e[rr]or'],
    ['', 'anything', 'anything'],
    ['xyz', 'anything', null],
    ['ba', 'ab', null],
  ])('%j in %j', (wanted, text, expected) => {
    expect(marked(wanted, text)).toBe(expected);
  });
});

test('beginnings of words come before what lies within', () => {
  const texts = ['Unfold events', 'Events', 'Go to events', 'prevent'];
  const order = texts
    .map((text) => ({ text, score: fuzzy('even', text)?.score ?? -Infinity }))
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
  expect(order[0]).toBe('Events');
  expect(order.at(-1)).toBe('prevent');
});

test('what is found are the letters, in their order; every subsequence is found', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(fc.nat(39), { maxLength: 10 }), (text, picks) => {
      const places = [...new Set(picks.filter((i) => i < text.length))].sort((a, b) => a - b);
      const wanted = places.map((i) => text[i]).join('');
      const match = fuzzy(wanted, text);
      expect(match).not.toBeNull();
      const letters = wanted
        .split('')
        .map((c) => c.toLowerCase())
        .filter((c) => c.trim() !== '');
      expect(match?.at.map((i) => (text[i] as string).toLowerCase())).toEqual(letters);
      expect(match?.at).toEqual([...(match?.at ?? [])].sort((a, b) => a - b));
      expect(
        pieces(text, match?.at ?? [])
          .map((one) => one.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
