/**
 * One ingest worker as the page sees it: a reader that survives the death of its worker.
 */
import * as Comlink from 'comlink';
import type { BatchProgress, BatchReport, FileJob, IngestApi } from '../../workers/contract.ts';
import type { ListedFile } from './given.ts';
import { endHelper, startHelper } from './helper.ts';
import { watchLife } from './life.ts';

/** What a reader needs of the page. */
export interface ReaderHost {
  /** Starts an ingest worker. */
  spawn(): Worker;
  /** Starts an unpack worker. */
  spawnUnpacker(): Worker;
  /** Connects one end of a channel to the case worker. */
  connect(port: MessagePort): Promise<void>;
  /** Rejects when the case worker has died: what it is handed then is never answered. */
  readonly caseDied: Promise<never>;
}

const NO_PROGRESS: BatchProgress = { bytes: 0, files: 0, settled: 0, stored: null };

/** Said of a file that ended two workers. */
const CRASHES =
  'Reading this file ended or stopped the worker that read it, twice: it is probably too large or too deeply nested for this browser’s memory. Split it and add the parts.';

export class Reader {
  #worker: Worker | null = null;
  /** The unpack workers that it asked for. */
  #helpers: Worker[] = [];
  #api: Comlink.Remote<IngestApi> | null = null;
  /** Rejects when the worker dies: every call races with it, because a dead worker never answers. */
  #death: Promise<never> = new Promise(() => undefined);
  /** The watch over the worker: silence counts only while a call is under way. */
  #watch: { sign: () => void; stop: () => void } | null = null;
  #died: (reason: string) => void = () => undefined;
  #life = '';
  #progress: BatchProgress = NO_PROGRESS;
  #cancelled = false;

  /** @param onProgress told of the batch in hand */
  constructor(
    private readonly host: ReaderHost,
    private readonly onProgress: (progress: BatchProgress) => void,
  ) {}

  /**
   * Reads a batch to its end. Should the worker die, a new one reads what was not stored, file by file; a
   * file that kills that one too is noted as refused.
   *
   * @returns the sum of what was done; a message when it failed otherwise (the case cannot take it)
   */
  async read(batch: readonly FileJob[]): Promise<{ progress: BatchProgress; problem: string }> {
    this.#progress = NO_PROGRESS;
    try {
      return this.#outcome(await this.#ask((api): Promise<BatchReport> => api.read([...batch], false)));
    } catch (death) {
      if (!(death instanceof WorkerDied)) throw death;
    }
    let sum: BatchProgress = { ...this.#progress, files: this.#progress.settled };
    for (const job of batch.slice(this.#progress.settled)) {
      if (this.#cancelled) break;
      const { progress, problem } = await this.#readAlone(job);
      sum = {
        bytes: sum.bytes + progress.bytes,
        files: sum.files + 1,
        settled: sum.settled + 1,
        stored: progress.stored ?? sum.stored,
      };
      if (problem) return { progress: sum, problem };
    }
    return { progress: sum, problem: '' };
  }

  /** Notes a file as refused without reading it. */
  async refuse(
    path: string,
    bytes: number,
    reason: string,
  ): Promise<{ progress: BatchProgress; problem: string }> {
    return this.#outcome(await this.#ask((api): Promise<BatchReport> => api.refuse(path, bytes, reason)));
  }

  /** The files of the sample incident. */
  async sample(): Promise<ListedFile[]> {
    const files = await this.#ask((api) => api.sample());
    return files.map(({ path, text }) => ({
      path,
      file: new File([text], path.slice(path.lastIndexOf('/') + 1)),
    }));
  }

  /** Stops after the record in hand. */
  cancel(): void {
    this.#cancelled = true;
    void this.#api?.cancel();
  }

  /** Ends the worker, and those that help it. */
  close(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#worker?.terminate();
    this.#worker = null;
    for (const helper of this.#helpers.splice(0)) endHelper(helper);
    this.#api = null;
  }

  async #readAlone(job: FileJob): Promise<{ progress: BatchProgress; problem: string }> {
    try {
      return this.#outcome(await this.#ask((api): Promise<BatchReport> => api.read([job], true)));
    } catch (death) {
      if (!(death instanceof WorkerDied)) throw death;
      return this.refuse(job.path, job.size, CRASHES);
    }
  }

  #outcome(report: BatchReport): { progress: BatchProgress; problem: string } {
    if (report.ok) return { progress: report.progress, problem: '' };
    return {
      progress: this.#progress,
      problem: report.path ? `${report.path}: ${report.message}` : report.message,
    };
  }

  async #ask<T>(call: (api: Comlink.Remote<IngestApi>) => Promise<T>): Promise<T> {
    this.#api ??= await this.#start();
    this.#watch = watchLife(this.#life, this.#died);
    try {
      return await Promise.race([call(this.#api), this.#death]);
    } finally {
      this.#watch?.stop();
      this.#watch = null;
    }
  }

  async #start(): Promise<Comlink.Remote<IngestApi>> {
    const worker = this.host.spawn();
    this.#worker = worker;
    this.#death = new Promise((_, reject) => {
      this.#died = (reason) => {
        this.close();
        reject(new WorkerDied(reason));
      };
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        this.#died(event.message);
      });
    });
    this.#life = `trailsift-reader-${crypto.randomUUID()}`;
    // Looked at only while a call is under way.
    this.#death.catch(() => undefined);
    const api = Comlink.wrap<IngestApi>(worker);
    const { port1, port2 } = new MessageChannel();
    const connected = this.host.connect(port1);
    const report = Comlink.proxy((progress: BatchProgress) => {
      this.#progress = progress;
      this.#watch?.sign();
      this.onProgress(progress);
    });
    const startUnpacker = Comlink.proxy((life: string) => {
      const helper = this.host.spawnUnpacker();
      this.#helpers.push(helper);
      return startHelper(helper, life);
    });
    const line = Comlink.transfer(port2, [port2]);
    await Promise.race([api.connect(line, report, this.#life, startUnpacker), this.#death]);
    await connected;
    return api;
  }
}

/** The worker ended by itself (out of memory, an error that nothing caught), or came to a standstill. */
class WorkerDied extends Error {
  override name = 'WorkerDied';
}
