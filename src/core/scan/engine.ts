/** What reads records that lie in memory into rows of columns, and the rows. */
import type { Value } from '../record/columns.ts';

/** The rows of the block in hand. Arrays are as long as a block may become; `parts` and `digest` have several numbers a row. */
export interface RowArrays {
  /** ms since the epoch, NaN = undated. */
  readonly time: Float64Array;
  /** 16 bytes a row: the UUID; all zero when the record has no ID or another one. */
  readonly eventId: Uint8Array;
  /** FLAG bits. */
  readonly flags: Uint16Array;
  /** Two 32-bit hashes of the record's bytes a row. */
  readonly digest: Uint32Array;
  /** Where the record lies in the engine's memory. */
  readonly textStart: Uint32Array;
  readonly textLength: Uint32Array;
  /** Where in the record requestParameters and responseElements lie: start and end of one, then of the other. */
  readonly parts: Uint32Array;
  /** Dictionary codes by column, in the order of COLUMN_PATHS. */
  readonly columns: readonly Uint32Array[];
}

export interface Engine {
  /** Its memory, and where in it texts may be put. Memory can move whenever a record is scanned: ask again. */
  readonly memory: Uint8Array;
  readonly roomStart: number;
  readonly roomEnd: number;
  /** Likewise to be asked for again after each record. */
  readonly rows: RowArrays;
  /** By column: the values of its codes, from FIRST_VALUE on. */
  readonly values: readonly (readonly Value[])[];
  /** Of the last record: its event ID when that is no lower-case UUID, else ''. */
  readonly oddId: string;
  /** Of the last record: its eventTime when that is a text of another than the canonical form, else ''. */
  readonly oddTime: string;
  /**
   * Scans the record whose `{` stands at an address into a row.
   *
   * @returns address after it, INCOMPLETE when the text ends first, BROKEN when it is not a JSON object
   */
  scan(start: number, end: number, row: number): number;
  /**
   * Whether some text in its memory holds none of these pieces, in capital or small letters, nor a character of which pieces
   * do not tell (ODD_CHARACTER of the query language).
   *
   * @param pieces plain ASCII in small letters
   */
  lacks(start: number, end: number, pieces: readonly string[]): boolean;
  /** Top-level keys met with a value so far, columns and their parents included. */
  topLevelKeys(): string[];
}

/** Bytes of memory that have to follow every text: engines look, though not further, one vector ahead. */
export const PADDING = 16;
/**
 * Room for the records of a block: so that the text of a block that is nearly full, and one more piece of text as long as
 * readers may hold, have place.
 */
export const ROOM = 48 << 20;
