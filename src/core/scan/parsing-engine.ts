/**
 * The engine where a browser has no WebAssembly (a locked-down one, or a host whose own policy forbids it): every record
 * is parsed. Slow, and the same in all it says.
 */
import { COLUMN_COUNT, COLUMN_PATHS, FIRST_VALUE, type Value } from '../record/columns.ts';
import { digestWords } from '../record/digest.ts';
import { OPEN_BRACE, TOO_DEEP, skipValue } from '../record/json-bytes.ts';
import { looseEnd } from '../record/token.ts';
import { BROKEN, INCOMPLETE } from '../formats/sink.ts';
import { ODD_CHARACTER } from '../query/index.ts';
import { BLOCK_ROWS, FLAG } from '../table/block.ts';
import { type Engine, type RowArrays } from './engine.ts';
import { fillParsed } from './parsed.ts';
import { isUtf8, parseRecord } from './text.ts';

const latin1 = new TextDecoder('latin1');

export class ParsingEngine implements Engine {
  readonly memory: Uint8Array;
  readonly roomStart = 0;
  readonly roomEnd: number;
  readonly rows: RowArrays = {
    time: new Float64Array(BLOCK_ROWS),
    eventId: new Uint8Array(BLOCK_ROWS * 16),
    flags: new Uint16Array(BLOCK_ROWS),
    digest: new Uint32Array(BLOCK_ROWS * 2),
    textStart: new Uint32Array(BLOCK_ROWS),
    textLength: new Uint32Array(BLOCK_ROWS),
    parts: new Uint32Array(BLOCK_ROWS * 4),
    columns: Array.from({ length: COLUMN_COUNT }, () => new Uint32Array(BLOCK_ROWS)),
  };
  readonly values: Value[][] = COLUMN_PATHS.map(() => []);
  oddId = '';
  oddTime = '';
  readonly #codes = COLUMN_PATHS.map(() => new Map<Value, number>());
  readonly #keys = new Set<string>();
  readonly #hash = { first: 0, second: 0, nonAscii: false };

  constructor(room: number) {
    this.memory = new Uint8Array(room);
    this.roomEnd = room;
  }

  scan(start: number, end: number, row: number): number {
    if (start >= end) return INCOMPLETE;
    if (this.memory[start] !== OPEN_BRACE) return BROKEN;
    let after = skipValue(this.memory, start, end);
    if (after === TOO_DEEP) after = looseEnd(this.memory, start, end);
    if (after < 0) return after;
    const bytes = this.memory.subarray(start, after);
    const record = parseRecord(bytes);
    if (record === undefined) return BROKEN;
    const { rows } = this;
    const parsed = fillParsed(
      row,
      () => rows,
      record,
      (column, value) => this.#codeOf(column, value),
    );
    this.oddId = parsed.oddId;
    this.oddTime = parsed.oddTime;
    for (const key of parsed.keys) this.#keys.add(key);
    rows.eventId.fill(0, row * 16, row * 16 + 16);
    rows.parts.fill(0, row * 4, row * 4 + 4);
    rows.textStart[row] = start;
    rows.textLength[row] = bytes.length;
    const words = new Uint32Array(4 * Math.ceil(bytes.length / 16));
    new Uint8Array(words.buffer).set(bytes);
    digestWords(words, bytes.length, this.#hash);
    rows.digest[2 * row] = this.#hash.first;
    rows.digest[2 * row + 1] = this.#hash.second;
    if (this.#hash.nonAscii && !isUtf8(bytes)) rows.flags[row] = rows.flags[row]! | FLAG.BAD_UTF8;
    return after;
  }

  lacks(start: number, end: number, pieces: readonly string[]): boolean {
    const text = latin1.decode(this.memory.subarray(start, end));
    if (ODD_CHARACTER.test(text)) return false;
    const small = text.toLowerCase();
    return !pieces.some((piece) => small.includes(piece));
  }

  topLevelKeys(): string[] {
    return [...this.#keys];
  }

  #codeOf(column: number, value: Value): number {
    const codes = this.#codes[column]!;
    let code = codes.get(value);
    if (code === undefined) {
      const values = this.values[column]!;
      code = values.length + FIRST_VALUE;
      values.push(value);
      codes.set(value, code);
    }
    return code;
  }
}
