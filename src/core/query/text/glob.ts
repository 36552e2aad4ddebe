/**
 * Wildcard patterns: `*` is any string, `?` any one character (code point), `\x` is x.
 * The time is proportional to the length of the value, whatever the pattern.
 */
import { lower } from './letters.ts';

/** Longest pattern with wildcards. */
export const MAX_PATTERN_LENGTH = 1_000;

const ANY_ONE = -1;
/** Longest literal that `indexOf` is trusted to find in linear time. */
const SHORT = 100;

/** Characters between two stars; `literal` is null when some of them are `?`. */
interface Segment {
  readonly codes: readonly number[];
  readonly literal: string | null;
}

/**
 * Compiles `pattern` into a test of whole strings. `lowerCase` lower-cases it, but not the characters after
 * a backslash (as Elasticsearch normalises wildcards on text fields).
 */
export function compileGlob(pattern: string, lowerCase: boolean): (value: string) => boolean {
  const segments = split(pattern, lowerCase);
  const first = segments[0]!;
  const last = segments.at(-1)!;
  if (segments.length === 1) return (value) => wholeMatch(first, value);
  const middle = segments
    .slice(1, -1)
    .filter(({ codes }) => codes.length > 0)
    .map(finder);
  return (value) => {
    const start = headEnd(first, value);
    const end = start < 0 ? -1 : tailStart(last, value, start);
    if (end < 0) return false;
    let at = start;
    for (const find of middle) {
      at = find(value, at, end);
      if (at < 0) return false;
    }
    return true;
  };
}

function split(pattern: string, lowerCase: boolean): Segment[] {
  const segments: number[][] = [[]];
  const chars = [...pattern];
  for (let index = 0; index < chars.length; index++) {
    const char = chars[index]!;
    if (char === '*') segments.push([]);
    else if (char === '?') segments.at(-1)!.push(ANY_ONE);
    else if (char === '\\' && index + 1 < chars.length)
      segments.at(-1)!.push(chars[++index]!.codePointAt(0)!);
    else segments.at(-1)!.push((lowerCase ? lower(char) : char).codePointAt(0)!);
  }
  return segments.map((codes) => ({
    codes,
    literal: codes.includes(ANY_ONE) ? null : codes.map((code) => String.fromCodePoint(code)).join(''),
  }));
}

function wholeMatch(segment: Segment, value: string): boolean {
  return segment.literal === null ? headEnd(segment, value) === value.length : value === segment.literal;
}

/** Where the segment ends in `value` when it stands at its start, or -1. */
function headEnd({ codes, literal }: Segment, value: string): number {
  if (literal !== null) return value.startsWith(literal) ? literal.length : -1;
  let at = 0;
  for (const code of codes) {
    const actual = value.codePointAt(at);
    if (actual === undefined || (code !== ANY_ONE && actual !== code)) return -1;
    at += actual > 0xffff ? 2 : 1;
  }
  return at;
}

/** Where the segment starts in `value` when it stands at its end, not before `from`; or -1. */
function tailStart({ codes, literal }: Segment, value: string, from: number): number {
  if (literal !== null) {
    const start = value.length - literal.length;
    return start >= from && value.endsWith(literal) ? start : -1;
  }
  let at = value.length;
  for (let index = codes.length - 1; index >= 0; index--) {
    const actual = codePointBefore(value, at);
    if (actual === -1 || (codes[index] !== ANY_ONE && actual !== codes[index])) return -1;
    at -= actual > 0xffff ? 2 : 1;
    if (at < from) return -1;
  }
  return at;
}

function codePointBefore(value: string, at: number): number {
  const unit = value.charCodeAt(at - 1);
  if (at < 1) return -1;
  if (unit >= 0xdc00 && unit < 0xe000 && at > 1) {
    const pair = value.codePointAt(at - 2)!;
    if (pair > 0xffff) return pair;
  }
  return unit;
}

/** Finds the first place of the segment at or after `from` and returns its end; -1 when it is not before `to`. */
type Finder = (value: string, from: number, to: number) => number;

function finder(segment: Segment): Finder {
  const { literal } = segment;
  if (literal === null || literal.length > SHORT) return bitFinder(segment.codes);
  return (value, from, to) => {
    const at = value.indexOf(literal, from);
    return at < 0 || at + literal.length > to ? -1 : at + literal.length;
  };
}

/** Shift-And: one bit per character of the segment says whether the value read so far ends with that much of it. */
function bitFinder(codes: readonly number[]): Finder {
  const words = Math.ceil(codes.length / 32);
  const masks = new Map<number, Uint32Array>();
  const maskOf = (code: number): Uint32Array => {
    const mask = new Uint32Array(words);
    codes.forEach((each, bit) => {
      if (each === ANY_ONE || each === code) mask[bit >>> 5]! |= 1 << (bit & 31);
    });
    return mask;
  };
  for (const code of codes) masks.set(code, maskOf(code));
  const otherwise = maskOf(ANY_ONE - 1);
  const finalWord = words - 1;
  const finalBit = 1 << ((codes.length - 1) & 31);
  return (value, from, to) => {
    const state = new Uint32Array(words);
    for (let at = from; at < to;) {
      const code = value.codePointAt(at)!;
      at += code > 0xffff ? 2 : 1;
      const mask = masks.get(code) ?? otherwise;
      let carry = 1;
      for (let word = 0; word < words; word++) {
        const before = state[word]!;
        state[word] = ((before << 1) | carry) & mask[word]!;
        carry = before >>> 31;
      }
      if ((state[finalWord]! & finalBit) !== 0 && at <= to) return at;
    }
    return -1;
  };
}
