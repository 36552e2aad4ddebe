/** The rows of the block in hand: one array for each thing that is known of an event. */
import { ABSENT } from '../../record/codes';

export let time: i32 = 0;
export let eventId: i32 = 0;
export let flags: i32 = 0;
export let digests: i32 = 0;
/** Where the record lies in memory, and how long it is. */
export let textStart: i32 = 0;
export let textLength: i32 = 0;
/** Where in its record requestParameters and responseElements lie: start and end of one, then of the other. */
export let parts: i32 = 0;
/** Codes, column after column, `rowCount` each. */
export let columns: i32 = 0;
let rowCount: i32 = 0;
let columnCount: i32 = 0;

/** Codes of the record in hand, by column. */
export let codes: i32 = 0;

export function makeRows(rows: i32, ofColumns: i32): void {
  rowCount = rows;
  columnCount = ofColumns;
  time = <i32>heap.alloc(rows * 8);
  eventId = <i32>heap.alloc(rows * 16);
  flags = <i32>heap.alloc(rows * 2);
  digests = <i32>heap.alloc(rows * 8);
  textStart = <i32>heap.alloc(rows * 4);
  textLength = <i32>heap.alloc(rows * 4);
  parts = <i32>heap.alloc(rows * 16);
  columns = <i32>heap.alloc(rows * 4 * ofColumns);
  codes = <i32>heap.alloc(4 * ofColumns);
}

export function clearCodes(): void {
  memory.fill(codes, <u8>ABSENT, columnCount << 2);
}

@inline
export function codeOf(column: i32): i32 {
  return load<i32>(codes + (column << 2));
}

@inline
export function setCode(column: i32, code: i32): void {
  store<i32>(codes + (column << 2), code);
}

/** Writes the codes of the record in hand into the columns. */
export function storeCodes(row: i32): void {
  let at = columns + (row << 2);
  for (let column = 0; column < columnCount; column++) {
    store<i32>(at, codeOf(column));
    at += rowCount << 2;
  }
}
