/**
 * Reading files into the open case: the page's side of the ingest workers.
 */
import { hold, type Given, type Held } from './given.ts';
import type { ReaderHost } from './reader.ts';
import { Run, type IngestProgress } from './run.ts';

export { startHelper } from './helper.ts';
export { carriesFiles, fromInput, type Given, type Held } from './given.ts';
export type { IngestProgress } from './run.ts';
export type { ReaderHost } from './reader.ts';

/** A run under way. `done` never rejects for a file: how files ended is in the case's sources. */
export interface IngestRun {
  readonly done: Promise<void>;
  cancel(): void;
}

export interface IngestService {
  /** Starts a worker ahead of the files that it will read. */
  warmUp(): void;
  /** Takes hold of what was given, to be read later. Call it in the drop handler itself. */
  hold(given: Given): Held;
  /** Reads into the open case. One run at a time. */
  read(held: Held, onProgress: (progress: IngestProgress) => void): IngestRun;
  /** Reads the sample incident that comes with the page. */
  sample(onProgress: (progress: IngestProgress) => void): IngestRun;
}

/** Ingest workers: one core is left to the page and the case worker; more than four wait for the disk. */
export function poolSize(cores: number): number {
  return Math.max(1, Math.min(cores - 1, 4));
}

/** @returns the service, with workers started for each run (but for one that was started ahead) and ended with it */
export function createIngest(
  host: ReaderHost,
  size = poolSize(navigator.hardwareConcurrency),
): IngestService {
  let spare: Worker | null = null;
  const spawning: ReaderHost = {
    spawn: () => {
      const worker = spare ?? host.spawn();
      spare = null;
      return worker;
    },
    spawnUnpacker: () => host.spawnUnpacker(),
    connect: (port) => host.connect(port),
    caseDied: host.caseDied,
  };
  return {
    warmUp: () => {
      if (spare !== null) return;
      const worker = (spare = host.spawn());
      // One that does not even start is of no use.
      worker.addEventListener('error', () => {
        if (spare === worker) spare = null;
      });
    },
    hold,
    read: (held, onProgress) => new Run(spawning, size, held, onProgress),
    sample: (onProgress) =>
      new Run(spawning, 1, async (reader) => ({ kind: 'files', files: await reader.sample() }), onProgress),
  };
}
