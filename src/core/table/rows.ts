/**
 * What queries are matched against: rows of columns, be it the block in an ingest worker's hand or all
 * events of a case.
 */
import { FIRST_VALUE, columnIndex, type Value } from '../record/columns.ts';
import type { GeoPlace } from '../geo/index.ts';
import type { RecordView } from '../query/index.ts';
import { canonicalTime } from '../record/time.ts';
import { FLAG } from './block.ts';

/** Dictionary codes of one column, as narrow as they fit. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

export interface Rows {
  readonly rows: number;
  /** Codes by column, in the order of COLUMN_PATHS. May be longer than `rows`. */
  readonly columns: readonly Codes[];
  /** ms since the epoch, NaN = undated. */
  readonly time: Float64Array;
  /** 16 bytes a row. */
  readonly eventId: Uint8Array;
  /** FLAG bits. */
  readonly flags: Uint16Array;
  readonly oddIds: ReadonlyMap<number, string>;
  readonly oddTimes: ReadonlyMap<number, string>;
  /** Where parts of records are at hand: without it, only the whole record tells what no column holds. */
  readonly partOf?: PartOf;
  /** Tells of the text of the same parts, where it is at hand. */
  readonly lacks?: PartLacks;
}

/** The fields of a record in which nearly everything lies that rules ask for and no column holds. */
export type PartName = 'requestParameters' | 'responseElements';

/**
 * The record of a row reduced to one of its fields, which it must have: a tenth of the work of parsing all of it.
 * Null when only the whole record can tell what is at the paths below that field.
 */
export type PartOf = (row: number, name: PartName) => RecordView | null;

/**
 * Whether none of these pieces stands in the JSON text of such a field, nor anything that may stand for others (see Needles):
 * then it need not be parsed. False when its text is not at hand.
 */
export type PartLacks = (row: number, name: PartName, pieces: readonly string[]) => boolean;

/** The address of a row, as facts about it (geo) depend on nothing else: keys are those below GEO_FIELD. */
export type PlaceOf = (address: string) => GeoPlace | null;

/** The field that geo facts stand in: the name that ELK enrichments of CloudTrail give it. */
export const GEO_FIELD = 'sourceIPAddress_geoip';

/** The dictionaries behind the codes. They grow; codes never change their meaning. */
export interface Vocabulary {
  /** Values by column and `code - FIRST_VALUE`. */
  readonly values: readonly (readonly Value[])[];
  /** Top-level keys that at least one record has a value for. */
  readonly topLevelKeys: ReadonlySet<string>;
  /** Geo facts of an address; null when no geo database is at hand. */
  readonly placeOf: PlaceOf | null;
}

/** @returns the value a code stands for; undefined for ABSENT and OPEN */
export function valueOf(vocabulary: Vocabulary, column: number, code: number): Value | undefined {
  return code < FIRST_VALUE ? undefined : vocabulary.values[column]![code - FIRST_VALUE];
}

/** @returns the event ID of a row as recorded, '' when it has none */
export function eventIdOf(rows: Rows, row: number): string {
  if ((rows.flags[row]! & FLAG.ID_UUID) === 0) return rows.oddIds.get(row) ?? '';
  let text = '';
  for (let i = 0; i < 16; i++) {
    text += HEX[rows.eventId[row * 16 + i]!]!;
    if (i === 3 || i === 5 || i === 7 || i === 9) text += '-';
  }
  return text;
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** @returns the event time of a row as recorded; null when only the record itself can say; '' when it has none */
export function eventTimeOf(rows: Rows, row: number): string | null {
  const flags = rows.flags[row]!;
  // A parsed record may have more at and below this path than one text can say.
  if (flags & FLAG.PARSED) return null;
  if (flags & FLAG.TIME_CANONICAL) return canonicalTime(rows.time[row]!);
  if (flags & FLAG.TIME_ABSENT) return '';
  return rows.oddTimes.get(row) ?? null;
}

export const SOURCE_IP = columnIndex('sourceIPAddress');
