/** Reading files in a test: no files, only the progress. */
import type { Given, Held, IngestProgress, IngestRun, IngestService } from '../../../src/ingest/index.ts';

/** Reads by the clock: `steps` pieces of progress, then done. `until` keeps runs busy. */
export class FakeIngest implements IngestService {
  /** What it took hold of, and of that what it began to read. */
  readonly given: Given[] = [];
  readonly started: Held[] = [];
  cancelled = 0;
  warm = false;
  until: Promise<void> = Promise.resolve();
  files = 3;
  readonly #total: Omit<
    IngestProgress['stored'],
    'files' | 'refusedFiles' | 'refusedRecords' | 'repeatedFiles'
  >;

  constructor(events: number, findings: number) {
    this.#total = { events, findings, duplicates: 12 };
  }

  warmUp(): void {
    this.warm = true;
  }

  hold(given: Given): Held {
    this.given.push(given);
    return { kind: 'files', files: [] };
  }

  read(held: Held, onProgress: (progress: IngestProgress) => void): IngestRun {
    this.started.push(held);
    return this.#run(onProgress);
  }

  sample(onProgress: (progress: IngestProgress) => void): IngestRun {
    return this.#run(onProgress);
  }

  #run(onProgress: (progress: IngestProgress) => void): IngestRun {
    const tell = (share: number, state: IngestProgress['state']): void => {
      onProgress({
        state,
        files: Math.round(this.files * share),
        filesTotal: this.files,
        listing: share < 0.2,
        bytes: Math.round(48_000_000 * share),
        bytesTotal: 48_000_000,
        ms: 1200 * share,
        stored: {
          events: Math.round(this.#total.events * share),
          duplicates: Math.round(this.#total.duplicates * share),
          findings: Math.round(this.#total.findings * share),
          files: Math.round(this.files * share),
          refusedFiles: share > 0.5 ? 1 : 0,
          refusedRecords: 0,
          repeatedFiles: 0,
        },
        problem: '',
      });
    };
    const work = async (): Promise<void> => {
      tell(0.6, 'busy');
      await this.until;
      tell(1, 'done');
    };
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    return {
      done: Promise.race([work(), stopped]),
      cancel: () => {
        this.cancelled++;
        stop();
      },
    };
  }
}
