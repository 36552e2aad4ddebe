/**
 * The engine in WebAssembly (assembly/): some five times as fast as the same in JavaScript. What it meets seldom it leaves
 * to this side: new values become strings here, odd times and IDs are read here, and a record that it cannot vouch for
 * is parsed.
 */
import { ABSENT, COLUMN_COUNT, COLUMN_PATHS, columnIndex, type Value } from '../record/columns.ts';
import { REFUSAL } from '../record/outcome.ts';
import { windowStart } from '../record/summary.ts';
import { parseTime } from '../record/time.ts';
import { decodeToken, looseEnd } from '../record/token.ts';
import { BROKEN } from '../formats/sink.ts';
import { OPEN_BRACE, OPEN_BRACKET, QUOTE, TOO_DEEP } from '../record/json-bytes.ts';
import { BLOCK_ROWS, FLAG } from '../table/block.ts';
import { PADDING, type Engine, type RowArrays } from './engine.ts';
import { fillParsed, saidFlags } from './parsed.ts';
import { isUtf8, parseRecord } from './text.ts';
import { plantKeys } from './plant.ts';
import type { Compiled } from '../bytes/wasm.ts';
import type { ScannerExports } from './wasm.ts';
import { WATCHED } from './watched.ts';

/** What `scan` left to do: bits of `todo()`, as in assembly/record.ts. */
const ODD = 1;
const ODD_TIME = 2;
const NO_TIME = 4;
const ODD_ID = 8;
const NON_ASCII = 16;
const SAID = 32;

const ERROR_CODE = columnIndex('errorCode');
/** Dictionary of the top-level keys that are not watched: the one after those of the columns. */
const OTHER_KEYS = COLUMN_COUNT;

const encoder = new TextEncoder();
/** A byte order mark inside a value is part of it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class WasmEngine implements Engine {
  readonly roomStart: number;
  readonly roomEnd: number;
  readonly values: Value[][] = COLUMN_PATHS.map(() => []);
  oddId = '';
  oddTime = '';
  readonly #wasm: ScannerExports;
  #memory: Uint8Array;
  #rows: RowArrays;
  readonly #otherKeys: Value[] = [];
  /** By column: values that did not come as plain bytes (numbers, booleans, strings that are not UTF-8). */
  readonly #others = COLUMN_PATHS.map(() => new Map<Value, number>());
  /** Where the array of keys met lies: a byte a key, in the order in which they were planted. */
  readonly #met: number;
  /** Where pieces lie that were looked for: as many as rules ask for. */
  readonly #pieces = new Map<string, number>();
  /** Place for a value that JavaScript has. */
  #scratch: number;
  #scratchSize = 1 << 12;

  constructor(module: Compiled, room: number) {
    const { exports } = new WebAssembly.Instance(module, {
      env: {
        gained: (column: number, start: number, end: number) => {
          (this.values[column] ?? this.#otherKeys).push(utf8.decode(this.memory.subarray(start, end)));
        },
        other: (column: number, start: number, end: number) =>
          this.#codeOf(column, decodeToken(this.memory, start, end) as Value),
        refuses: (start: number, end: number) => (decodeToken(this.memory, start, end) === REFUSAL ? 1 : 0),
      },
    });
    const wasm = (this.#wasm = exports as unknown as ScannerExports);
    wasm.begin(BLOCK_ROWS, COLUMN_COUNT, (Math.random() * 0x7fffffff) | 0);
    this.#scratch = wasm.makeRoom(this.#scratchSize);
    this.#memory = new Uint8Array(wasm.memory.buffer);
    const root = plantKeys(wasm, WATCHED, (bytes) => this.#lend(bytes));
    this.#met = wasm.prepare(root, ERROR_CODE, OTHER_KEYS);
    this.roomStart = wasm.makeRoom(room);
    this.roomEnd = this.roomStart + room;
    this.#memory = new Uint8Array(wasm.memory.buffer);
    this.#rows = rowsOf(wasm);
  }

  get memory(): Uint8Array {
    this.#look();
    return this.#memory;
  }

  get rows(): RowArrays {
    this.#look();
    return this.#rows;
  }

  scan(start: number, end: number, row: number): number {
    const after = this.#wasm.scan(start, end, row);
    this.oddId = this.oddTime = '';
    if (after === TOO_DEEP) {
      const close = looseEnd(this.memory, start, end);
      return close < 0 ? close : this.#parse(start, close, row);
    }
    if (after < 0) return after;
    const todo = this.#wasm.todo();
    if (todo !== 0) {
      // Of a list of times the first one counts, as where the record is parsed.
      const isOdd =
        (todo & ODD) !== 0 || ((todo & ODD_TIME) !== 0 && this.#isOpening(this.#wasm.timeStart()));
      if (isOdd) return this.#parse(start, after, row);
      this.#finish(todo, start, after, row);
      if ((todo & NON_ASCII) !== 0) this.#check(start, after, row);
    }
    return after;
  }

  lacks(start: number, end: number, pieces: readonly string[]): boolean {
    const wasm = this.#wasm;
    if (wasm.findOdd(start, end) >= 0) return false;
    for (const piece of pieces) {
      const at = this.#pieces.get(piece) ?? this.#keepPiece(piece);
      if (wasm.find(at, piece.length, start, end) >= 0) return false;
    }
    return true;
  }

  topLevelKeys(): string[] {
    const met = this.memory.subarray(this.#met);
    const keys = WATCHED.filter((_, index) => met[index] === 1).map(({ key }) => key);
    // A dotted key is the same path as nested objects: what counts is its first step.
    return [...new Set([...keys, ...this.#otherKeys.map((key) => String(key).split('.')[0]!)])];
  }

  #finish(todo: number, start: number, after: number, row: number): void {
    const wasm = this.#wasm;
    const { memory, rows } = this;
    let flags = rows.flags[row]!;
    if ((todo & ODD_TIME) !== 0) {
      const from = wasm.timeStart();
      // An eventTime that is not as AWS writes it: any form we know, else undated.
      const isText = memory[from] === QUOTE;
      const value = decodeToken(memory, from, wasm.timeEnd());
      rows.time[row] = parseTime(value);
      if (isText) this.oddTime = value as string;
      else if (value === null) flags |= FLAG.TIME_ABSENT;
    }
    if ((todo & NO_TIME) !== 0) {
      const stamp = wasm.stampStart();
      rows.time[row] = parseTime(
        stamp !== 0
          ? decodeToken(memory, stamp, wasm.stampEnd())
          : windowStart(parseRecord(memory.subarray(start, after))),
      );
    }
    if ((todo & ODD_ID) !== 0) this.oddId = decodeToken(memory, wasm.idStart(), wasm.idEnd()) as string;
    if ((todo & SAID) !== 0) {
      const from = wasm.messageStart();
      const noCode = rows.columns[ERROR_CODE]![row] === ABSENT;
      const message = from === 0 || !noCode ? '' : (decodeToken(memory, from, wasm.messageEnd()) as string);
      flags |= saidFlags(message, wasm.refused() !== 0);
    }
    rows.flags[row] = flags;
  }

  #check(start: number, after: number, row: number): void {
    const { memory, rows } = this;
    if (!isUtf8(memory.subarray(start, after))) rows.flags[row] = rows.flags[row]! | FLAG.BAD_UTF8;
  }

  /** Fills the row from the parsed record. */
  #parse(start: number, after: number, row: number): number {
    const record = parseRecord(this.memory.subarray(start, after));
    if (record === undefined) return BROKEN;
    const wasm = this.#wasm;
    const parsed = fillParsed(
      row,
      () => this.rows,
      record,
      (column, value) => this.#codeOf(column, value),
    );
    this.oddId = parsed.oddId;
    this.oddTime = parsed.oddTime;
    const { rows, memory } = this;
    rows.eventId.fill(0, row * 16, row * 16 + 16);
    rows.parts.fill(0, row * 4, row * 4 + 4);
    for (const key of parsed.keys) {
      const index = WATCHED.findIndex((watched) => watched.key === key);
      if (index >= 0) memory[this.#met + index] = 1;
      else if (!this.#otherKeys.includes(key)) this.#otherKeys.push(key);
    }
    wasm.finish(start, after, row);
    if ((wasm.todo() & NON_ASCII) !== 0) this.#check(start, after, row);
    return after;
  }

  /** The code of a value that is not at hand as plain bytes. */
  #codeOf(column: number, value: Value): number {
    if (typeof value === 'string') {
      const bytes = encoder.encode(value);
      // A lone surrogate does not survive UTF-8: such a string is its own kind of value.
      if (utf8.decode(bytes) === value) {
        const at = this.#lend(bytes);
        return this.#wasm.intern(column, at, at + bytes.length);
      }
    }
    const others = this.#others[column]!;
    let code = others.get(value);
    if (code === undefined) {
      code = this.#wasm.newCode(column);
      this.values[column]!.push(value);
      others.set(value, code);
    }
    return code;
  }

  #keepPiece(piece: string): number {
    const bytes = encoder.encode(piece);
    const at = this.#wasm.makeRoom(bytes.length + PADDING);
    this.memory.set(bytes, at);
    this.#pieces.set(piece, at);
    return at;
  }

  /** Puts bytes where the other side can read them until the next ones. @returns their address */
  #lend(bytes: Uint8Array): number {
    if (bytes.length + PADDING > this.#scratchSize) {
      this.#scratchSize = 2 * bytes.length + PADDING;
      this.#scratch = this.#wasm.makeRoom(this.#scratchSize);
    }
    this.memory.set(bytes, this.#scratch);
    return this.#scratch;
  }

  /** Whether a list or an object begins at an address. */
  #isOpening(at: number): boolean {
    const c = this.memory[at];
    return c === OPEN_BRACE || c === OPEN_BRACKET;
  }

  /** Memory that grew is another buffer; views on the one before are empty. */
  #look(): void {
    if (this.#memory.length > 0) return;
    this.#memory = new Uint8Array(this.#wasm.memory.buffer);
    this.#rows = rowsOf(this.#wasm);
  }
}

function rowsOf(wasm: ScannerExports): RowArrays {
  const { buffer } = wasm.memory;
  const columns = wasm.columnsArray();
  return {
    time: new Float64Array(buffer, wasm.timeArray(), BLOCK_ROWS),
    eventId: new Uint8Array(buffer, wasm.eventIdArray(), BLOCK_ROWS * 16),
    flags: new Uint16Array(buffer, wasm.flagsArray(), BLOCK_ROWS),
    digest: new Uint32Array(buffer, wasm.digestArray(), BLOCK_ROWS * 2),
    textStart: new Uint32Array(buffer, wasm.textStartArray(), BLOCK_ROWS),
    textLength: new Uint32Array(buffer, wasm.textLengthArray(), BLOCK_ROWS),
    parts: new Uint32Array(buffer, wasm.partsArray(), BLOCK_ROWS * 4),
    columns: Array.from(
      { length: COLUMN_COUNT },
      (_, column) => new Uint32Array(buffer, columns + column * BLOCK_ROWS * 4, BLOCK_ROWS),
    ),
  };
}
