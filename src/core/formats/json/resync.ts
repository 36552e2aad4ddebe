import type { TextBuffer } from '../buffer.ts';
import { RECORD_KEYS } from '../record.ts';
import { recognise } from './recognise.ts';
import {
  COLON,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isSpace,
  matchesAscii,
  skipSpace,
  skipString,
} from './scan.ts';

/** So many bytes from its bracket on decide whether something may be the start of a record. */
const OPENING_BYTES = 128;

/** The first name of nearly all records. Damage may end in what looks like the name of a member. */
const ONLY_IN_RECORDS = 'eventVersion';

/** Trying to read where there is nothing to read may cost so much, and this often the bytes passed over. */
const FREE_WORK = 2 ** 25;
const WORK_PER_BYTE = 8;

/** What it costs to find that something is no record, in bytes looked at. */
export const RECOGNITION_WORK = 2 ** 10;

/** Keeps the cost of reading damaged text linear in its length, whatever the text is made of. */
export class Effort {
  #work = 0;

  /**
   * Where to go on after reading an element failed: one byte further, or, when too much was spent in vain, behind
   * all that was looked at.
   *
   * @param at where it begins
   * @param scanned the index up to which it was looked at
   * @param offset of `at` in the text
   */
  afterFailure(at: number, scanned: number, offset: number): number {
    this.#work += scanned - at;
    return this.#work > FREE_WORK + WORK_PER_BYTE * offset ? Math.max(scanned, at + 1) : at + 1;
  }
}

/** How things began that were read before the damage: the next ones will most likely begin alike. */
export interface Openings {
  element: Uint8Array;
  /** Objects around elements. */
  outer: Uint8Array;
}

/** The search for the next record behind damage. */
export class Resync {
  /** Where the damage begins, in the text. */
  readonly from: number;
  /** Whether the text ended within what is damaged: if nothing follows it, the text is just cut off. */
  readonly atEnd: boolean;
  /** The last two bytes before the place searched that are neither space nor NUL, the last one first. */
  #before = 0;
  #beforeThat = 0;

  constructor(from: number, atEnd: boolean) {
    this.from = from;
    this.atEnd = atEnd;
  }

  /**
   * Moves the start of the text to the next record, or object that holds records, and says which; null when more bytes
   * are needed, of which there are none when the text is at its end.
   */
  search(
    text: TextBuffer,
    openings: Openings,
    effort: Effort,
    atEnd: boolean,
  ): 'element' | 'container' | null {
    const { bytes, end } = text;
    for (;;) {
      const at = this.#nextBracket(bytes, text.start, end);
      text.start = at;
      if (at === end || (text.pending < OPENING_BYTES && !atEnd)) return null;
      if (
        opensWith(bytes, at, end, openings.element) ||
        opensWith(bytes, at, end, openings.outer) ||
        this.#mayBeginRecord(bytes, at, end)
      ) {
        const found = recognise(bytes, at, end, atEnd);
        if (found.kind === 'more') return null;
        const kind = found.kind === 'known' ? found.shape?.kind : undefined;
        if (kind === 'container') return 'container';
        if (kind === 'record' || kind === 'wrapped') return 'element';
        text.start = effort.afterFailure(at, Math.min(end, at + RECOGNITION_WORK), text.offset);
      } else {
        text.start++;
      }
      this.#passOver(bytes[at]!);
    }
  }

  #passOver(byte: number): void {
    if (isSpace(byte) || byte === NUL) return;
    this.#beforeThat = this.#before;
    this.#before = byte;
  }

  /** Whether something in these bytes may be the start of a record, whatever stands before it. */
  static mayHoldRecords(bytes: Uint8Array): boolean {
    return Resync.nextRecord(bytes, 0) >= 0;
  }

  /** The index of what may be the start of a record, at or after `from`; -1 when nothing may. */
  static nextRecord(bytes: Uint8Array, from: number): number {
    const search = new Resync(0, false);
    for (let at = from; ; at++) {
      at = search.#nextBracket(bytes, at, bytes.length);
      if (at >= bytes.length) return -1;
      if (search.#mayBeginRecord(bytes, at, bytes.length)) return at;
      search.#passOver(bytes[at]!);
    }
  }

  /** The next `{` or `[` at or after `at` that a name or a row may follow, or `end`. */
  #nextBracket(bytes: Uint8Array, at: number, end: number): number {
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        const next = at + 1 < end ? bytes[at + 1]! : QUOTE;
        if (next === QUOTE || isSpace(next) || (next === OPEN_BRACE && byte === OPEN_BRACKET)) break;
      }
      this.#passOver(byte);
    }
    return at;
  }

  /**
   * Whether the bracket at `at` may begin a CloudTrail record: its first name is one of a record's, and if it is a member's
   * value, the one that only records have. Objects within records seldom begin so, and text within strings has its quotes
   * escaped.
   */
  #mayBeginRecord(bytes: Uint8Array, at: number, end: number): boolean {
    // The colon of a member stands behind the quote of its name; any other is part of the damage.
    const isMember = this.#before === COLON && this.#beforeThat === QUOTE;
    if (bytes[at] !== OPEN_BRACE) return false;
    const name = skipSpace(bytes, at + 1, end);
    if (bytes[name] !== QUOTE) return false;
    const nameEnd = skipString(bytes, name, Math.min(end, name + OPENING_BYTES));
    const keys = isMember ? [ONLY_IN_RECORDS] : RECORD_KEYS;
    return nameEnd > 0 && keys.some((key) => matchesAscii(bytes, name + 1, nameEnd - 1, key));
  }
}

/** The bracket and first name of an element, as bytes: the elements after it most often begin alike. */
export function openingOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const limit = Math.min(end, start + OPENING_BYTES);
  const quote = bytes.subarray(0, limit).indexOf(QUOTE, start);
  const close = quote < 0 ? -1 : skipString(bytes, quote, limit);
  return bytes.slice(start, close < 0 ? start : close);
}

/** Whether an opening stands at `at`; an empty one never does. */
export function opensWith(bytes: Uint8Array, at: number, end: number, opening: Uint8Array): boolean {
  if (opening.length === 0 || at + opening.length > end) return false;
  for (let index = 0; index < opening.length; index++) {
    if (bytes[at + index] !== opening[index]) return false;
  }
  return true;
}
