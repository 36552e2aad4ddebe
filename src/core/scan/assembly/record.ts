/**
 * One pass over the bytes of a record: checks its JSON, finds its end and fills one row of columns.
 *
 * What it says is what the flattened record (../../record/flatten.ts) would say. Where it cannot vouch for that, it says
 * so (`ODD`), and the record is parsed instead.
 */
import { ABSENT, OPEN } from '../../record/codes';
import {
  HAS_REQUEST,
  HAS_RESPONSE,
  ID_UUID,
  TIME_ABSENT,
  TIME_CANONICAL,
} from '../../record/flags';
import { digest } from './digest';
import { dictionaryOf, guess, intern, learn, lengthOf } from './dictionary';
import {
  BROKEN,
  CLOSE_BRACE,
  COMMA,
  INCOMPLETE,
  LETTER_F,
  LETTER_N,
  LETTER_T,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  byteAt,
  skipColon,
  skipSpace,
  skipString,
  skipValue,
} from './json';
import {
  ANSWER,
  COLUMN,
  EVENT_ID,
  Entry,
  LOOSE_TIME,
  MESSAGE,
  Node,
  OBJECT,
  PRESENCE,
  TIME,
  entryCount,
  findEntry,
} from './keys';
import * as rows from './rows';
import { same } from './same';
import { canonicalTime, hasEscape, isDisguised, packUuid } from './token';

/** Asks JavaScript for the code of a value that does not stand in the bytes as it is. */
@external('env', 'other')
declare function other(column: i32, start: i32, end: i32): i32;
/** Asks JavaScript whether a string token with escapes is the answer that says "refused". */
@external('env', 'refuses')
declare function refuses(start: i32, end: i32): bool;

/** What is left for JavaScript to do: bits of `todo`, numbers of `../scanner.ts`. */
const ODD: i32 = 1;
const ODD_TIME: i32 = 2;
const NO_TIME: i32 = 4;
const ODD_ID: i32 = 8;
const NON_ASCII: i32 = 16;
const SAID: i32 = 32;

export let todo: i32 = 0;
export let timeStart: i32 = 0;
export let timeEnd: i32 = 0;
/** `@timestamp`, 0 for none. */
export let stampStart: i32 = 0;
export let stampEnd: i32 = 0;
export let idStart: i32 = 0;
export let idEnd: i32 = 0;
/** `errorMessage`, 0 for none. */
export let messageStart: i32 = 0;
export let messageEnd: i32 = 0;
export let refused: bool = false;

let root: i32 = 0;
let errorCode: i32 = 0;
/** Dictionary of the top-level keys that are not watched. */
let otherKeys: i32 = 0;
/** By entry: whether the record in hand has the key; whether any record had it with a value. */
let seen: i32 = 0;
let met: i32 = 0;
/** Whose record this is, as far as it was read: what values are guessed by. */
let context: i32 = 0;
let row: i32 = 0;
let flags: i32 = 0;
let hasTime: bool = false;

const FAILURE = memory.data<u8>([0x46, 0x61, 0x69, 0x6c, 0x75, 0x72, 0x65, 0x22, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Once all keys are added. @param errors column of the error code */
export function prepare(top: i32, errors: i32, keys: i32): i32 {
  root = top;
  errorCode = errors;
  otherKeys = keys;
  seen = <i32>heap.alloc(entryCount);
  met = <i32>heap.alloc(entryCount);
  memory.fill(met, 0, entryCount);
  return met;
}

/**
 * Scans the record whose `{` stands at `start` into a row.
 *
 * @returns address after it, INCOMPLETE when the bytes end first, BROKEN when it is not a JSON object, TOO_DEEP
 */
export function scan(start: i32, end: i32, intoRow: i32): i32 {
  if (start >= end) return INCOMPLETE;
  if (byteAt(start) != OPEN_BRACE) return BROKEN;
  rows.clearCodes();
  memory.fill(seen, 0, entryCount);
  row = intoRow;
  todo = flags = context = 0;
  stampStart = messageStart = 0;
  hasTime = refused = false;
  const parts = rows.parts + (row << 4);
  store<i64>(parts, 0);
  store<i64>(parts + 8, 0);
  const id = rows.eventId + (row << 4);
  store<i64>(id, 0);
  store<i64>(id + 8, 0);
  const after = scanObject(changetype<Node>(root), start, end, start);
  if (after < 0) return after;
  if (!hasTime) {
    flags |= TIME_ABSENT;
    todo |= NO_TIME;
    store<f64>(rows.time + (row << 3), NaN);
  }
  if (refused || (messageStart != 0 && rows.codeOf(errorCode) == ABSENT)) todo |= SAID;
  store<u16>(rows.flags + (row << 1), <u16>flags);
  rows.storeCodes(row);
  finish(start, after, row);
  return after;
}

/** Notes where the record of a row lies, and its digest. */
export function finish(start: i32, after: i32, ofRow: i32): void {
  store<i32>(rows.textStart + (ofRow << 2), start);
  store<i32>(rows.textLength + (ofRow << 2), after - start);
  if (digest(start, after, rows.digests + (ofRow << 3))) todo |= NON_ASCII;
}

function scanObject(node: Node, start: i32, end: i32, record: i32): i32 {
  let i = skipSpace(start + 1, end);
  if (i >= end) return INCOMPLETE;
  if (byteAt(i) == CLOSE_BRACE) return i + 1;
  let before: i32 = 0;
  while (true) {
    if (byteAt(i) != QUOTE) return BROKEN;
    const keyStart = i + 1;
    let found: i32 = before == 0 ? node.first : changetype<Entry>(before).follower;
    if (found != 0 && standsAt(changetype<Entry>(found), keyStart, end)) {
      i = skipSpace(keyStart + changetype<Entry>(found).tokenLength, end);
      if (i >= end) return INCOMPLETE;
    } else {
      i = skipString(keyStart, end);
      if (i < 0) return i;
      const keyEnd = i - 1;
      i = skipColon(i, end);
      if (i < 0) return i;
      found = findEntry(node, keyStart, keyEnd);
      if (found == 0) {
        if (isDisguised(keyStart, keyEnd)) todo |= ODD;
        else if (changetype<i32>(node) == root && byteAt(i) != LETTER_N)
          intern(dictionaryOf(otherKeys), keyStart, keyEnd);
      } else if (before == 0) node.first = found;
      else changetype<Entry>(before).follower = found;
    }
    if (found == 0) i = skipValue(i, end);
    else {
      i = watched(changetype<Entry>(found), i, end, record);
      before = found;
    }
    if (i < 0) return i;
    // As AWS writes it, the next key follows at once.
    if (i + 1 < end && load<u16>(i) == (QUOTE << 8) + COMMA) {
      i++;
      continue;
    }
    i = skipSpace(i, end);
    if (i >= end) return INCOMPLETE;
    const next = byteAt(i);
    if (next == CLOSE_BRACE) return i + 1;
    if (next != COMMA) return BROKEN;
    i = skipSpace(i + 1, end);
    if (i >= end) return INCOMPLETE;
  }
}

@inline
function standsAt(entry: Entry, i: i32, end: i32): bool {
  return i + entry.tokenLength <= end && same(entry.token, i, entry.tokenLength);
}

function watched(entry: Entry, i: i32, end: i32, record: i32): i32 {
  const at = seen + entry.index;
  if (load<u8>(at) != 0) todo |= ODD;
  store<u8>(at, 1);
  const c = byteAt(i);
  if (c != LETTER_N) {
    store<u8>(met + entry.index, 1);
    flags |= entry.flag;
  }
  const kind = entry.kind;
  if (kind == COLUMN) return column(entry, i, end);
  if (kind == OBJECT) {
    // The paths below an array of objects have lists of values.
    if (c == OPEN_BRACKET) {
      for (let at = entry.columns; at < entry.columnsEnd; at += 4) rows.setCode(load<i32>(at), OPEN);
    }
    const after =
      c == OPEN_BRACE ? scanObject(changetype<Node>(entry.node), i, end, record) : skipValue(i, end);
    if (entry.flag == HAS_RESPONSE) part(8, i - record, after - record);
    return after;
  }
  if (kind == EVENT_ID) return identity(i, end);
  const after = kind == ANSWER && entry.column >= 0 ? column(entry, i, end) : skipValue(i, end);
  if (after < 0) return after;
  if (kind == PRESENCE) {
    if (entry.flag == HAS_REQUEST) part(0, i - record, after - record);
  } else if (kind == TIME) {
    hasTime = true;
    moment(i, after);
  } else if (kind == MESSAGE) {
    if (c == QUOTE) {
      messageStart = i;
      messageEnd = after;
    }
  } else if (kind == ANSWER) {
    if (c == QUOTE && isRefusal(i, after)) refused = true;
  } else if (kind == LOOSE_TIME) {
    stampStart = c == QUOTE ? i : 0;
    stampEnd = after;
  }
  return after;
}

@inline
function part(which: i32, start: i32, end: i32): void {
  const at = rows.parts + (row << 4) + which;
  store<i32>(at, start);
  store<i32>(at + 4, end);
}

function column(entry: Entry, i: i32, end: i32): i32 {
  const number = entry.column;
  const c = byteAt(i);
  if (c == QUOTE) return text(entry, i, end);
  const after = skipValue(i, end);
  if (after < 0) return after;
  let code = ABSENT;
  if (c == OPEN_BRACE || c == OPEN_BRACKET) code = OPEN;
  else if (c == LETTER_T) {
    const dictionary = dictionaryOf(number);
    if (dictionary.whenTrue == 0) dictionary.whenTrue = other(number, i, after);
    code = dictionary.whenTrue;
  } else if (c == LETTER_F) {
    const dictionary = dictionaryOf(number);
    if (dictionary.whenFalse == 0) dictionary.whenFalse = other(number, i, after);
    code = dictionary.whenFalse;
  } else if (c != LETTER_N) code = other(number, i, after);
  rows.setCode(number, code);
  return after;
}

/** A string in a column: mostly what the last record of the same principal has there, else looked up. */
function text(entry: Entry, i: i32, end: i32): i32 {
  const dictionary = dictionaryOf(entry.column);
  const start = i + 1;
  let code = guess(dictionary, start, end, context);
  let after: i32;
  if (code != 0) after = start + 1 + lengthOf(dictionary, code);
  else {
    after = skipString(start, end);
    if (after < 0) return after;
    // What has escapes is never to be guessed: in the log it does not stand as it is.
    if (hasEscape(start, after - 1)) code = other(entry.column, i, after);
    else {
      code = intern(dictionary, start, after - 1);
      learn(dictionary, context, code);
    }
  }
  rows.setCode(entry.column, code);
  if (entry.context != 0) context = (code << 1) + entry.context - 1;
  return after;
}

function moment(i: i32, after: i32): void {
  const time = byteAt(i) == QUOTE ? canonicalTime(i + 1, after - 1) : NaN;
  store<f64>(rows.time + (row << 3), time);
  if (time == time) {
    flags |= TIME_CANONICAL;
    return;
  }
  timeStart = i;
  timeEnd = after;
  todo |= ODD_TIME;
}

function identity(i: i32, end: i32): i32 {
  const after = skipValue(i, end);
  if (after < 0 || byteAt(i) != QUOTE) return after;
  const into = rows.eventId + (row << 4);
  if (packUuid(i + 1, after - 1, into)) {
    flags |= ID_UUID;
    return after;
  }
  idStart = i;
  idEnd = after;
  todo |= ODD_ID;
  return after;
}

function isRefusal(start: i32, end: i32): bool {
  if (end - start == 9 && same(<i32>FAILURE, start + 1, 8)) return true;
  return hasEscape(start + 1, end - 1) && refuses(start, end);
}
