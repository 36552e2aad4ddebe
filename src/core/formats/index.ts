export { readFile, type ReadOptions } from './read.ts';
export * from './sink.ts';
