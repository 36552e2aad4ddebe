import { count, describeBytes, LimitError } from '../../bytes/limits.ts';
import type { TextBuffer } from '../buffer.ts';
import { Refusal, type Journal } from '../journal.ts';
import type { Shape } from '../shapes.ts';
import { BROKEN, INCOMPLETE, type RecordSink } from '../sink.ts';
import { nameOfArrangement, nameOfRecords } from './names.ts';
import { recognise } from './recognise.ts';
import { Effort, opensWith, openingOf, OPENING_BYTES, Resync } from './resync.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  NEWLINE,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
  matchesAscii,
  skipSpace,
  skipString,
  skipValue,
} from './scan.ts';
import { takeWithoutNuls, UNKNOWN, wrappedTaker, type Taker } from './taker.ts';

/** A longer record is broken. CloudTrail's own limit is 256 kB (1 MB in some Lake stores). */
export const MAX_RECORD = 2 ** 24;
/** Text without a record that is read before giving up: against decompression bombs. */
export const MAX_BARREN = 2 ** 25;
/** Arrays within arrays. */
const MAX_NESTING = 8;
/** Answers whose elements are arrays themselves: rows of fields. */
const ROWS: ReadonlySet<string> = new Set(['results', 'QueryResultRows']);
const NONE = new Uint8Array(0);

/** A container that the reader is inside of: an array of elements, or an object on the way to one. */
type Frame = ArrayFrame | ObjectFrame;
interface ArrayFrame {
  kind: 'array';
  /** Its elements are rows: arrays of fields. */
  rows: boolean;
  /** Some of its elements are objects on the way to further elements. */
  mixed: boolean;
}
interface ObjectFrame {
  kind: 'object';
  path: readonly string[];
  level: number;
}

/**
 * Reads records out of JSON text in all its arrangements: `{"Records":[...]}`, arrays, one a line, one after another,
 * wrapped singly or in an answer of some service, and mixtures of these. Streams in bounded memory; whatever is
 * damaged is reported and passed over.
 *
 * Its steps (`#elements`, `#member`, `#seek`, ...) work on the bytes at hand from `text.start` on, which they move,
 * and return false when they need more bytes. At the end of the text they never do.
 */
export class JsonReader {
  readonly #text: TextBuffer;
  readonly #sink: RecordSink;
  readonly #journal: Journal;
  readonly #native: Taker;
  readonly #wrapped: Taker;
  readonly #effort = new Effort();
  readonly #frames: Frame[] = [];
  /** Takes the elements; null until the first one was recognised. */
  #taker: Taker | null = null;
  /** How elements begin, and how the objects around them do. */
  #opening: Uint8Array = NONE;
  #outerOpening: Uint8Array = NONE;
  /** Offset of an element that was just recognised and need not be looked at again. */
  #sure = -1;
  #resync: Resync | null = null;
  #damaged = false;
  #atEnd = false;
  /** Offsets after the last record taken and of the last comma. */
  #lastTaken = 0;
  #lastComma = -1;
  #nuls = 0;
  readonly #arrangement = { inRecords: false, inArray: false, topLevelValues: 0 };

  constructor(text: TextBuffer, sink: RecordSink, journal: Journal) {
    this.#text = text;
    this.#sink = sink;
    this.#journal = journal;
    this.#native = (bytes, start, end, offset) => sink.record(bytes, start, end, offset);
    this.#wrapped = wrappedTaker(sink, journal);
  }

  /**
   * Reads the text to its end.
   *
   * @param between called between chunks; what it throws ends the reading
   */
  async read(between: () => Promise<void>): Promise<void> {
    for (;;) {
      this.#advance();
      await between();
      if (this.#text.base + this.#text.end - this.#lastTaken > MAX_BARREN) this.#giveUp();
      if (await this.#text.more()) continue;
      if (this.#atEnd) break;
      this.#atEnd = true;
    }
    this.#finish();
  }

  #advance(): void {
    const text = this.#text;
    while (text.start < text.end) {
      const top = this.#frames.at(-1) ?? null;
      let goOn: boolean;
      if (this.#resync !== null) goOn = this.#seek(this.#resync);
      else if (top?.kind === 'object') goOn = this.#member(top);
      else goOn = this.#elements(top);
      if (!goOn) return;
    }
  }

  /** Elements of an array or values of the top level: the loop that all records go through. */
  #elements(frame: ArrayFrame | null): boolean {
    const text = this.#text;
    const { bytes, end, base } = text;
    const rows = frame !== null && frame.rows;
    const wary = frame === null || frame.mixed || this.#damaged;
    for (let at = text.start; at < end;) {
      const byte = bytes[at]!;
      if (byte === COMMA) {
        this.#lastComma = base + at++;
      } else if (byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB) {
        at++;
      } else if (
        byte === OPEN_BRACE ||
        (byte === QUOTE && this.#taker !== this.#native) ||
        (byte === OPEN_BRACKET && rows)
      ) {
        text.start = at;
        const taker = this.#taker;
        if (
          taker === null ||
          (wary && base + at !== this.#sure && !opensWith(bytes, at, end, this.#opening))
        ) {
          return this.#recognise();
        }
        const next = taker(bytes, at, Math.min(end, at + MAX_RECORD), base + at);
        if (next < 0) return this.#notTaken(next);
        at = next;
        this.#lastTaken = base + at;
        this.#journal.records++;
        if (frame === null) this.#arrangement.topLevelValues++;
      } else {
        text.start = at;
        return this.#betweenElements(frame, byte);
      }
    }
    text.start = end;
    return false;
  }

  /** What opens or closes an array, and what does not belong between elements. */
  #betweenElements(frame: ArrayFrame | null, byte: number): boolean {
    if (byte === OPEN_BRACKET && this.#frames.length < MAX_NESTING) {
      this.#arrangement.inArray ||= frame === null;
      this.#frames.push(arrayFrame());
    } else if (byte === CLOSE_BRACKET && frame !== null) {
      this.#frames.pop();
      if (this.#lastComma >= this.#lastTaken && this.#journal.records > 0) {
        this.#journal.note(
          `The comma after the last record (byte ${this.#lastComma.toLocaleString('en-US')}) was ignored.`,
        );
      }
    } else if (byte === NUL) {
      return this.#skipNuls();
    } else if (!isMark(byte) && !(this.#damaged && (byte === CLOSE_BRACKET || byte === CLOSE_BRACE))) {
      return this.#damage('text that is not JSON');
    }
    this.#text.start++;
    return true;
  }

  #skipNuls(): boolean {
    const text = this.#text;
    while (text.start < text.end && text.bytes[text.start] === NUL) {
      text.start++;
      this.#nuls++;
    }
    return true;
  }

  /** One member of an object on the way to the elements. */
  #member(frame: ObjectFrame): boolean {
    const text = this.#text;
    const { bytes, end } = text;
    let at = text.start;
    while (at < end && (bytes[at]! <= SPACE || bytes[at] === COMMA)) at++;
    text.start = at;
    if (at === end) return false;
    if (bytes[at] === CLOSE_BRACE) {
      this.#frames.pop();
      text.start++;
      return true;
    }
    if (bytes[at] !== QUOTE) return this.#damage('text that is not JSON');
    const nameEnd = skipString(bytes, at, end);
    const colon = nameEnd < 0 ? end : skipSpace(bytes, nameEnd, end);
    const value = colon < end ? skipSpace(bytes, colon + 1, end) : end;
    if (value >= end) return this.#waitForEnd();
    if (bytes[colon] !== COLON) return this.#damage('text that is not JSON');
    if (matchesAscii(bytes, at + 1, nameEnd - 1, frame.path[frame.level]!) && this.#descend(frame, value))
      return true;
    const next = skipValue(bytes, value, end);
    if (next === INCOMPLETE) return this.#waitForEnd();
    if (next === BROKEN) return this.#damage('text that is not JSON');
    text.start = next;
    return true;
  }

  /** Goes into the value at index `value`, which is on the way to the elements, if it is an array or object as awaited. */
  #descend(frame: ObjectFrame, value: number): boolean {
    const last = frame.level === frame.path.length - 1;
    if (this.#text.bytes[value] !== (last ? OPEN_BRACKET : OPEN_BRACE)) return false;
    if (last) this.#frames.push(arrayFrame(ROWS.has(frame.path.at(-1)!)));
    else this.#frames.push({ kind: 'object', path: frame.path, level: frame.level + 1 });
    this.#text.start = value + 1;
    return true;
  }

  /** Finds out what the element at the start is, and with it perhaps what all are. */
  #recognise(): boolean {
    const text = this.#text;
    const found = recognise(text.bytes, text.start, text.end, this.#atEnd);
    switch (found.kind) {
      case 'more':
        return false;
      case 'broken':
        return this.#broken('is not valid JSON', text.base + found.at);
      case 'cut off':
        return this.#seekFrom(text.offset, true);
      case 'known':
        return this.#recognised(found.shape, found.seen);
    }
  }

  #recognised(shape: Shape | null, seen: unknown): boolean {
    const text = this.#text;
    if (shape === null || shape.kind === 'foreign') return this.#unknown(shape);
    if (shape.kind === 'container') {
      this.#outerOpening = openingOf(text.bytes, text.start, text.end);
      const frame = this.#frames.at(-1);
      if (frame?.kind === 'array') frame.mixed = true;
      this.#frames.push({ kind: 'object', path: shape.path, level: 0 });
      this.#arrangement.inRecords ||= shape.path[0] === 'Records';
      text.start++;
      return true;
    }
    if (shape.kind === 'kept') {
      const close = skipValue(text.bytes, text.start, text.end);
      if (close < 0) return this.#waitForEnd();
      this.#journal.format ||= shape.name;
      this.#journal.note(shape.note);
      text.start = close;
      this.#lastTaken = text.offset;
      return true;
    }
    if (this.#taker !== this.#wrapped) this.#taker = shape.kind === 'wrapped' ? this.#wrapped : this.#native;
    if (shape.kind === 'record') this.#journal.format ||= nameOfRecords(seen);
    this.#opening = openingOf(text.bytes, text.start, text.end);
    this.#sure = text.offset;
    return true;
  }

  /** JSON without a record. As the first thing of a file it tells what the file is; later it is a refused record. */
  #unknown(shape: (Shape & { kind: 'foreign' }) | null): boolean {
    const name = shape?.name ?? 'JSON of another kind';
    if (this.#text.bytes[this.#text.start] === QUOTE) return this.#damage('text without a record');
    if (this.#taker === null && !this.#damaged) {
      const advice =
        shape?.advice ?? 'CloudTrail records were not found in it; export them as JSON lines and add those.';
      throw new Refusal(name, `This is not a CloudTrail log: ${name}. ${advice}`);
    }
    const close = skipValue(this.#text.bytes, this.#text.start, this.#text.end);
    if (close < 0) return this.#waitForEnd();
    this.#damaged = true;
    this.#journal.broken(this.#text.offset, `is none of CloudTrail (${name})`);
    this.#text.start = close;
    return true;
  }

  /** The taker did not take what stands at the start. */
  #notTaken(result: number): boolean {
    const text = this.#text;
    if (result === UNKNOWN) return this.#recognise();
    const mayWait = !this.#atEnd && text.pending < MAX_RECORD;
    if (result === INCOMPLETE) {
      if (mayWait) return false;
      if (text.pending >= MAX_RECORD) return this.#broken(`is longer than ${describeBytes(MAX_RECORD)}`);
      return this.#seekFrom(text.offset, true);
    }
    const next = takeWithoutNuls(this.#sink, text.bytes, text.start, text.end, text.offset);
    if (next === INCOMPLETE && mayWait) return false;
    if (next < 0) return this.#broken('is not valid JSON');
    this.#journal.records++;
    this.#journal.place(
      text.offset,
      `NUL bytes in record ${this.#journal.records.toLocaleString('en-US')}, left out`,
    );
    text.start = next;
    this.#lastTaken = text.offset;
    return true;
  }

  /** What stands at the start needs more bytes; when there are no more, or too many already, it is damage. */
  #waitForEnd(): boolean {
    if (this.#atEnd) return this.#seekFrom(this.#text.offset, true);
    return (
      this.#text.pending >= MAX_RECORD &&
      this.#damage(`more than ${describeBytes(MAX_RECORD)} without an end`)
    );
  }

  #damage(what: string): boolean {
    this.#journal.place(this.#text.offset, what);
    return this.#seekFrom(this.#text.offset, false);
  }

  #broken(what: string, offset = this.#text.offset): boolean {
    this.#journal.broken(offset, what);
    return this.#seekFrom(this.#text.offset, false);
  }

  /** Gives up what stands at the start and looks for the next record behind it. */
  #seekFrom(offset: number, atEnd: boolean): boolean {
    const text = this.#text;
    this.#damaged = true;
    this.#resync = new Resync(offset, atEnd);
    text.start = this.#effort.afterFailure(text.start, text.end, offset);
    return true;
  }

  /** Looks for the next record, or what holds records. */
  #seek(resync: Resync): boolean {
    const text = this.#text;
    const { bytes, end } = text;
    for (;;) {
      const at = resync.nextBracket(bytes, text.start, end);
      text.start = at;
      if (at === end || (text.pending < OPENING_BYTES && !this.#atEnd)) return false;
      if (
        opensWith(bytes, at, end, this.#opening) ||
        opensWith(bytes, at, end, this.#outerOpening) ||
        resync.mayBeginRecord(bytes, at, end)
      ) {
        const found = recognise(bytes, at, end, this.#atEnd);
        if (found.kind === 'more') return false;
        const kind = found.kind === 'known' ? found.shape?.kind : undefined;
        if (kind === 'record' || kind === 'wrapped' || kind === 'container') {
          this.#resume(resync, kind === 'container');
          return true;
        }
      }
      resync.pass(bytes[at]!);
      text.start++;
    }
  }

  /** Goes on with what stands at the start, after damage. */
  #resume(resync: Resync, isContainer: boolean): void {
    if (isContainer) this.#frames.length = 0;
    else if (this.#frames.at(-1)?.kind === 'object') this.#frames.push(arrayFrame());
    if (resync.atEnd) this.#journal.broken(resync.from, 'is not valid JSON');
    this.#resync = null;
  }

  #giveUp(): never {
    const place =
      this.#lastTaken === 0 ? 'In its first' : `After byte ${this.#lastTaken.toLocaleString('en-US')}, in`;
    throw new LimitError(
      `${place} ${describeBytes(MAX_BARREN)} of text there is no CloudTrail record; the rest was not read.`,
    );
  }

  #finish(): void {
    const journal = this.#journal;
    if (this.#resync?.atEnd) {
      journal.cutOffWithin(this.#resync.from);
    } else if (this.#frames.length > 0 && !this.#damaged) {
      journal.cutOff = 'The text is cut off: it ends before its closing brackets.';
    }
    if (this.#nuls > 0) journal.note(`${count(this.#nuls, 'NUL byte')} between records were left out.`);
    journal.format ||= nameOfArrangement(this.#arrangement);
    journal.formatId ||= 'cloudtrail';
  }
}

function arrayFrame(rows = false): ArrayFrame {
  return { kind: 'array', rows, mixed: false };
}

/** A byte-order mark (of a file that was put after another) or a record separator (RFC 7464). */
function isMark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0x1e;
}
