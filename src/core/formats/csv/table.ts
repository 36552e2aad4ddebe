import { isDamagedAccount } from '../rebuild/account.ts';
import { isEcsEvent, recordOfEcs } from '../rebuild/ecs.ts';
import {
  areEventColumns,
  isEvent,
  isWholeRecordColumn,
  recordOfRow,
  wholeRecordOf,
  type Row,
} from '../rebuild/row.ts';
import { isKibanaTime, isoTime, isSpreadsheetTime } from '../rebuild/values.ts';
import { cellsOf } from './rows.ts';

/** What is needed to read a row of a CSV file by itself. */
export interface Table {
  delimiter: string;
  columns: string[];
  /** Account numbers that occur in the file, to repair what a spreadsheet damaged. */
  accounts: string[];
}

const PREFIX = 'csv:';
const DELIMITERS = [',', ';', '\t'] as const;
const ENCODER = new TextEncoder();

/** The `formatId` of a CSV file: it carries the table. */
export function formatIdOf(table: Table): string {
  return PREFIX + JSON.stringify(table);
}

/** The table that a `formatId` carries, null when it is not one of a CSV file. */
export function readTable(formatId: string): Table | null {
  return formatId.startsWith(PREFIX) ? (JSON.parse(formatId.slice(PREFIX.length)) as Table) : null;
}

/** The columns of a header row and what delimits them, null when the row is no header of CloudTrail events. */
export function readHeader(row: Uint8Array): { delimiter: string; columns: string[] } | null {
  // What a JSON text lists in quotes would pass for columns.
  if (/":|[{}]/.test(new TextDecoder().decode(row))) return null;
  for (const delimiter of DELIMITERS) {
    const columns = cellsOf(row, delimiter).map((cell) => nameOfColumn(cell ?? ''));
    if (areEventColumns(columns) || isEcsHeader(columns)) return { delimiter, columns };
  }
  return null;
}

/** Spreadsheets have been seen to put a damaged account number even over its column. */
function nameOfColumn(cell: string): string {
  const name = cell.replace(/^\ufeff/, '').trim();
  return isDamagedAccount(name) ? 'Recipient Account Id' : name;
}

function isEcsHeader(columns: readonly string[]): boolean {
  return columns.includes('event.action') && columns.includes('event.provider');
}

/** Whether a column holds the records as they are; otherwise they are put together from several. */
export function holdsWholeRecords(table: Table): boolean {
  return table.columns.some(isWholeRecordColumn);
}

/** Pairs the cells of a row with their columns; null when there are more or fewer of them. */
export function rowOf(table: Table, bytes: Uint8Array): Row | null {
  const cells = cellsOf(bytes, table.delimiter);
  if (cells.length !== table.columns.length) return null;
  return table.columns.map((column, index) => [column, cells[index]!]);
}

/** The record of a row as JSON text; null when the row holds none. */
export function recordOfTableRow(table: Table, bytes: Uint8Array): Uint8Array | null {
  const row = rowOf(table, bytes);
  if (row === null) return null;
  const json = wholeRecordOf(row);
  if (json !== null) return ENCODER.encode(json);
  const record = isEcsHeader(table.columns) ? recordOfKibanaRow(row) : recordOfRow(row, table.accounts);
  return isEvent(record) ? ENCODER.encode(JSON.stringify(record)) : null;
}

function recordOfKibanaRow(row: Row): Record<string, unknown> {
  const fields = Object.fromEntries(row.filter(([, text]) => text !== null && text !== '' && text !== '-'));
  const time = fields['@timestamp'];
  if (typeof time === 'string') fields['@timestamp'] = isoTime(time);
  return isEcsEvent(fields) ? recordOfEcs(fields) : {};
}

/** What was done to a row that a spreadsheet had damaged, as notes for the person. */
export function repairsOf(table: Table, bytes: Uint8Array): string[] {
  const notes: string[] = [];
  for (const cell of cellsOf(bytes, table.delimiter)) {
    if (cell === null) continue;
    if (isDamagedAccount(cell)) {
      notes.push(
        'A spreadsheet cut account numbers short (1.23457E+11); they were taken from ARNs and access keys where these tell them.',
      );
    }
    if (isKibanaTime(cell)) notes.push('Kibana writes times in the zone of its user; they were read as UTC.');
    if (isSpreadsheetTime(cell)) {
      notes.push(
        'A spreadsheet rewrote times; they were read as UTC, month before day where it could be either.',
      );
    }
  }
  return notes;
}

/** What a table is called, told by its columns. */
export function nameOfTable(columns: readonly string[], afterComment: boolean): string {
  const names = new Set(columns.map((column) => column.toLowerCase()));
  if (afterComment || names.has('eventjson')) return 'CloudTrail Lake query results (CSV)';
  if (names.has('_raw')) return 'Splunk export (CSV)';
  if (names.has('event.action')) return 'Kibana export (CSV)';
  if (names.has('@message') || names.has('@timestamp')) return 'Logs Insights results (CSV)';
  if (names.has('aws access key')) return 'CloudTrail event history (CSV)';
  if (names.has('useridentity')) return 'Athena query results (CSV)';
  return 'table of CloudTrail events (CSV)';
}
