/** How a row is filled from a record that was parsed: where an engine cannot vouch for its own reading. */
import { ABSENT, COLUMN_PATHS, OPEN, type Value } from '../record/columns.ts';
import { flatten, type Flat } from '../record/flatten.ts';
import { ANSWERS, REFUSAL, saidBy } from '../record/outcome.ts';
import { WINDOW_START } from '../record/summary.ts';
import { parseTime } from '../record/time.ts';
import { FLAG } from '../table/block.ts';
import type { RowArrays } from './engine.ts';
import { TOP_LEVEL } from './watched.ts';

const ANSWER_PATHS = Object.entries(ANSWERS).flatMap(([parent, keys]) =>
  keys.map((key) => `${parent}.${key}`),
);

/** What does not go into the arrays. */
export interface ParsedRow {
  oddId: string;
  oddTime: string;
  /** Its top-level keys that have a value. */
  keys: Set<string>;
}

/**
 * Fills the columns, time and flags of a row; its ID is left to the caller.
 *
 * @param codeOf the code of a value of a column
 */
export function fillParsed(
  row: number,
  rows: () => RowArrays,
  record: unknown,
  codeOf: (column: number, value: Value) => number,
): ParsedRow {
  const flat = flatten(record);
  const codes = COLUMN_PATHS.map((path, column) => columnCode(path, flat, (value) => codeOf(column, value)));
  // Memory may have moved meanwhile.
  const { columns, time, flags } = rows();
  codes.forEach((code, column) => (columns[column]![row] = code));
  const times = flat.get('eventTime') ?? [];
  const id = flat.get('eventID')?.[0];
  const keys = new Set([...flat.keys()].map((path) => path.split('.')[0]!));
  let bits: number = FLAG.PARSED;
  if (times.length === 0) bits |= FLAG.TIME_ABSENT;
  for (const key of keys) bits |= TOP_LEVEL.get(key) ?? 0;
  const message = flat.get('errorMessage')?.[0];
  bits |= saidFlags(
    codes[ERROR_CODE] === ABSENT && typeof message === 'string' ? message : '',
    ANSWER_PATHS.some((path) => flat.get(path)?.includes(REFUSAL)),
  );
  // PARSED rows never claim the canonical form: a list of times would be lost.
  time[row] = parseTime(times.length === 0 ? timeBesides(flat) : times[0]);
  flags[row] = bits;
  return {
    oddId: typeof id === 'string' ? id : '',
    oddTime: typeof times[0] === 'string' ? times[0] : '',
    keys,
  };
}

/** What stands for the time of a record without `eventTime`: in exports of Elasticsearch, in aggregated events. */
function timeBesides(flat: Flat): Value | undefined {
  const stamp = flat.get('@timestamp')?.[0];
  return typeof stamp === 'string' ? stamp : flat.get(WINDOW_START)?.[0];
}

/**
 * The flags of what a record says of its outcome beside `errorCode`.
 *
 * @param message its `errorMessage` when it has no code, else ''
 */
export function saidFlags(message: string, refused: boolean): number {
  const said = saidBy(message, refused);
  if (said === 'nothing') return 0;
  return said === 'refused' ? FLAG.SAID_REFUSED : FLAG.SAID_FAILED;
}

const ERROR_CODE = COLUMN_PATHS.indexOf('errorCode');

function columnCode(path: string, flat: Flat, codeOf: (value: Value) => number): number {
  const values: readonly Value[] = flat.get(path) ?? [];
  for (const other of flat.keys()) if (other.startsWith(`${path}.`)) return OPEN;
  if (values.length === 0) return ABSENT;
  return values.length === 1 ? codeOf(values[0]!) : OPEN;
}
