/** The scanner: records in memory to rows of columns. What JavaScript calls; see ../README.md. */
import { makeDictionaries } from './dictionary';
import { makeRows } from './rows';
import * as dictionaries from './dictionary';
import * as rows from './rows';
import * as record from './record';

export { addEntry, addNode, setObject } from './keys';
export { finish, prepare, scan } from './record';
export { find, findOdd } from '../../seek/assembly/find';

/** Room for texts, with what has to follow them. @returns its address */
export function makeRoom(bytes: i32): i32 {
  return <i32>heap.alloc(bytes);
}

export function begin(rowCount: i32, columnCount: i32, seed: u32): void {
  makeRows(rowCount, columnCount);
  // One more than columns: the top-level keys that are not watched.
  makeDictionaries(columnCount + 1, seed);
}

export function intern(column: i32, start: i32, end: i32): i32 {
  return dictionaries.intern(dictionaries.dictionaryOf(column), start, end);
}

export function newCode(column: i32): i32 {
  return dictionaries.newCode(dictionaries.dictionaryOf(column));
}

// Addresses of the arrays of rows.
export function timeArray(): i32 {
  return rows.time;
}
export function eventIdArray(): i32 {
  return rows.eventId;
}
export function flagsArray(): i32 {
  return rows.flags;
}
export function digestArray(): i32 {
  return rows.digests;
}
export function textStartArray(): i32 {
  return rows.textStart;
}
export function textLengthArray(): i32 {
  return rows.textLength;
}
export function partsArray(): i32 {
  return rows.parts;
}
export function columnsArray(): i32 {
  return rows.columns;
}

// What the last `scan` left to do, and where.
export function todo(): i32 {
  return record.todo;
}
export function timeStart(): i32 {
  return record.timeStart;
}
export function timeEnd(): i32 {
  return record.timeEnd;
}
export function stampStart(): i32 {
  return record.stampStart;
}
export function stampEnd(): i32 {
  return record.stampEnd;
}
export function idStart(): i32 {
  return record.idStart;
}
export function idEnd(): i32 {
  return record.idEnd;
}
export function messageStart(): i32 {
  return record.messageStart;
}
export function messageEnd(): i32 {
  return record.messageEnd;
}
export function refused(): bool {
  return record.refused;
}
