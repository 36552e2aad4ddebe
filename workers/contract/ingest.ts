/** Page -> ingest worker, and ingest worker -> case worker. */
import type { Share } from '../../src/core/bytes/share.ts';
import type { Block } from '../../src/core/table/block.ts';
import type { ClosedSource } from '../../src/store/database.ts';
import type { StartHelper } from './helper.ts';

/** One file on its way to an ingest worker. */
export interface FileJob {
  path: string;
  file: File;
  /** Its size, asked for once: to a browser each asking may be a question to another process. */
  size: number;
  /** The part of it that is meant, if it is an archive: other workers read the others. */
  share: Share;
}

/** What an ingest worker tells while it reads a batch. */
export interface BatchProgress {
  /** Bytes read of this batch so far. */
  bytes: number;
  /** Files of this batch that are read. */
  files: number;
  /** Files of this batch that are read and stored: they need not be read again should the worker die. */
  settled: number;
  /** What the case has stored, as of the last parcel of this worker; null before the first. */
  stored: CaseProgress | null;
}

export type BatchReport =
  | { ok: true; progress: BatchProgress }
  | { ok: false; message: string; /** the file being read */ path: string };

export interface IngestApi {
  /**
   * Connects the worker to the case worker, from which it fetches its rules. Call once, before `read`.
   *
   * @param onProgress called some ten times a second while a batch is read, and now and then as a sign of life
   * @param life name of the Web Lock that the worker holds as long as it lives
   * @param startUnpacker starts an unpack worker, which ends with this one
   */
  connect(
    toCase: MessagePort,
    onProgress: (progress: BatchProgress) => void,
    life: string,
    startUnpacker: StartHelper,
  ): Promise<void>;
  /**
   * Reads the files one after another and hands their blocks to the case worker. Resolves when the case
   * worker has stored all of them.
   *
   * @param retry a worker that has died may have read some of it
   */
  read(batch: FileJob[], retry: boolean): Promise<BatchReport>;
  /** Stops at the next record; what was read is kept and the file in hand ends as `partial`. */
  cancel(): Promise<void>;
  /** Notes a file as refused without reading it: reading it has ended other workers. */
  refuse(path: string, bytes: number, reason: string): Promise<BatchReport>;
  /** The sample incident, as log files. */
  sample(): Promise<{ path: string; text: string }[]>;
}

/** As much of a rule as matching needs. */
export interface RuleForMatching {
  id: string;
  query: string;
}

/** A source as its ingest worker knows it when it is finished. */
export type SourceReport = Omit<ClosedSource, 'id' | 'sha256'>;

/** One parcel from an ingest worker: some sources, the events of them, and the original bytes. */
export interface Parcel {
  /** Names the ingest worker's dictionaries: a replaced worker starts new ones. */
  session: string;
  /** Which rules its findings are of (see IngestSetup). */
  ruleSet: number;
  /** Sources that began in this parcel, by the worker's own running number. */
  opened: ArrivingSource[];
  /** Events, or null when the parcel only closes sources. `block.source` holds worker-side source keys. */
  block: Block | null;
  /** Sources that are finished with this parcel. */
  closed: { key: number; report: SourceReport }[];
}

/** A source whose reading begins. */
export interface ArrivingSource {
  /** The worker's own running number. */
  key: number;
  path: string;
  bytes: number;
  /**
   * 64 hex digits, '' when the bytes could not be had; or these bytes, for the case worker to hash. The case tells by it what it
   * has already.
   */
  sha256: string | Uint8Array;
  /** It was begun by a worker that has died. */
  retry: boolean;
  original: OriginalBytes;
}

/**
 * The original bytes of a source, kept as evidence and to read raw records from again.
 * A `Blob` is stored by reference (large files), and so is what stands in one as it is (files in an archive); a byte array
 * is packed with others into larger rows; `null` says that nothing needs keeping (the source holds no record).
 */
export type OriginalBytes = Uint8Array | Blob | BlobRange | null;

/** Bytes `from` (inclusive) to `to` (exclusive) of a file. */
export interface BlobRange {
  file: Blob;
  from: number;
  to: number;
}

export type ParcelReceipt =
  | {
      ok: true;
      progress: CaseProgress;
      /** Of the sources that began in the parcel, in their order. */
      sha256: string[];
    }
  | { ok: false; message: string };

/** What is stored and safe: shown to the person only after it was written. */
export interface CaseProgress {
  events: number;
  duplicates: number;
  refusedRecords: number;
  findings: number;
  /** Files finished, in any state. */
  files: number;
  refusedFiles: number;
  /** Files whose bytes were in the case already: counted in `files` too. */
  repeatedFiles: number;
}

/** What an ingest worker starts with. */
export interface IngestSetup {
  /** Numbers the rules in force: findings of another set are found anew. */
  ruleSet: number;
  rules: RuleForMatching[];
  /** Geo databases as their bytes, the built-in table unpacked: what tells countries, then, if there is one, what tells networks. */
  geo: { kind: 'table' | 'mmdb'; bytes: Uint8Array }[];
  /** Files that the case has read to their end (see `bytesKey` of the core), each with its path: they are not read again. */
  known: [key: string, path: string][];
}

/** What the ingest workers see of the case worker. */
export interface CaseIntake {
  setup(): Promise<IngestSetup>;
  accept(parcel: Parcel): Promise<ParcelReceipt>;
  /**
   * Hashes a large file: reading it once more and copying it would hold up whoever reads its records.
   *
   * @returns its SHA-256 as 64 hex digits; '' when it cannot be read
   */
  digest(file: Blob): Promise<string>;
  /**
   * Puts a geo database in use that was found among the files.
   *
   * @returns a sentence: what it is and is for; or why it cannot be used
   */
  addGeo(path: string, bytes: Uint8Array): Promise<{ ok: boolean; message: string }>;
}
