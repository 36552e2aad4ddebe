import { describeBytes } from '../../bytes/limits.ts';
import type { TextBuffer } from '../buffer.ts';
import type { Journal } from '../journal.ts';
import { MAX_RECORD } from '../json/reader.ts';
import { NEWLINE, isSpace } from '../json/scan.ts';
import { accountsInArns } from '../rebuild/account.ts';
import { BROKEN, INCOMPLETE, type RecordSink } from '../sink.ts';
import { rowEnd } from './rows.ts';
import {
  formatIdOf,
  holdsWholeRecords,
  nameOfTable,
  readHeader,
  recordOfTableRow,
  repairsOf,
  rowOf,
  type Table,
} from './table.ts';

/** How CloudTrail Lake begins its saved results: a line of comment, in which the query may have line breaks. */
const LAKE_COMMENT = /^\ufeff?# Execution Time:/;

/** A CSV file's table and where its rows begin. */
export interface CsvHead {
  table: Table;
  /** What the file is called, in words. */
  name: string;
  /** Index of the first row after the header. */
  bodyAt: number;
}

/**
 * Recognises a CSV file of CloudTrail events by its header row; null when it is none.
 *
 * @param head the first bytes of the text
 */
export function readCsvHead(head: Uint8Array): CsvHead | null {
  const text = new TextDecoder().decode(head);
  const afterComment = LAKE_COMMENT.test(text);
  let at = 0;
  do {
    const newline = head.indexOf(NEWLINE, at);
    const end = newline < 0 ? head.length : newline + 1;
    const header = readHeader(head.subarray(at, end));
    if (header !== null) {
      const table: Table = { ...header, accounts: accountsInArns(text) };
      return { table, name: nameOfTable(table.columns, afterComment), bodyAt: end };
    }
    at = end;
  } while (afterComment && at < head.length);
  return null;
}

/** Reads the rows of a CSV file: each is one record. */
export class CsvReader {
  readonly #text: TextBuffer;
  readonly #sink: RecordSink;
  readonly #journal: Journal;
  readonly #table: Table;
  /** Bytes before the first row that are still to be passed over. */
  #before: number;
  #atEnd = false;

  constructor(text: TextBuffer, sink: RecordSink, journal: Journal, head: CsvHead) {
    this.#text = text;
    this.#sink = sink;
    this.#journal = journal;
    this.#table = head.table;
    this.#before = head.bodyAt;
    journal.format = head.name;
    journal.formatId = formatIdOf(head.table);
    if (!holdsWholeRecords(head.table)) {
      journal.note('The records were put together from single columns: what was not exported is missing.');
    }
  }

  /** Reads the text to its end. @param between called between chunks; what it throws ends the reading */
  async read(between: () => Promise<void>): Promise<void> {
    while (!this.#atEnd) {
      this.#atEnd = !(await this.#text.more());
      this.#advance();
      await between();
    }
  }

  #advance(): void {
    const text = this.#text;
    const passed = Math.min(this.#before, text.pending);
    this.#before -= passed;
    text.start += passed;
    while (text.start < text.end) {
      const end = rowEnd(text.bytes, text.start, text.end, this.#table.delimiter, this.#atEnd);
      if (end === INCOMPLETE && text.pending <= MAX_RECORD) return;
      if (end === INCOMPLETE) this.#brokenLine(`is longer than ${describeBytes(MAX_RECORD)}`);
      else if (end === BROKEN) this.#cutOff();
      else this.#row(end);
    }
  }

  #row(end: number): void {
    const text = this.#text;
    const bytes = text.bytes.subarray(text.start, end);
    if (bytes.every(isSpace)) {
      text.start = end;
      return;
    }
    const row = rowOf(this.#table, bytes);
    if (row === null) {
      this.#brokenLine(
        `does not have ${this.#table.columns.length.toLocaleString('en-US')} cells as the header has`,
      );
      return;
    }
    // Files put after one another repeat their header.
    const isHeader = row.every(([column, cell]) => column === cell?.trim());
    const json = isHeader ? null : recordOfTableRow(this.#table, bytes);
    const newline = bytes.indexOf(NEWLINE);
    const hasLines = newline >= 0 && newline < bytes.length - 1;
    if (hasLines && !isHeader && (json === null || hasOddTime(json))) {
      // A quote too many made one row of several, which has as many cells as there should be.
      this.#brokenLine('is no CloudTrail record');
      return;
    }
    if (json !== null && this.#sink.wrapped(json, text.offset, bytes.length)) {
      this.#journal.records++;
      for (const note of repairsOf(this.#table, bytes)) this.#journal.note(note);
    } else if (!isHeader) {
      this.#journal.broken(text.offset, 'is no CloudTrail record');
    }
    text.start = end;
  }

  /** Gives up one line only: after a quote too many, a row seems to go on for ever. */
  #brokenLine(what: string): void {
    const text = this.#text;
    this.#journal.broken(text.offset, what);
    const newline = text.bytes.subarray(0, text.end).indexOf(NEWLINE, text.start);
    text.start = newline < 0 ? text.end : newline + 1;
  }

  /** The text ends within quotes: either it is cut off, or a quote is missing further up. */
  #cutOff(): void {
    const text = this.#text;
    const newline = text.bytes.subarray(0, text.end).indexOf(NEWLINE, text.start);
    if (newline < 0) {
      this.#journal.cutOffWithin(text.offset);
      text.start = text.end;
    } else {
      this.#brokenLine('has quotes that do not end');
    }
  }
}

/** Whether what stands where the time of a record should be is none. False of what is no JSON. */
function hasOddTime(json: Uint8Array): boolean {
  let time: unknown;
  try {
    time = (JSON.parse(new TextDecoder().decode(json)) as { eventTime?: unknown } | null)?.eventTime;
  } catch {
    return false;
  }
  return time !== undefined && !/^\d{4}-\d\d-\d\dT/.test(String(time));
}
