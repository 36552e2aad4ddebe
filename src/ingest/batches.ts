/**
 * Files waiting to be read, handed out in batches: many small files travel in one message, a large one alone.
 */
import type { FileJob } from '../../workers/contract.ts';

/** A batch ends with the file that fills it. */
const BATCH_FILES = 128;
const BATCH_BYTES = 4 << 20;

export class BatchQueue {
  readonly #jobs: FileJob[] = [];
  #next = 0;
  #ended = false;
  #wake: (() => void)[] = [];

  /** More to read. */
  push(job: FileJob): void {
    this.#jobs.push(job);
    if (this.#jobs.length - this.#next >= BATCH_FILES) this.#wakeAll();
  }

  /** There will be no more. */
  end(): void {
    this.#ended = true;
    this.#wakeAll();
  }

  /** Nothing more is handed out; what waits is dropped. */
  clear(): void {
    this.#next = this.#jobs.length;
    this.end();
  }

  /** @returns the next batch, as soon as one is full or nothing more comes; null at the end */
  async take(): Promise<FileJob[] | null> {
    while (!this.#ended && this.#jobs.length - this.#next < BATCH_FILES) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    const batch: FileJob[] = [];
    for (
      let bytes = 0;
      this.#next < this.#jobs.length && batch.length < BATCH_FILES && bytes < BATCH_BYTES;
    ) {
      const job = this.#jobs[this.#next++]!;
      batch.push(job);
      bytes += job.size;
    }
    return batch.length > 0 ? batch : null;
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
