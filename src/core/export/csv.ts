/**
 * CSV for spreadsheets and for machines: RFC 4180 with CRLF, UTF-8 with a byte order mark (without which
 * Excel takes the bytes for the local code page), safe to open although attackers wrote parts of it.
 *
 * What a cell may not keep as it was (everything else comes back exactly when the file is read):
 * - Text that a spreadsheet could take for a formula gets a leading apostrophe (OWASP, "CSV Injection"):
 *   its first character, after any blanks, is one of = + - @ or their full-width forms, or it begins with a
 *   tab or a line break. Numbers given as numbers are ours and exempt.
 * - Characters that cannot be seen or that reorder what is seen become escapes as in JSON (`\u0000`): control
 *   characters but tab and line break, format characters (bidirectional controls, zero-width ones), lone surrogates.
 */

import { TextChunks } from './chunks.ts';
import { escapeInvisible } from './invisible.ts';

/**
 * Columns of an export of findings, in their order. Names and order of the first 19 are a promise to scripts. `amends` and
 * `amended_by` are event IDs, with a space between.
 */
export const FINDING_COLUMNS = [
  'event_time',
  'severity',
  'rule_id',
  'rule_name',
  'event_name',
  'event_source',
  'account_id',
  'region',
  'principal',
  'principal_type',
  'source_ip',
  'country',
  'user_agent',
  'error_code',
  'access_key_id',
  'event_id',
  'source_file',
  'source_sha256',
  'record_index',
  'outcome',
  'rule_version',
  'event_time_recorded',
  'amends',
  'amended_by',
  'mark',
  'note',
] as const;

/** Columns of an export of events: those of the findings but the rule's, and the ids of its alerts with a space between (`alerts`). */
export const EVENT_COLUMNS = [
  'event_time',
  'event_name',
  'event_source',
  'account_id',
  'region',
  'principal',
  'principal_type',
  'source_ip',
  'country',
  'user_agent',
  'error_code',
  'access_key_id',
  'event_id',
  'source_file',
  'source_sha256',
  'record_index',
  'outcome',
  'event_time_recorded',
  'alerts',
  'amends',
  'amended_by',
  'mark',
  'note',
] as const;

/** Most cells: printable ASCII that needs neither quotes nor guard. */
const PLAIN = /^(?:[!#$%&'()*./0-9:;<>?A-Z[\\\]^_`a-z{|}~][ !#-+\--~]*)?$/;
const NEEDS_QUOTES = /[",\r\n]/;
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

function cellText(cell: string | number): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  if (PLAIN.test(cell)) return cell;
  let text = escapeInvisible(cell);
  if (FORMULA.test(text)) text = `'${text}`;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes rows into chunks of bytes, so that no export is ever one string. */
export class CsvWriter {
  private readonly columns: number;
  private readonly chunks = new TextChunks();

  /** @param header names of the columns: the first line, and how many cells a row must have */
  constructor(header: readonly string[]) {
    this.columns = header.length;
    this.chunks.write('\ufeff');
    this.row(header);
  }

  /**
   * Appends a row. NaN is an empty cell.
   *
   * @throws RangeError when it has more or fewer cells than the header
   */
  row(cells: readonly (string | number)[]): void {
    if (cells.length !== this.columns) {
      throw new RangeError(`A row of ${cells.length} cells for ${this.columns} columns`);
    }
    let line = '';
    let separator = '';
    for (const cell of cells) {
      line += separator + cellText(cell);
      separator = ',';
    }
    this.chunks.write(`${line}\r\n`);
  }

  /** The bytes written since the last call, in chunks of about 1 MB; together, in order, they are the file. */
  take(): Uint8Array<ArrayBuffer>[] {
    return this.chunks.take();
  }
}
