/**
 * Reading files into the open case: the page's side of the ingest workers.
 */
import { hold, type Given } from './given.ts';
import type { ReaderHost } from './reader.ts';
import { Run, type IngestProgress } from './run.ts';

export { carriesFiles, fromInput, type Given } from './given.ts';
export type { IngestProgress } from './run.ts';
export type { ReaderHost } from './reader.ts';

/** A run under way. `done` never rejects for a file: how files ended is in the case's sources. */
export interface IngestRun {
  readonly done: Promise<void>;
  cancel(): void;
}

export interface IngestService {
  /**
   * Reads what was given into the open case. Call it in the drop handler itself.
   *
   * @param ready resolves when the case is open; nothing is handed over before
   */
  read(given: Given, onProgress: (progress: IngestProgress) => void, ready?: Promise<void>): IngestRun;
  /** Reads the sample incident that comes with the page. */
  sample(onProgress: (progress: IngestProgress) => void): IngestRun;
}

/** Ingest workers: one core is left to the page and the case worker; more than four wait for the disk. */
export function poolSize(cores: number): number {
  return Math.max(1, Math.min(cores - 1, 4));
}

/** @returns the service, with workers started for each run and ended with it */
export function createIngest(
  host: ReaderHost,
  size = poolSize(navigator.hardwareConcurrency),
): IngestService {
  return {
    read: (given, onProgress, ready = Promise.resolve()) =>
      new Run(host, size, hold(given), ready, onProgress),
    sample: (onProgress) =>
      new Run(
        host,
        1,
        async (reader) => ({ kind: 'files', files: await reader.sample() }),
        Promise.resolve(),
        onProgress,
      ),
  };
}
