/**
 * One run of reading: lists what was given, hands it to a pool of readers in batches, adds up progress.
 */
import type { BatchProgress, CaseProgress } from '../../workers/contract.ts';
import { BatchQueue } from './batches.ts';
import { listFiles, type Held, type Unlisted } from './given.ts';
import { Reader, type ReaderHost } from './reader.ts';
import type { Share } from '../core/bytes/share.ts';

export interface IngestProgress {
  state: 'idle' | 'busy' | 'done';
  /** Files read, of those known so far. */
  files: number;
  filesTotal: number;
  /** Folders are still being listed: the totals grow. */
  listing: boolean;
  bytes: number;
  bytesTotal: number;
  /** Time since the run began. */
  ms: number;
  /** What is safe in the case. */
  stored: CaseProgress;
  /** One sentence when the run ended early, else ''. */
  problem: string;
}

const NOTHING_STORED: CaseProgress = {
  events: 0,
  duplicates: 0,
  refusedRecords: 0,
  findings: 0,
  files: 0,
  refusedFiles: 0,
  repeatedFiles: 0,
};

/**
 * Time that listing files may keep the page from drawing, ms. Asking a picked file for its size takes the browser a
 * moment, and there may be tens of thousands.
 */
const LONGEST_TURN = 8;

/** Archives of this size are read by all workers, bytes. What a file really is, they find out: it costs a look at its beginning. */
const SHARED_FROM = 8 << 20;
const ARCHIVE_NAME = /\.(?:zip|tar)$/i;

export class Run {
  /** Rejects only when the case cannot be reached any more. */
  readonly done: Promise<void>;
  readonly #queue = new BatchQueue();
  readonly #readers: Reader[];
  readonly #inHand: BatchProgress[];
  /** By reader: into how many parts the file in hand is divided, of which it reads one. */
  readonly #parts: number[];
  readonly #unlisted: Unlisted[] = [];
  readonly #started = performance.now();
  #files = 0;
  #filesTotal = 0;
  #bytes = 0;
  #bytesTotal = 0;
  #listing = true;
  #stored = NOTHING_STORED;
  #problem = '';
  #cancelled = false;

  /**
   * @param held what to read, or how a reader makes it (the sample incident)
   */
  constructor(
    host: ReaderHost,
    size: number,
    private readonly held: Held | ((reader: Reader) => Promise<Held>),
    private readonly onProgress: (progress: IngestProgress) => void,
  ) {
    this.#inHand = new Array<BatchProgress>(size).fill({ bytes: 0, files: 0, settled: 0, stored: null });
    this.#parts = new Array<number>(size).fill(1);
    this.#readers = Array.from(
      { length: size },
      (_, i) =>
        new Reader(host, (progress) => {
          this.#inHand[i] = progress;
          this.#tell('busy');
        }),
    );
    this.done = Promise.race([this.#work(), host.caseDied]).finally(() => {
      for (const reader of this.#readers) reader.close();
      this.#tell('done');
    });
  }

  /** Stops reading; what was read stays in the case. */
  cancel(): void {
    this.#cancelled = true;
    this.#queue.clear();
    for (const reader of this.#readers) reader.cancel();
  }

  async #work(): Promise<void> {
    await Promise.all([this.#list(), ...this.#readers.map((reader, i) => this.#read(reader, i))]);
    const [first] = this.#readers;
    for (const { path, reason } of this.#unlisted) {
      if (this.#cancelled) return;
      this.#parts[0] = 1;
      this.#finished(await first!.refuse(path, 0, reason), 0);
    }
  }

  async #list(): Promise<void> {
    try {
      const held = typeof this.held === 'function' ? await this.held(this.#readers[0]!) : this.held;
      let turn = performance.now();
      for await (const listed of listFiles(held, (item) => this.#unlisted.push(item))) {
        if (this.#cancelled) break;
        if (performance.now() - turn > LONGEST_TURN) {
          // A timer, not a microtask: the page draws in between.
          await new Promise((resolve) => setTimeout(resolve));
          turn = performance.now();
        }
        this.#filesTotal++;
        const { size } = listed.file;
        this.#bytesTotal += size;
        for (const share of this.#sharesOf(listed.path, size)) this.#queue.push({ ...listed, size, share });
        this.#tell('busy');
      }
      this.#filesTotal += this.#unlisted.length;
    } catch (error) {
      this.#problem = `Listing the files failed: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      this.#listing = false;
      this.#queue.end();
    }
  }

  #sharesOf(path: string, size: number): Share[] {
    const of = size >= SHARED_FROM && ARCHIVE_NAME.test(path) ? this.#readers.length : 1;
    return Array.from({ length: of }, (_, part) => ({ part, of }));
  }

  async #read(reader: Reader, index: number): Promise<void> {
    for (let batch = await this.#queue.take(); batch; batch = await this.#queue.take()) {
      // What is shared is large, and travels alone.
      this.#parts[index] = batch[0]!.share.of;
      const outcome = await reader.read(batch);
      this.#finished(outcome, index);
      if (outcome.problem) {
        // The case cannot take more (it was closed, taken over): reading on would lose what is read.
        this.cancel();
        return;
      }
    }
  }

  #finished({ progress, problem }: { progress: BatchProgress; problem: string }, index: number): void {
    this.#files += progress.files / this.#parts[index]!;
    this.#bytes += progress.bytes;
    this.#stored = newer(this.#stored, progress.stored);
    this.#inHand[index] = { bytes: 0, files: 0, settled: 0, stored: null };
    if (problem) this.#problem ||= problem;
    this.#tell('busy');
  }

  #tell(state: 'busy' | 'done'): void {
    let files = this.#files;
    let bytes = this.#bytes;
    this.#inHand.forEach((batch, i) => {
      files += batch.files / this.#parts[i]!;
      bytes += batch.bytes;
      this.#stored = newer(this.#stored, batch.stored);
    });
    this.onProgress({
      state,
      // Thirds do not add up to one.
      files: Math.floor(files + 1e-6),
      filesTotal: this.#filesTotal,
      listing: this.#listing,
      bytes: Math.min(bytes, this.#bytesTotal),
      bytesTotal: this.#bytesTotal,
      ms: performance.now() - this.#started,
      stored: this.#stored,
      problem: this.#problem,
    });
  }
}

/** Workers report out of order: the case only grows. */
function newer(a: CaseProgress, b: CaseProgress | null): CaseProgress {
  return b !== null && b.files + b.events + b.duplicates >= a.files + a.events + a.duplicates ? b : a;
}
