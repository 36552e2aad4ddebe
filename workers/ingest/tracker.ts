/** Progress of one batch: what was read of it, and what of that is stored. */
import type { BatchProgress } from '../contract.ts';
import type { ParcelWriter } from './parcels.ts';

/** Time between two reports, ms. */
const REPORT_EVERY = 100;

export class BatchTracker {
  #bytes = 0;
  #reading = 0;
  /** For each finished file: the key that the source after it has. */
  readonly #keys: number[] = [];
  #reported = performance.now();

  constructor(
    private readonly writer: ParcelWriter,
    private readonly report: (progress: BatchProgress) => void,
  ) {}

  /** The file in hand has been read up to here. */
  reading(bytes: number): void {
    this.#reading = bytes;
    this.#tell();
  }

  /** The file in hand is read. */
  finished(bytes: number): void {
    this.#bytes += bytes;
    this.#reading = 0;
    this.#keys.push(this.writer.nextKey);
    this.#tell();
  }

  progress(): BatchProgress {
    return {
      bytes: this.#bytes + this.#reading,
      files: this.#keys.length,
      settled: this.#keys.filter((key) => key <= this.writer.settledKey).length,
      stored: this.writer.stored,
    };
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#reported < REPORT_EVERY) return;
    this.#reported = now;
    this.report(this.progress());
  }
}
