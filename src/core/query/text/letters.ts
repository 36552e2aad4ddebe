/** Lower case and the order of strings as Lucene has them. */

/**
 * Lower case, character by character as Java's `Character.toLowerCase` has it: unlike JavaScript's, it knows no
 * context (final sigma) and never makes one character two (İ is i).
 */
export function lower(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let out = '';
  for (const char of text) {
    const small = char.toLowerCase();
    out += small.length === char.length ? small : String.fromCodePoint(small.codePointAt(0)!);
  }
  return out;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

/**
 * Whether a string lies before (-1), at (0) or after (1) `bound` in the order of code points, which is that of UTF-8 bytes.
 * Code units are in the same order unless the bound has a surrogate, or something that sorts after one.
 */
export function comparerWith(bound: string): (text: string) => number {
  if (/[\ud800-\uffff]/.test(bound)) return (text) => Math.sign(compareCodePoints(text, bound));
  return (text) => (text < bound ? -1 : text > bound ? 1 : 0);
}

/** Compares by code points, which is the order of UTF-8 bytes: negative, zero or positive. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Code units ordered so that surrogates, which are halves of larger code points, come last. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
