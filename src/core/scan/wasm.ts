/** The compiled scanner: what it exports (assembly/index.ts), and how it is loaded. */
import { compileWasm } from '../bytes/wasm.ts';
import { ROOM, type Engine } from './engine.ts';
import { ParsingEngine } from './parsing-engine.ts';
import { WasmEngine } from './wasm-engine.ts';

/** All numbers are addresses in memory or small integers. */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  makeRoom(bytes: number): number;
  begin(rowCount: number, columnCount: number, seed: number): void;
  addNode(): number;
  addEntry(
    node: number,
    token: number,
    tokenLength: number,
    kind: number,
    column: number,
    flag: number,
    context: number,
  ): number;
  setObject(entry: number, node: number, columns: number, count: number): void;
  prepare(root: number, errorCode: number, otherKeys: number): number;
  scan(start: number, end: number, row: number): number;
  finish(start: number, after: number, row: number): void;
  intern(column: number, start: number, end: number): number;
  newCode(column: number): number;
  timeArray(): number;
  eventIdArray(): number;
  flagsArray(): number;
  digestArray(): number;
  textStartArray(): number;
  textLengthArray(): number;
  partsArray(): number;
  columnsArray(): number;
  todo(): number;
  timeStart(): number;
  timeEnd(): number;
  stampStart(): number;
  stampEnd(): number;
  idStart(): number;
  idEnd(): number;
  messageStart(): number;
  messageEnd(): number;
  refused(): number;
  find(piece: number, length: number, from: number, end: number): number;
  findOdd(from: number, end: number): number;
}

/**
 * @param wasm the compiled scanner in base64, as `virtual:scanner` has it
 * @param room bytes of text that a block may have and more (see ROOM)
 * @returns an engine; one that parses every record where WebAssembly cannot be had
 */
export function loadEngine(wasm: string, room = ROOM): Engine {
  const module = compileWasm(wasm);
  return module === null ? new ParsingEngine(room) : new WasmEngine(module, room);
}
