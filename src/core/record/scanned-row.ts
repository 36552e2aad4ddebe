/** What a scanner makes of one record: a row of columns, and how it is filled from a record that was parsed. */
import { FLAG } from '../table/block.ts';
import { ABSENT, COLUMN_PATHS, OPEN, type Value } from './columns.ts';
import type { Dictionary } from './dictionary.ts';
import type { Flat } from './flatten.ts';
import { parseTime } from './time.ts';

/** One scanned record. The same object is filled again and again: copy what is to stay. */
export interface ScannedRow {
  /** Dictionary code by column. */
  readonly codes: Uint32Array;
  /** ms since the epoch, or NaN. */
  time: number;
  /** `eventTime` as recorded when it is a text of another than the canonical form, else ''. */
  oddTime: string;
  /** Where the inside of the eventID string lies, and whether it is a lower-case UUID; -1: see `oddId`. */
  idStart: number;
  idIsUuid: boolean;
  /** The event ID when it does not stand in the bytes as it is (escapes, parsed records), else ''. */
  oddId: string;
  idEnd: number;
  /** FLAG bits: time, presence, PARSED. */
  flags: number;
  /** Where the values of `requestParameters` and `responseElements` lie, when the flags say that they are there. */
  requestStart: number;
  requestEnd: number;
  responseStart: number;
  responseEnd: number;
}

/**
 * Fills the columns, time and ID of a fresh row from a flattened record. What the record says of its outcome and which
 * keys it has is left to the caller.
 */
export function fillParsed(row: ScannedRow, flat: Flat, dictionaries: readonly Dictionary[]): void {
  row.flags |= FLAG.PARSED;
  COLUMN_PATHS.forEach((path, column) => {
    row.codes[column] = codeOf(path, flat, dictionaries[column]!);
  });
  const times = flat.get('eventTime') ?? [];
  if (times.length === 0) {
    row.flags |= FLAG.TIME_ABSENT;
    row.time = parseTime(flat.get('@timestamp')?.[0]);
  } else {
    // PARSED rows never claim the canonical form: a list of times would be lost.
    row.time = parseTime(times[0]);
    if (typeof times[0] === 'string') row.oddTime = times[0];
  }
  const id = flat.get('eventID')?.[0];
  if (typeof id === 'string') row.oddId = id;
}

function codeOf(path: string, flat: Flat, dictionary: Dictionary): number {
  const values: readonly Value[] = flat.get(path) ?? [];
  for (const other of flat.keys()) if (other.startsWith(`${path}.`)) return OPEN;
  if (values.length === 0) return ABSENT;
  return values.length === 1 ? dictionary.intern(values[0]!) : OPEN;
}
