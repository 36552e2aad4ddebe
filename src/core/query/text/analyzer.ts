/**
 * The standard analyzer: text into words. Word breaks as in Lucene's StandardTokenizer (Unicode UAX #29, with its
 * own treatment of Han and Hiragana), then lower case. No stop words.
 */
import { lower } from './letters.ts';

/** Longest word; a longer one is cut (StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH). */
const MAX_WORD = 255;

// What a character is to word breaking; 0 = not looked up yet.
const OTHER = 1;
const LETTER = 2;
const NUMERIC = 3;
const UNDERSCORE = 4;
/** Joins letters only. */
const COLON = 5;
/** Joins letters, or digits. */
const DOT = 6;
/** Joins digits only. */
const COMMA = 7;
/** Extends the character before it. */
const EXTEND = 8;
const KATAKANA = 9;
/** A word by itself: Han, Hiragana. */
const IDEOGRAPH = 10;
const PICTOGRAPH = 11;

/** By code point, filled as they are met. */
const CLASSES = new Uint8Array(0x110000);

function classify(code: number): number {
  const char = String.fromCodePoint(code);
  if (/[\p{M}\u200d\ufe0f]/u.test(char)) return EXTEND;
  if (/[\p{Script=Katakana}\u30fc\uff70]/u.test(char)) return KATAKANA;
  if (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(char)) return IDEOGRAPH;
  if (/\p{Extended_Pictographic}/u.test(char)) return PICTOGRAPH;
  if (/[\p{L}\p{Nl}]/u.test(char)) return LETTER;
  if (/\p{Nd}/u.test(char)) return NUMERIC;
  if (/[_\u203f\u2040]/.test(char)) return UNDERSCORE;
  if (/[:·\u2027\uff1a]/.test(char)) return COLON;
  if (/[.'’‘\u2024\uff0e]/.test(char)) return DOT;
  if (/[,;]/.test(char)) return COMMA;
  return OTHER;
}

function classOf(code: number): number {
  return CLASSES[code]! || (CLASSES[code] = classify(code));
}

/** Code units of a code point. */
function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}

/** The words of `text`, lower-cased, in order. */
export function tokenize(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    const kind = classOf(code);
    let end = at + width(code);
    if (kind === IDEOGRAPH) end = skipExtends(text, end);
    else if (kind === LETTER || kind === NUMERIC || kind === KATAKANA || kind === UNDERSCORE) {
      end = wordEnd(text, end, kind);
      if (kind === UNDERSCORE && !/[\p{L}\p{N}]/u.test(text.slice(at, end))) {
        at = end;
        continue;
      }
    } else if (kind !== PICTOGRAPH) {
      at = end;
      continue;
    }
    for (let from = at; from < end; from += MAX_WORD) {
      // Word by word: V8 may move the lower-casing of the whole text into this loop, where it costs its square.
      words.push(lower(text.slice(from, Math.min(end, from + MAX_WORD))));
    }
    at = end;
  }
  return words;
}

/** Whether a word can have this character in it. */
export function isWordCharacter(char: string): boolean {
  return classOf(char.codePointAt(0)!) !== OTHER;
}

function skipExtends(text: string, at: number): number {
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    if (classOf(code) !== EXTEND) return at;
    at += width(code);
  }
  return at;
}

/** End of the word that goes on at `at` after a character of class `last`. */
function wordEnd(text: string, at: number, last: number): number {
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    const kind = classOf(code);
    const next = at + width(code);
    if (kind === EXTEND) {
      at = next;
      continue;
    }
    if (kind === UNDERSCORE || ((kind === LETTER || kind === NUMERIC) && last !== KATAKANA)) last = kind;
    else if (kind === KATAKANA && (last === KATAKANA || last === UNDERSCORE)) last = kind;
    else if (joins(kind, last)) {
      const after = skipExtends(text, next);
      if (after >= text.length || classOf(text.codePointAt(after)!) !== last) return at;
      at = after;
      continue;
    } else return at;
    at = next;
  }
  return at;
}

/** Whether a mark of class `kind` may stand between two characters of class `last`. */
function joins(kind: number, last: number): boolean {
  return last === LETTER
    ? kind === COLON || kind === DOT
    : last === NUMERIC && (kind === COMMA || kind === DOT);
}
