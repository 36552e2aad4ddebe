import { count, describeBytes, LimitError } from '../../bytes/limits.ts';
import type { TextBuffer } from '../buffer.ts';
import { Refusal, type Journal } from '../journal.ts';
import type { Shape } from '../shapes.ts';
import { BROKEN, INCOMPLETE, type RecordSink } from '../sink.ts';
import { Frames, type ArrayFrame, type ObjectFrame } from './frames.ts';
import { nameOfArrangement, nameOfRecords } from './names.ts';
import { recognise } from './recognise.ts';
import { Effort, opensWith, openingOf, Resync, type Openings } from './resync.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  NEWLINE,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
  skipValue,
} from './scan.ts';
import { takeWithoutNuls, UNKNOWN, wrappedTaker, type Taker } from './taker.ts';

/** A longer record is broken. CloudTrail's own limit is 256 kB (1 MB in some Lake stores). */
export const MAX_RECORD = 2 ** 24;
/** JSON values before the first record that are none: more of them are another kind of file, and so is a longer one. */
const MOST_OTHERS = 1000;
const MAX_OTHER = 2 ** 16;
/** Text without a record that is read before giving up: against decompression bombs. */
export const MAX_BARREN = 2 ** 25;
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
  readonly #frames = new Frames();
  /** Takes the elements; null until the first one was recognised. */
  #taker: Taker | null = null;
  readonly #openings: Openings = { element: new Uint8Array(0), outer: new Uint8Array(0) };
  /** Offset of an element that was just recognised and need not be looked at again. */
  #sure = -1;
  #resync: Resync | null = null;
  #damaged = false;
  #atEnd = false;
  /** Offsets after the last element and of the last comma. */
  #lastElement = 0;
  #lastComma = -1;
  #nuls = 0;
  /** What is neither a record nor damage, by what it is. */
  readonly #passed = new Map<{ what: string; why: string }, number>();
  /** Why the text will be refused if no record is in it, and where what was found instead begins. */
  #refusal: Refusal | null = null;
  readonly #others: number[] = [];
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
      if (this.#text.base + this.#text.end - this.#lastElement > MAX_BARREN) this.#giveUp();
      if (await this.#text.more()) continue;
      if (this.#atEnd) break;
      this.#atEnd = true;
    }
    this.#finish();
  }

  #advance(): void {
    const text = this.#text;
    while (text.start < text.end) {
      const { top } = this.#frames;
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
        if (taker === null || this.#isUnlike(bytes, at, end, base, wary)) return this.#recognise();
        const next = taker(bytes, at, Math.min(end, at + MAX_RECORD), base + at);
        if (next < 0) return this.#notTaken(next);
        at = next;
        this.#lastElement = base + at;
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

  /** Whether an element begins like what is around elements or, for the wary, otherwise than those before it. */
  #isUnlike(bytes: Uint8Array, at: number, end: number, base: number, wary: boolean): boolean {
    if (base + at === this.#sure) return false;
    const { element, outer } = this.#openings;
    return opensWith(bytes, at, end, outer) || (wary && !opensWith(bytes, at, end, element));
  }

  /** What opens or closes an array, and what does not belong between elements. */
  #betweenElements(frame: ArrayFrame | null, byte: number): boolean {
    if (byte === OPEN_BRACKET && !this.#frames.isFull) {
      this.#arrangement.inArray ||= frame === null;
      this.#frames.enterArray();
    } else if (byte === CLOSE_BRACKET && frame !== null) {
      this.#frames.leave();
      if (this.#lastComma >= this.#lastElement && this.#journal.records > 0) {
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
    const result = this.#frames.readMember(frame, this.#text);
    if (result === BROKEN) return this.#damage('text that is not JSON');
    return result === INCOMPLETE && this.#text.pending > 0 ? this.#waitForEnd() : true;
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
      if (this.#frames.isFull) return this.#damage('objects nested too deep');
      this.#openings.outer = openingOf(text.bytes, text.start, text.end);
      this.#frames.enterObject(shape.path);
      this.#arrangement.inRecords ||= shape.path[0] === 'Records';
      text.start++;
      return true;
    }
    if (shape.kind === 'kept' || shape.kind === 'passed') {
      const close = skipValue(text.bytes, text.start, text.end);
      if (close < 0) return this.#waitForEnd();
      if (shape.kind === 'passed') this.#pass(shape);
      else {
        this.#journal.format ||= shape.name;
        this.#journal.note(shape.note);
      }
      text.start = close;
      this.#lastElement = text.offset;
      return true;
    }
    if (this.#taker === null) this.#noteOthers();
    if (this.#taker !== this.#wrapped) this.#taker = shape.kind === 'wrapped' ? this.#wrapped : this.#native;
    if (shape.kind === 'record') this.#journal.format ||= nameOfRecords(seen);
    this.#openings.element = openingOf(text.bytes, text.start, text.end);
    this.#sure = text.offset;
    return true;
  }

  /** JSON without a record. Where no record follows it tells what the file is; otherwise it is a refused record. */
  #unknown(shape: (Shape & { kind: 'foreign' }) | null): boolean {
    const name = shape?.name ?? 'JSON of another kind';
    if (this.#text.bytes[this.#text.start] === QUOTE) return this.#damage('text without a record');
    if (this.#taker === null && !this.#damaged) return this.#other(shape, name);
    const close = skipValue(this.#text.bytes, this.#text.start, this.#text.end);
    if (close < 0) return this.#waitForEnd();
    this.#damaged = true;
    this.#journal.broken(this.#text.offset, `is none of CloudTrail (${name})`);
    this.#text.start = close;
    this.#lastElement = this.#text.offset;
    return true;
  }

  /** Counts what is no record and no damage; where there is nothing else, it tells what the file is. */
  #pass(shape: Shape & { kind: 'passed' }): void {
    const before = [...this.#passed.keys()].find(({ what }) => what === shape.what) ?? shape;
    this.#passed.set(before, (this.#passed.get(before) ?? 0) + 1);
    if (this.#taker !== null) return;
    this.#refusal ??= new Refusal(shape.name, `This is not a CloudTrail log: ${shape.name}. ${shape.advice}`);
  }

  /** Passes over JSON without a record before the first one. */
  #other(shape: (Shape & { kind: 'foreign' }) | null, name: string): boolean {
    const text = this.#text;
    const advice =
      shape?.advice ?? 'CloudTrail records were not found in it; export them as JSON lines and add those.';
    this.#refusal ??= new Refusal(name, `This is not a CloudTrail log: ${name}. ${advice}`);
    const close = skipValue(text.bytes, text.start, text.end);
    if (close < 0 && !this.#atEnd && text.pending < MAX_OTHER) return false;
    if (close < 0 || this.#others.push(text.offset) > MOST_OTHERS) throw this.#refusal;
    text.start = close;
    this.#lastElement = text.offset;
    return true;
  }

  /** A record was found: what stands before it are refused records. */
  #noteOthers(): void {
    for (const offset of this.#others) this.#journal.broken(offset, 'is none of CloudTrail');
    this.#damaged ||= this.#others.length > 0;
    this.#refusal = null;
  }

  /** The taker did not take what stands at the start. */
  #notTaken(result: number): boolean {
    const text = this.#text;
    // What looked as if it held a record, and does not, would look so again.
    if (result === UNKNOWN) return text.offset === this.#sure ? this.#unknown(null) : this.#recognise();
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
    this.#lastElement = text.offset;
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

  /** Looks for the next record, or what holds records, and goes on there. */
  #seek(resync: Resync): boolean {
    const found = resync.search(this.#text, this.#openings, this.#effort, this.#atEnd);
    if (found === null) return false;
    if (found === 'container') this.#frames.leaveAll();
    else if (this.#frames.top?.kind === 'object') this.#frames.enterArray();
    if (resync.atEnd) this.#journal.broken(resync.from, 'is not valid JSON');
    this.#resync = null;
    return true;
  }

  #giveUp(): never {
    if (this.#refusal !== null) throw this.#refusal;
    const place =
      this.#lastElement === 0
        ? 'In its first'
        : `After byte ${this.#lastElement.toLocaleString('en-US')}, in`;
    throw new LimitError(
      `${place} ${describeBytes(MAX_BARREN)} of text there is no CloudTrail record; the rest was not read.`,
    );
  }

  #finish(): void {
    const journal = this.#journal;
    if (this.#refusal !== null) throw this.#refusal;
    if (this.#resync?.atEnd) {
      journal.cutOffWithin(this.#resync.from);
    } else if (this.#frames.top !== null && !this.#damaged) {
      journal.cutOff = 'The text is cut off: it ends before its closing brackets.';
    }
    for (const [{ what, why }, n] of this.#passed)
      journal.note(`${count(n, what)} ${n === 1 ? 'was' : 'were'} passed over (${why}).`);
    if (this.#nuls > 0) journal.note(`${count(this.#nuls, 'NUL byte')} between records were left out.`);
    journal.format ||= nameOfArrangement(this.#arrangement);
    journal.formatId ||= 'cloudtrail';
  }
}

/** A byte-order mark (of a file that was put after another) or a record separator (RFC 7464). */
function isMark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0x1e;
}
