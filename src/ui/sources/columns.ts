import type { Source, SourceState } from '../../../workers/contract.ts';
import type { Column } from '../parts/grid.ts';

/** Columns of the files table. */
export const SOURCE_COLUMNS: readonly Column[] = [
  { id: 'state', title: 'State', width: 104, sortable: false },
  { id: 'path', title: 'File', width: 344, least: 328, sortable: false, grows: true },
  { id: 'remark', title: 'Remarks', width: 352, least: 202, sortable: false, grows: true },
  { id: 'format', title: 'Format', width: 168, least: 130, sortable: false, minor: true },
  { id: 'account', title: 'Account', width: 108, sortable: false, minor: true },
  { id: 'region', title: 'Region', width: 112, least: 92, sortable: false, minor: true },
  { id: 'records', title: 'Records', width: 76, sortable: false, numeric: true },
  { id: 'kept', title: 'Kept', width: 64, sortable: false, numeric: true },
  { id: 'duplicates', title: 'Duplicates', width: 88, sortable: false, numeric: true },
  { id: 'refused', title: 'Refused', width: 72, sortable: false, numeric: true },
  { id: 'span', title: 'Time covered (UTC)', width: 240, sortable: false, minor: true },
  { id: 'bytes', title: 'Size', width: 76, sortable: false, numeric: true, minor: true },
  { id: 'sha256', title: 'SHA-256', width: 124, sortable: false, minor: true },
];

/** What is said of a file of which nothing was read: above all, why. */
const UNREAD: ReadonlySet<string> = new Set(['state', 'path', 'remark', 'format', 'bytes', 'sha256']);

/** Columns for the files of one state, or of all. */
export function sourceColumns(filter: SourceState | 'all'): readonly Column[] {
  return filter === 'refused' || filter === 'repeated'
    ? SOURCE_COLUMNS.filter(({ id }) => UNREAD.has(id))
    : SOURCE_COLUMNS;
}

/** What a state is called, and what it means. */
export const STATES: Record<SourceState, { name: string; meaning: string }> = {
  analysed: { name: 'analysed', meaning: 'Read whole' },
  partial: { name: 'in part', meaning: 'Some of it was read: the file says where it breaks off' },
  refused: { name: 'refused', meaning: 'None of it could be used' },
  repeated: { name: 'repeated', meaning: 'The same bytes are in the case already: not read again' },
  interrupted: { name: 'interrupted', meaning: 'Reading began and did not end: add the file again' },
};

/** The order in which the states are offered. */
export const STATE_ORDER: readonly SourceState[] = [
  'analysed',
  'partial',
  'refused',
  'repeated',
  'interrupted',
];

/** The name of a file and the folder it was in, from its path. */
export function splitPath(path: string): { name: string; folder: string } {
  const cut = path.lastIndexOf('/') + 1;
  return { name: path.slice(cut), folder: path.slice(0, cut) };
}

/** Letters at the end of a file's name that tell it from its neighbours: CloudTrail ends it with time and a random part. */
const TELLING_END = '20260316T0440Z_aaaaaaaaaaaaaaaa.json.gz'.length;

/** A file's name in two parts, of which the first may be cut where room is short. */
export function nameParts(name: string): { start: string; end: string } {
  const cut = Math.max(0, name.length - TELLING_END);
  return { start: name.slice(0, cut), end: name.slice(cut) };
}

/** What is to be said of a file besides numbers: why it was not read whole, and anything odd. */
export function remarks(source: Source): string[] {
  return source.reason === '' ? source.notes : [source.reason, ...source.notes];
}
