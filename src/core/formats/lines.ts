import { describeBytes } from '../bytes/limits.ts';
import type { TextBuffer } from './buffer.ts';
import { Refusal, type Journal } from './journal.ts';
import { recognise } from './json/recognise.ts';
import { Effort, RECOGNITION_WORK, Resync } from './json/resync.ts';
import { NEWLINE, OPEN_BRACE, RETURN, SPACE, isSpace, skipValue } from './json/scan.ts';
import { MAX_RECORD } from './json/reader.ts';
import { UNKNOWN, wrappedTaker, type Taker } from './json/taker.ts';
import type { RecordSink } from './sink.ts';

/** What stands before the record on a line of a CloudWatch Logs export: its time, ISO or in milliseconds. */
const EXPORT_PREFIX = /^(?:20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{13})\s+\{/;
/**
 * Of other loggers (syslog and the like): a little text without quotes or braces, then an object, which is no element
 * of an array.
 */
const ANY_PREFIX = /^[^\s{["<#](?:[^{"]{0,300}[^{"[,])?\{\s*"/;

/** How much of a text is looked at for a prefix, in bytes. */
const PREFIX_LOOK = 1000;
/** Lines with other JSON in them before the first record: more of them are another kind of log. */
const MOST_OTHERS = 1000;

/**
 * What lines are called that begin like this head, null when they hold no JSON behind a prefix. JSON text that
 * something was put before, or that lost its beginning, looks alike: it has records, but not behind the first prefix.
 */
export function nameOfPrefixedLines(head: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(head.subarray(0, PREFIX_LOOK));
  if (EXPORT_PREFIX.test(text)) return 'CloudWatch Logs export (create-export-task)';
  if (!ANY_PREFIX.test(text)) return null;
  const at = text.indexOf('{');
  // A record that goes over several lines is no line of a log, whatever stands before it.
  if (goesOver(head, at)) return null;
  const isLine = holdsRecord(head, at, head.length) && endsLine(head, at);
  return isLine || !Resync.mayHoldRecords(head) ? 'log lines with records in them' : null;
}

/** Whether the object at `at`, as far as it is there, has line breaks in it. */
function goesOver(bytes: Uint8Array, at: number): boolean {
  const end = skipValue(bytes, at, bytes.length);
  const lineEnd = bytes.indexOf(NEWLINE, at);
  return lineEnd >= 0 && (end < 0 || lineEnd < end);
}

/** Whether nothing stands on a line behind the object at `at`. */
function endsLine(bytes: Uint8Array, at: number): boolean {
  const end = skipValue(bytes, at, bytes.length);
  const rest = end < 0 ? -1 : bytes.subarray(end).findIndex((byte) => byte !== SPACE && byte !== RETURN);
  return rest < 0 || bytes[end + rest] === NEWLINE;
}

/** Whether the object at `at` is a record, or wraps one. */
function holdsRecord(bytes: Uint8Array, at: number, end: number): 'record' | 'wrapped' | null {
  const found = recognise(bytes, at, end, true);
  const kind = found.kind === 'known' ? found.shape?.kind : undefined;
  return kind === 'record' || kind === 'wrapped' ? kind : null;
}

/** Reads lines that each hold one record behind a prefix. */
export class LineReader {
  readonly #text: TextBuffer;
  readonly #journal: Journal;
  readonly #native: Taker;
  readonly #wrapped: Taker;
  readonly #effort = new Effort();
  #taker: Taker | null = null;
  #without = 0;
  /** Offsets of objects before the first that is a record. */
  readonly #others: number[] = [];

  constructor(text: TextBuffer, sink: RecordSink, journal: Journal, name: string) {
    this.#text = text;
    this.#journal = journal;
    journal.format = name;
    this.#native = (bytes, start, end, offset) => sink.record(bytes, start, end, offset);
    this.#wrapped = wrappedTaker(sink, journal);
  }

  /** Reads the text to its end. @param between called between chunks; what it throws ends the reading */
  async read(between: () => Promise<void>): Promise<void> {
    let last = false;
    while (!last) {
      last = !(await this.#text.more());
      this.#advance(last);
      await between();
    }
    if (this.#taker === null && this.#others.length > 0) this.#refuse();
    if (this.#without > 0)
      this.#journal.note(`${this.#without.toLocaleString('en-US')} lines without a record were passed over.`);
    this.#journal.formatId ||= 'cloudtrail';
  }

  #advance(last: boolean): void {
    const text = this.#text;
    while (text.start < text.end) {
      const { bytes, start, end } = text;
      let lineEnd = bytes.subarray(0, end).indexOf(NEWLINE, start);
      if (lineEnd < 0) {
        if (text.pending > MAX_RECORD)
          this.#journal.broken(text.offset, `is longer than ${describeBytes(MAX_RECORD)}`);
        else if (!last) return;
        lineEnd = end;
      }
      if (lineEnd - start <= MAX_RECORD) this.#line(start, lineEnd);
      text.start = Math.min(lineEnd + 1, end);
    }
  }

  #line(start: number, end: number): void {
    const line = this.#text.bytes.subarray(0, end);
    let at = line.indexOf(OPEN_BRACE, start);
    if (at < 0) {
      if (!line.subarray(start).every((byte) => isSpace(byte) || byte === RETURN)) this.#without++;
      return;
    }
    // Several of them, where lines have lost what parts them; behind a damaged one those that begin as records do.
    while (at >= 0) {
      const next = this.#object(at, end);
      if (next >= 0) at = line.indexOf(OPEN_BRACE, next);
      else at = this.#nextRecord(line, at);
    }
  }

  /** The next record on a line behind the damaged one at `at`, or -1. */
  #nextRecord(line: Uint8Array, at: number): number {
    let scanned = line.length;
    for (;;) {
      const from = this.#effort.afterFailure(at, scanned, this.#text.base + at);
      at = Resync.nextRecord(line, from);
      if (at < 0 || holdsRecord(line, at, line.length)) return at;
      scanned = Math.min(line.length, at + RECOGNITION_WORK);
    }
  }

  /** Takes the object at `at`. @returns the index after it, or -1 */
  #object(at: number, end: number): number {
    const { bytes, base } = this.#text;
    this.#taker ??= this.#takerFor(at, end);
    if (this.#taker === null) {
      if (this.#others.push(base + at) > MOST_OTHERS) this.#refuse();
      return -1;
    }
    const result = this.#taker(bytes, at, end, base + at);
    if (result > 0) {
      this.#journal.records++;
      return result;
    }
    this.#journal.broken(base + at, result === UNKNOWN ? 'is none of CloudTrail' : 'is not valid JSON');
    return -1;
  }

  /** How the records of all lines are taken, told by the first that has one; null as long as none has. */
  #takerFor(at: number, end: number): Taker | null {
    const kind = holdsRecord(this.#text.bytes, at, end);
    if (kind === null) return null;
    for (const offset of this.#others) this.#journal.broken(offset, 'is none of CloudTrail');
    return kind === 'record' ? this.#native : this.#wrapped;
  }

  #refuse(): never {
    throw new Refusal(
      'log lines of another kind',
      'These are log lines with JSON in them, but no CloudTrail records; leave the file out.',
    );
  }
}
