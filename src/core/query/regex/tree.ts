/** The syntax tree of a regular expression. Characters are Unicode code points. */

export const LAST_CODE_POINT = 0x10ffff;

/** Code points from the first to the second, both inclusive. */
export type CodeRange = readonly [first: number, last: number];

export type RegexTree =
  | { readonly kind: 'union' | 'intersection' | 'concatenation'; readonly parts: readonly RegexTree[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: RegexTree; readonly min: number; readonly max: number }
  /** Every string that `part` does not match. */
  | { readonly kind: 'complement'; readonly part: RegexTree }
  /** One character of the set. */
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[] };

export const ANY_CHARACTER: RegexTree = { kind: 'set', ranges: [[0, LAST_CODE_POINT]] };
export const ANY_STRING: RegexTree = { kind: 'repeat', part: ANY_CHARACTER, min: 0, max: Infinity };
export const EMPTY_STRING: RegexTree = { kind: 'concatenation', parts: [] };

/** The tree that matches exactly the code point. */
export function character(code: number): RegexTree {
  return { kind: 'set', ranges: [[code, code]] };
}

/** The tree that matches exactly `text`. */
export function literal(text: string): RegexTree {
  return { kind: 'concatenation', parts: [...text].map((char) => character(char.codePointAt(0)!)) };
}

/** The code points that are in none of `ranges`, in order. */
export function invert(ranges: readonly CodeRange[]): CodeRange[] {
  const out: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > next) out.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_CODE_POINT) out.push([next, LAST_CODE_POINT]);
  return out;
}

/** Adds the other case of every letter: ASCII in ranges, any letter that stands alone. */
export function bothCases(ranges: readonly CodeRange[]): CodeRange[] {
  const out = [...ranges];
  for (const [first, last] of ranges) {
    if (first === last) {
      const char = String.fromCodePoint(first);
      for (const other of [char.toLowerCase(), char.toUpperCase()]) {
        if ([...other].length === 1) out.push([other.codePointAt(0)!, other.codePointAt(0)!]);
      }
    }
    const upper: CodeRange = [Math.max(first, 0x41), Math.min(last, 0x5a)];
    if (upper[0] <= upper[1]) out.push([upper[0] + 32, upper[1] + 32]);
    const lower: CodeRange = [Math.max(first, 0x61), Math.min(last, 0x7a)];
    if (lower[0] <= lower[1]) out.push([lower[0] - 32, lower[1] - 32]);
  }
  return out;
}
