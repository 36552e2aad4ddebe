import { describeBytes } from '../bytes/limits.ts';
import type { TextBuffer } from './buffer.ts';
import { Refusal, type Journal } from './journal.ts';
import { recognise } from './json/recognise.ts';
import { NEWLINE, OPEN_BRACE, RETURN, isSpace } from './json/scan.ts';
import { MAX_RECORD } from './json/reader.ts';
import { UNKNOWN, wrappedTaker, type Taker } from './json/taker.ts';
import type { RecordSink } from './sink.ts';

/** What stands before the record on a line of a CloudWatch Logs export: its time, ISO or in milliseconds. */
const EXPORT_PREFIX = /^(?:20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{13})\s+\{/;
/** Of other loggers (syslog and the like): a little text without quotes or braces, then an object. */
const ANY_PREFIX = /^[^\s{["<#][^{"]{0,300}\{\s*"/;

/** What lines are called that begin like this head, null when they hold no JSON behind a prefix. */
export function nameOfPrefixedLines(head: string): string | null {
  if (EXPORT_PREFIX.test(head)) return 'CloudWatch Logs export (create-export-task)';
  return ANY_PREFIX.test(head.slice(0, 1000)) ? 'log lines with records in them' : null;
}

/** Reads lines that each hold one record behind a prefix. */
export class LineReader {
  readonly #text: TextBuffer;
  readonly #journal: Journal;
  readonly #native: Taker;
  readonly #wrapped: Taker;
  #taker: Taker | null = null;
  #without = 0;

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
    const { bytes, base } = this.#text;
    const at = bytes.subarray(0, end).indexOf(OPEN_BRACE, start);
    if (at < 0) {
      if (!bytes.subarray(start, end).every((byte) => isSpace(byte) || byte === RETURN)) this.#without++;
      return;
    }
    this.#taker ??= this.#takerFor(at, end);
    const result = this.#taker(bytes, at, end, base + at);
    if (result > 0) this.#journal.records++;
    else this.#journal.broken(base + at, result === UNKNOWN ? 'is none of CloudTrail' : 'is not valid JSON');
  }

  /** How the records of all lines are taken, told by the first. */
  #takerFor(at: number, end: number): Taker {
    const found = recognise(this.#text.bytes, at, end, true);
    if (found.kind === 'known' && found.shape?.kind === 'record') return this.#native;
    if (found.kind === 'known' && found.shape?.kind === 'wrapped') return this.#wrapped;
    throw new Refusal(
      'log lines of another kind',
      'These are log lines with JSON in them, but no CloudTrail records; leave the file out.',
    );
  }
}
