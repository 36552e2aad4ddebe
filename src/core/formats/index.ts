export { readFile, type ReadOptions } from './read.ts';
export { readText } from './text.ts';
export { NATIVE, unwrap } from './unwrap.ts';
export * from './sink.ts';
