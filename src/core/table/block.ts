/**
 * A block: up to BLOCK_ROWS events as columns, on its way from an ingest worker to the case worker.
 * All arrays are as long as `rows` and are transferred, not copied.
 */
import type { Value } from '../record/columns.ts';
import * as bits from '../record/flags.ts';

/** Rows of a full block: large enough to amortise a message, small enough to keep progress lively. */
export const BLOCK_ROWS = 16_384;

/** Bits of `Block.flags`. */
export const FLAG = bits;

export interface Block {
  rows: number;
  /** ms since the epoch, NaN = undated. */
  time: Float64Array;
  /** 16 bytes a row: the UUID, or a hash of an odd ID; all zero when the record has none. */
  eventId: Uint8Array;
  /** Event IDs that are not lower-case UUIDs: row -> text. */
  oddIds: [row: number, text: string][];
  /** Event times that are texts of another form: row -> text as recorded. */
  oddTimes: [row: number, text: string][];
  flags: Uint16Array;
  /** Worker-side key of the source of each row (see Parcel), case-side number once accepted. */
  source: Uint32Array;
  /** Number of the record within its source, from 0. */
  ordinal: Uint32Array;
  /** Where the record lies in the decompressed text of its source, in bytes. */
  offset: Float64Array;
  length: Uint32Array;
  /** Two 32-bit hashes of the record's bytes a row: equal for the same text. */
  digest: Uint32Array;
  /** One array of dictionary codes a column, in the order of COLUMN_PATHS. */
  columns: Uint32Array[];
  /** Values that the worker's dictionaries gained with this block, by column: codes continue where they stood. */
  gained: Value[][];
  /** Findings: rule (index into the rules the worker was given) and row, ordered by rule, then row. */
  hitRule: Uint16Array;
  hitRow: Uint32Array;
  /** Top-level keys met so far with a value other than null: which fields are in the data at all. */
  topLevelKeys: string[];
}
