export { readFile, type ReadOptions } from './read.ts';
export { RecordText } from './record-text.ts';
export { textOf, type TextChunk } from './text.ts';
export { NATIVE, unwrap } from './unwrap.ts';
export * from './sink.ts';
