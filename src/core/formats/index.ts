export { readFile, type ReadOptions } from './read.ts';
export { readText } from './text.ts';
export { unwrap } from './unwrap.ts';
export * from './sink.ts';
