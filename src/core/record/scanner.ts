/**
 * The scanner: one pass over the bytes of a record that checks its JSON, finds its end and fills one row of
 * columns. It builds no objects, and strings only for values not met before.
 *
 * It vouches for what it read only when the flattened record (see flatten.ts) would say the same. Where it
 * cannot (a key twice, a key with a dot or an escape, nesting beyond MAX_DEPTH) the record is parsed and the
 * row filled from the object.
 */
import { BROKEN, INCOMPLETE } from '../formats/sink.ts';
import { FLAG } from '../table/block.ts';
import { ABSENT, COLUMN_PATHS, OPEN, columnIndex } from './columns.ts';
import { Dictionary } from './dictionary.ts';
import { flatten } from './flatten.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  TOO_DEEP,
  skipColon,
  skipSpace,
  skipString,
  skipValue,
  wordsOf,
} from './json-bytes.ts';
import { ANSWERS, REFUSAL, saidBy } from './outcome.ts';
import { buildTrie, type TrieEntry, type TrieNode } from './path-trie.ts';
import { fillParsed, type ScannedRow } from './scanned-row.ts';
import { parseCanonicalTime, parseTime } from './time.ts';
import { decodeToken, hasEscape, isUuid, looseEnd, standsAt } from './token.ts';

/** Top-level keys of the CloudTrail record that have no column; some set a flag when they have a value. */
const PRESENCE = {
  eventVersion: 0,
  requestParameters: FLAG.HAS_REQUEST,
  responseElements: FLAG.HAS_RESPONSE,
  sourceIPAddress_geoip: FLAG.OWN_GEO,
  requestID: 0,
  resources: 0,
  apiVersion: 0,
  sharedEventID: 0,
  serviceEventDetails: 0,
  tlsDetails: 0,
  insightDetails: 0,
  addendum: FLAG.HAS_ADDENDUM,
  edgeDeviceDetails: 0,
  vpcEndpointAccountId: 0,
  eventContext: 0,
};

const TRIE = buildTrie(PRESENCE);
const PRINCIPAL = columnIndex('userIdentity.principalId');
const INVOKED_BY = columnIndex('userIdentity.invokedBy');
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const NULL_BYTE = 0x6e;
const TRUE_BYTE = 0x74;
const FALSE_BYTE = 0x66;

export class RecordScanner {
  readonly dictionaries: Dictionary[] = COLUMN_PATHS.map(() => new Dictionary());
  readonly row: ScannedRow = {
    codes: new Uint32Array(COLUMN_PATHS.length),
    time: NaN,
    oddTime: '',
    idStart: -1,
    idEnd: -1,
    idIsUuid: false,
    oddId: '',
    flags: 0,
    requestStart: 0,
    requestEnd: 0,
    responseStart: 0,
    responseEnd: 0,
  };

  readonly #seen = new Uint8Array(TRIE.size);
  readonly #met = new Uint8Array(TRIE.size);
  readonly #unknownKeys = new Dictionary();
  #looseTime = NaN;
  #odd = false;
  /** Where `errorMessage` stands, its quotes included; -1 for none. */
  #messageStart = -1;
  #messageEnd = -1;
  #refused = false;
  /** Whose record this is, as far as it was read: what guesses of values go by. */
  #context = 0;

  /**
   * Scans the record at `bytes[start]`. On success `row` holds it.
   *
   * @returns index after the record, INCOMPLETE when the bytes end first, BROKEN when it is not a JSON object
   */
  scan(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) return INCOMPLETE;
    if (bytes[start] !== OPEN_BRACE) return BROKEN;
    this.#reset();
    const after = this.#object(TRIE.root, bytes, start, end);
    if (after === TOO_DEEP) {
      const close = looseEnd(bytes, start, end);
      return close < 0 ? close : this.#parsed(bytes, start, close);
    }
    if (after < 0) return after;
    if (this.#odd) return this.#parsed(bytes, start, after);
    const row = this.row;
    if (this.#seen[TIME.index] === 0) {
      row.flags |= FLAG.TIME_ABSENT;
      row.time = this.#looseTime;
    }
    if (this.#refused || (this.#messageStart >= 0 && row.codes[ERROR_CODE] === ABSENT)) {
      const message = this.#messageStart < 0 ? '' : decodeToken(bytes, this.#messageStart, this.#messageEnd);
      this.#say(message, this.#refused);
    }
    return after;
  }

  /** Notes what the record says of its outcome beside `errorCode`. */
  #say(message: unknown, refused: boolean): void {
    const row = this.row;
    const text = row.codes[ERROR_CODE] === ABSENT && typeof message === 'string' ? message : '';
    const said = saidBy(text, refused);
    if (said !== 'nothing') row.flags |= said === 'refused' ? FLAG.SAID_REFUSED : FLAG.SAID_FAILED;
  }

  /** Top-level keys met with a value so far, columns and their parents included. */
  topLevelKeys(): string[] {
    const keys = new Set<string>();
    for (const entry of TRIE.topLevel) if (this.#met[entry.index] === 1) keys.add(entry.text);
    // A dotted key is the same path as nested objects: what counts is its first step.
    for (const key of this.#unknownKeys.values) keys.add(String(key).split('.')[0]!);
    return [...keys];
  }

  #reset(): void {
    const row = this.row;
    row.codes.fill(ABSENT);
    row.time = NaN;
    row.oddTime = '';
    row.idStart = -1;
    row.idEnd = -1;
    row.idIsUuid = false;
    row.oddId = '';
    row.flags = 0;
    this.#seen.fill(0);
    this.#looseTime = NaN;
    this.#odd = false;
    this.#messageStart = -1;
    this.#refused = false;
    this.#context = 0;
  }

  #object(node: TrieNode, bytes: Uint8Array, start: number, end: number): number {
    let i = skipSpace(bytes, start + 1, end);
    if (i >= end) return INCOMPLETE;
    if (bytes[i] === CLOSE_BRACE) return i + 1;
    let before: TrieEntry | null = null;
    for (;;) {
      if (bytes[i] !== QUOTE) return BROKEN;
      const keyStart = i + 1;
      const likely: TrieEntry | null = before === null ? node.first : before.follower;
      let entry: TrieEntry | null;
      if (likely !== null && standsAt(likely.token, bytes, keyStart, end)) {
        entry = likely;
        i = skipSpace(bytes, keyStart + likely.token.length, end);
        if (i >= end) return INCOMPLETE;
      } else {
        i = skipString(bytes, keyStart, end);
        if (i < 0) return i;
        const keyEnd = i - 1;
        i = skipColon(bytes, i, end);
        if (i < 0) return i;
        entry = node.find(bytes, keyStart, keyEnd);
        if (entry === null) {
          this.#unwatchedKey(node === TRIE.root && bytes[i] !== NULL_BYTE, bytes, keyStart, keyEnd);
        } else if (before === null) node.first = entry;
        else before.follower = entry;
      }
      if (entry === null) i = skipValue(bytes, i, end);
      else {
        i = this.#watched(entry, bytes, i, end);
        before = entry;
      }
      if (i < 0) return i;
      // As AWS writes it, the next key follows at once.
      if (i + 1 < end && bytes[i] === COMMA && bytes[i + 1] === QUOTE) {
        i++;
        continue;
      }
      i = skipSpace(bytes, i, end);
      if (i >= end) return INCOMPLETE;
      const next = bytes[i]!;
      if (next === CLOSE_BRACE) return i + 1;
      if (next !== COMMA) return BROKEN;
      i = skipSpace(bytes, i + 1, end);
      if (i >= end) return INCOMPLETE;
    }
  }

  /** A key that no path watches may still be one in disguise, by an escape or by a dot. */
  #unwatchedKey(remember: boolean, bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      if (bytes[i] === BACKSLASH || bytes[i] === 0x2e) {
        this.#odd = true;
        return;
      }
    }
    if (remember) this.#unknownKeys.internBytes(bytes, start, end);
  }

  #watched(entry: TrieEntry, bytes: Uint8Array, i: number, end: number): number {
    if (this.#seen[entry.index] === 1) this.#odd = true;
    this.#seen[entry.index] = 1;
    if (bytes[i] !== NULL_BYTE) this.#met[entry.index] = 1;
    const target = entry.target;
    switch (target.kind) {
      case 'column':
        return this.#column(target.column, bytes, i, end);
      case 'object': {
        const c = bytes[i]!;
        if (c !== NULL_BYTE) this.row.flags |= target.flag;
        // The paths below an array of objects have lists of values.
        if (c === OPEN_BRACKET) for (const column of target.columns) this.row.codes[column] = OPEN;
        const after = c === OPEN_BRACE ? this.#object(target.node, bytes, i, end) : skipValue(bytes, i, end);
        if (target.flag === FLAG.HAS_RESPONSE) {
          this.row.responseStart = i;
          this.row.responseEnd = after;
        }
        return after;
      }
      case 'time':
        return this.#time(bytes, i, end);
      case 'id':
        return this.#id(bytes, i, end);
      case 'loose-time': {
        const after = skipValue(bytes, i, end);
        if (after > 0 && bytes[i] === QUOTE) this.#looseTime = parseTime(decodeToken(bytes, i, after));
        return after;
      }
      case 'presence': {
        if (bytes[i] !== NULL_BYTE) this.row.flags |= target.flag;
        const after = skipValue(bytes, i, end);
        if (target.flag === FLAG.HAS_REQUEST) {
          this.row.requestStart = i;
          this.row.requestEnd = after;
        }
        return after;
      }
      case 'message':
        if (bytes[i] === QUOTE) this.#messageStart = i;
        return (this.#messageEnd = skipValue(bytes, i, end));
      case 'answer': {
        const after =
          target.column < 0 ? skipValue(bytes, i, end) : this.#column(target.column, bytes, i, end);
        if (after > 0 && bytes[i] === QUOTE && isRefusal(bytes, i, after)) this.#refused = true;
        return after;
      }
    }
  }

  #column(column: number, bytes: Uint8Array, i: number, end: number): number {
    const codes = this.row.codes;
    const c = bytes[i]!;
    if (c === QUOTE) return this.#text(column, bytes, i, end);
    const after = skipValue(bytes, i, end);
    if (after < 0) return after;
    if (c === NULL_BYTE) codes[column] = ABSENT;
    else if (c === TRUE_BYTE || c === FALSE_BYTE)
      codes[column] = this.dictionaries[column]!.intern(c === TRUE_BYTE);
    else if (c === OPEN_BRACE || c === OPEN_BRACKET) codes[column] = OPEN;
    else codes[column] = this.dictionaries[column]!.intern(decodeToken(bytes, i, after) as number);
    return after;
  }

  /** A string in a column: mostly what the last record of the same principal has there, else looked up. */
  #text(column: number, bytes: Uint8Array, i: number, end: number): number {
    const dictionary = this.dictionaries[column]!;
    const context = this.#context;
    let code = dictionary.guess(wordsOf(bytes), i + 1, end, context);
    let after: number;
    if (code >= 0) {
      after = i + 2 + dictionary.lengthOf(code);
    } else {
      after = skipString(bytes, i + 1, end);
      if (after < 0) return after;
      if (hasEscape(bytes, i + 1, after - 1)) {
        // Never to be guessed: in the log it does not stand as it is.
        code = dictionary.intern(decodeToken(bytes, i, after) as string);
      } else {
        code = dictionary.internBytes(bytes, i + 1, after - 1);
        dictionary.learn(context, code);
      }
    }
    this.row.codes[column] = code;
    if (column === PRINCIPAL || column === INVOKED_BY)
      this.#context = 2 * code + (column === PRINCIPAL ? 1 : 0);
    return after;
  }

  #time(bytes: Uint8Array, i: number, end: number): number {
    const after = skipValue(bytes, i, end);
    if (after < 0) return after;
    const row = this.row;
    const time = bytes[i] === QUOTE ? parseCanonicalTime(bytes, i + 1, after - 1) : NaN;
    if (time === time) {
      row.time = time;
      row.flags |= FLAG.TIME_CANONICAL;
      return after;
    }
    this.#looseTimeOf(
      bytes[i] === OPEN_BRACE || bytes[i] === OPEN_BRACKET ? [] : decodeToken(bytes, i, after),
    );
    return after;
  }

  /** An eventTime that is not as AWS writes it: any form we know, else undated. */
  #looseTimeOf(value: unknown): void {
    const row = this.row;
    row.time = parseTime(value);
    if (typeof value === 'string') row.oddTime = value;
    else if (value === null) row.flags |= FLAG.TIME_ABSENT;
  }

  #id(bytes: Uint8Array, i: number, end: number): number {
    const after = skipValue(bytes, i, end);
    if (after < 0) return after;
    const row = this.row;
    if (bytes[i] !== QUOTE) return after;
    if (hasEscape(bytes, i + 1, after - 1)) {
      row.oddId = decodeToken(bytes, i, after) as string;
      return after;
    }
    row.idStart = i + 1;
    row.idEnd = after - 1;
    row.idIsUuid = isUuid(bytes, row.idStart, row.idEnd);
    if (!row.idIsUuid) row.oddId = decoder.decode(bytes.subarray(row.idStart, row.idEnd));
    return after;
  }

  /** Fills the row from the parsed record, where the scanner cannot vouch for its own reading. */
  #parsed(bytes: Uint8Array, start: number, after: number): number {
    let record: unknown;
    try {
      record = JSON.parse(decoder.decode(bytes.subarray(start, after)));
    } catch {
      return BROKEN;
    }
    this.#reset();
    const { row } = this;
    const flat = flatten(record);
    fillParsed(row, flat, this.dictionaries);
    this.#say(
      flat.get('errorMessage')?.[0],
      ANSWER_PATHS.some((path) => flat.get(path)?.includes(REFUSAL)),
    );
    for (const path of flat.keys()) {
      const key = path.split('.')[0]!;
      const known = TRIE.topLevel.find((entry) => entry.text === key);
      if (!known) this.#unknownKeys.intern(key);
      else {
        this.#met[known.index] = 1;
        if ('flag' in known.target) row.flags |= known.target.flag;
      }
    }
    return after;
  }
}

const TIME = TRIE.topLevel.find((entry) => entry.target.kind === 'time')!;
const ERROR_CODE = columnIndex('errorCode');
const ANSWER_PATHS = Object.entries(ANSWERS).flatMap(([parent, keys]) =>
  keys.map((key) => `${parent}.${key}`),
);

/** Whether the string token at `bytes[start..end)` is the REFUSAL. */
function isRefusal(bytes: Uint8Array, start: number, end: number): boolean {
  // Every character of it takes at most six bytes: `\u0046`.
  return end - start <= 6 * REFUSAL.length + 2 && decodeToken(bytes, start, end) === REFUSAL;
}
