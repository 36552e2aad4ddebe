import { SNIFF_BYTES } from '../bytes/sniff.ts';
import type { ByteStream } from '../bytes/stream.ts';
import type { TextBuffer } from './buffer.ts';
import { CsvReader, readCsvHead } from './csv/reader.ts';
import { isCliText, nameForeign } from './foreign.ts';
import { Refusal, type Journal } from './journal.ts';
import { JsonReader } from './json/reader.ts';
import { Resync } from './json/resync.ts';
import { NUL, OPEN_BRACE, OPEN_BRACKET, QUOTE, isSpace } from './json/scan.ts';
import { LineReader, nameOfPrefixedLines } from './lines.ts';
import type { RecordSink } from './sink.ts';

/** How much of a text is looked at to recognise its form, in bytes. */
const TEXT_LOOK = 2 ** 16;

/** Reads the records of one text. */
export interface LogReader {
  /** Reads to the end. @param between called between chunks; what it throws ends the reading */
  read(between: () => Promise<void>): Promise<void>;
}

export type ReaderMaker = (text: TextBuffer, sink: RecordSink, journal: Journal) => LogReader;

const json: ReaderMaker = (text, sink, journal) => new JsonReader(text, sink, journal);

/**
 * Picks the reader for a text by its beginning; null when there is nothing in it. Throws a Refusal that names the text when it
 * is of none of the forms known.
 *
 * @param journal knows whether some of the text is lost already: then records may follow whatever it begins with
 */
export async function recogniseText(stream: ByteStream, journal: Journal): Promise<ReaderMaker | null> {
  // Nearly every log tells at once. To look further may be to copy it: what stands behind may come in another chunk.
  const start = await stream.peek(SNIFF_BYTES);
  if (opensJson(start[firstSignificant(start)])) return json;
  return recogniseHead(await stream.peek(TEXT_LOOK), journal.damaged);
}

function opensJson(byte: number | undefined): boolean {
  return byte === OPEN_BRACE || byte === OPEN_BRACKET;
}

function recogniseHead(head: Uint8Array, damaged: boolean): ReaderMaker | null {
  const first = head[firstSignificant(head)];
  if (first === undefined) return head.length < TEXT_LOOK ? null : json;
  if (opensJson(first)) return json;
  const csv = readCsvHead(head);
  if (csv !== null) return (text, sink, journal) => new CsvReader(text, sink, journal, csv);
  const lines = nameOfPrefixedLines(head);
  if (lines !== null) return (text, sink, journal) => new LineReader(text, sink, journal, lines);
  // JSON strings one a line, or a JSON text whose beginning is lost.
  if (damaged) return json;
  if (first === QUOTE || (Resync.mayHoldRecords(head) && !isCliText(head)))
    return (text, sink, journal) => ifRecordsAreFound(json(text, sink, journal), head, journal);
  throw foreignText(head);
}

/** A text that speaks of records, such as a program: it is a damaged log only if there are any in it. */
function ifRecordsAreFound(reader: LogReader, head: Uint8Array, journal: Journal): LogReader {
  return {
    async read(between) {
      await reader.read(between);
      if (journal.records > 0 || journal.refused > 0) return;
      journal.noLog();
      throw foreignText(head);
    },
  };
}

function foreignText(head: Uint8Array): Refusal {
  const { name, advice } = nameForeign(head);
  return new Refusal(name, `This is not a CloudTrail log; it looks like: ${name}. ${advice}`);
}

/** Index of the first byte that is neither space, NUL nor part of a byte-order mark. */
function firstSignificant(head: Uint8Array): number {
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  while (at < head.length && (isSpace(head[at]!) || head[at] === NUL)) at++;
  return at;
}
