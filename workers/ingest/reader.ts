/**
 * Reads batches of files. One reader a worker; its dictionaries live as long as it does.
 */
import * as Comlink from 'comlink';
import { gunzip, type Gunzip } from '../../src/core/bytes/index.ts';
import { readFile, type LogEntry, type LogOutcome, type LogVisitor } from '../../src/core/formats/index.ts';
import { combineGeo, GeoError, openMmdb, openUnpackedTable, tolerant } from '../../src/core/geo/index.ts';
import { sampleIncident } from '../../src/core/sample/index.ts';
import type { PlaceOf } from '../../src/core/table/rows.ts';
import type {
  BatchProgress,
  BatchReport,
  CaseIntake,
  FileJob,
  IngestApi,
  IngestSetup,
  StartHelper,
} from '../contract.ts';
import { sha256 } from '../hash.ts';
import { fileSource } from '../file-source.ts';
import { holdForLife } from '../life.ts';
import { filesAhead, KEPT_WHOLE, type FileInHand } from './ahead.ts';
import { KnownFiles } from './known.ts';
import { signing } from './life.ts';
import { ParcelWriter } from './parcels.ts';
import { Unpacker } from './unpacker.ts';
import { BatchTracker } from './tracker.ts';

export class IngestReader implements IngestApi {
  #writer: ParcelWriter | null = null;
  #cancelled = false;
  #unpacker: Unpacker | null = null;
  #known = new KnownFiles();
  #onProgress: (progress: BatchProgress) => void = () => undefined;
  #addGeo: CaseIntake['addGeo'] = () => Promise.resolve({ ok: false, message: '' });
  #digest: CaseIntake['digest'] = () => Promise.resolve('');

  async connect(
    toCase: MessagePort,
    onProgress: (progress: BatchProgress) => void,
    life: string,
    startUnpacker: StartHelper,
  ): Promise<void> {
    this.#unpacker = new Unpacker(startUnpacker);
    this.#onProgress = onProgress;
    await holdForLife(life);
    const intake = Comlink.wrap<CaseIntake>(toCase);
    this.#addGeo = (path, bytes) =>
      intake.addGeo(path, Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]));
    this.#digest = (file) => intake.digest(file);
    const { ruleSet, rules, geo, known } = await intake.setup();
    this.#known = new KnownFiles(known);
    this.#writer = new ParcelWriter(ruleSet, rules, placeOf(geo), async (parcel, transfer) => {
      const receipt = await intake.accept(Comlink.transfer(parcel, transfer));
      if (receipt.ok) this.#known.stored(parcel, receipt.sha256);
      return receipt;
    });
  }

  async read(batch: FileJob[], retry: boolean): Promise<BatchReport> {
    let path = '';
    try {
      const writer = this.#connected();
      const tracker = new BatchTracker(writer, this.#onProgress);
      const work = async (): Promise<void> => {
        for await (const inHand of filesAhead(batch)) {
          if (this.#cancelled) break;
          path = inHand.job.path;
          const share = inHand.job.size / inHand.job.share.of;
          await this.#readOne(writer, inHand, retry, (bytes) => tracker.reading(Math.min(bytes, share)));
          tracker.finished(share);
        }
        await writer.flush();
      };
      await signing(() => this.#onProgress(tracker.progress()), work);
      return { ok: true, progress: tracker.progress() };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error), path };
    }
  }

  async cancel(): Promise<void> {
    this.#cancelled = true;
  }

  async refuse(path: string, bytes: number, reason: string): Promise<BatchReport> {
    try {
      const writer = this.#connected();
      const tracker = new BatchTracker(writer, this.#onProgress);
      writer.refuse(path, bytes, reason);
      await writer.flush();
      tracker.finished(bytes);
      return { ok: true, progress: tracker.progress() };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error), path };
    }
  }

  async sample(): Promise<{ path: string; text: string }[]> {
    return sampleIncident();
  }

  #connected(): ParcelWriter {
    if (!this.#writer) throw new Error('This ingest worker is not connected to a case.');
    return this.#writer;
  }

  async #readOne(
    writer: ParcelWriter,
    { job: { path, size: given, share }, whole }: FileInHand,
    retry: boolean,
    progress: (bytes: number) => void,
  ): Promise<void> {
    if (whole === null) {
      writer.refuse(
        path,
        given,
        'The browser could not read this file: it was moved or changed, or its folder may not be read. Add it again.',
      );
      return;
    }
    /** The bytes of a geo database are kept with the others of its kind, not with the logs of the case. */
    let isLog = true;
    const visitor: LogVisitor = {
      begin: async ({ path, size, original, at }: LogEntry) => {
        const bytes = original ?? whole;
        const lies = whole instanceof Blob && at >= 0 ? { file: whole, from: at, to: at + size } : bytes;
        const kept = isLog ? lies : null;
        isLog = true;
        const beginning = { path, bytes: size, retry };
        if (!this.#known.mayHold(size))
          return writer.begin({ ...beginning, sha256: this.#toHash(bytes) }, kept);
        const sha256 = this.#digestOf(bytes);
        const known = this.#known.pathOf(await sha256, size);
        if (known === undefined) return writer.begin({ ...beginning, sha256 }, kept);
        // Before it died, the worker that read it had told of it.
        if (!retry || known !== path) writer.repeat({ ...beginning, sha256 });
        return null;
      },
      database: async (entry: LogEntry, database: Uint8Array) => {
        isLog = false;
        const { ok, message } = await this.#addGeo(entry.path, database.slice());
        if (!ok) throw new GeoError(message);
        return message;
      },
      end: (_: LogEntry, outcome: LogOutcome) => writer.end(outcome),
      progress,
      cancelled: () => this.#cancelled,
    };
    // Whoever has another part reads no more of a gzip file than tells that it is no archive.
    const unpack: Gunzip = (source, report) =>
      whole instanceof Blob && share.part === 0 && this.#unpacker !== null
        ? this.#unpacker.gunzip(whole, source, report, progress)
        : gunzip(source, report);
    await readFile(fileSource(whole), path, visitor, { share, unpack });
  }

  /** The case worker has time to hash what small files hold, and mostly the bytes anyway. Large ones are not sent to be hashed. */
  #toHash(bytes: Uint8Array | Blob): Uint8Array | Promise<string> {
    return bytes instanceof Uint8Array && bytes.length <= KEPT_WHOLE ? bytes : this.#digestOf(bytes);
  }

  /** '' when the file cannot be read: what is wrong with it is found out, and told, by reading it. */
  #digestOf(bytes: Uint8Array | Blob): Promise<string> {
    return (bytes instanceof Uint8Array ? sha256(bytes) : this.#digest(bytes)).catch(() => '');
  }
}

/** Geo facts by address. */
function placeOf(geo: IngestSetup['geo']): PlaceOf | null {
  const [places, networks] = geo.map(({ kind, bytes }) =>
    kind === 'table' ? openUnpackedTable(bytes) : tolerant(openMmdb(bytes)),
  );
  if (!places) return null;
  const all = networks ? combineGeo(places, networks) : places;
  return (address) => all.lookup(address);
}
