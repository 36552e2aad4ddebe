/** Records out of bytes into rows of columns. */
export type { Engine, RowArrays } from './engine.ts';
export { RecordScanner } from './scanner.ts';
export { loadEngine } from './wasm.ts';
