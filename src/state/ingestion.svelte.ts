import type { CaseProgress } from '../../workers/contract.ts';
import type { IngestProgress, IngestRun } from '../ingest/index.ts';

/** The page takes note of progress this often, however often it is told: drawing takes processors that reading could use. */
const SHOW_EVERY_MS = 250;

/** One run of reading files, as the page shows it. */
export class Ingestion {
  /** The newest progress of the run, null before the first. */
  progress: IngestProgress | null = $state.raw(null);
  busy = $state(false);
  /** Times that something was given while something else was being read, and still waits. */
  waiting = $state(0);
  cancelling = $state(false);
  /** How long the last run took, start to settled, ms; NaN before the first has ended. */
  ms = $state(NaN);
  /** Files of the last run whose bytes were in the case already. */
  repeated = $state(0);
  #run: IngestRun | null = null;
  #newest: IngestProgress | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #queue: ((mayStart: boolean) => void)[] = [];

  /** What is safe in the case so far, while reading. */
  get stored(): CaseProgress | null {
    return this.busy ? (this.progress?.stored ?? null) : null;
  }

  /**
   * Waits for the place of the one run there may be, behind all that asked before. `finish` gives it back.
   *
   * @returns whether the run may start: false when reading was cancelled while it waited
   */
  async turn(): Promise<boolean> {
    if (this.busy && !(await this.#wait())) return false;
    this.progress = null;
    this.#newest = null;
    this.busy = true;
    this.cancelling = false;
    return true;
  }

  #wait(): Promise<boolean> {
    return new Promise((resolve) => {
      this.waiting = this.#queue.push(resolve);
    });
  }

  /** Follows a run to its end and returns its last progress. Throws what the run threw. */
  async follow(
    start: (onProgress: (progress: IngestProgress) => void) => IngestRun,
  ): Promise<IngestProgress | null> {
    try {
      this.#run = start((progress) => {
        this.#newest = progress;
        this.#timer ??= setTimeout(() => {
          this.#show();
        }, SHOW_EVERY_MS);
      });
      if (this.cancelling) this.#run.cancel();
      await this.#run.done;
    } finally {
      this.#run = null;
      this.#show();
    }
    return this.progress;
  }

  /** Ends the run for the page, once the case has settled what was read; the next one that waits may start. */
  finish(ms: number, repeated = 0): void {
    this.ms = ms;
    this.repeated = repeated;
    this.cancelling = false;
    const next = this.#queue.shift();
    this.waiting = this.#queue.length;
    if (next) next(true);
    else this.busy = false;
  }

  /** Forgets the last run: another case is open. */
  reset(): void {
    if (this.busy) return;
    this.progress = null;
    this.ms = NaN;
    this.repeated = 0;
  }

  /** Stops reading; what was read is kept, what waits is not read. */
  cancel(): void {
    for (const refused of this.#queue.splice(0)) refused(false);
    this.waiting = 0;
    if (!this.busy || this.cancelling) return;
    this.cancelling = true;
    this.#run?.cancel();
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#newest !== null) this.progress = this.#newest;
  }
}
