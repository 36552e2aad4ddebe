/**
 * Gathers what an ingest worker reads into parcels for the case worker: blocks of events, the sources they
 * are from, and the original bytes.
 */
import { wasm } from 'virtual:scanner';
import { loadEngine } from '../../src/core/scan/index.ts';
import type { LogOutcome, RecordSink } from '../../src/core/formats/index.ts';
import { RuleSet } from '../../src/core/detect/rule-set.ts';
import { compileQuery } from '../../src/core/query/index.ts';
import type { Block } from '../../src/core/table/block.ts';
import { BlockBuilder, transferables } from '../../src/core/table/builder.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import type { PlaceOf, Vocabulary } from '../../src/core/table/rows.ts';
import type {
  ArrivingSource,
  CaseProgress,
  OriginalBytes,
  Parcel,
  ParcelReceipt,
  RuleForMatching,
  SourceReport,
} from '../contract.ts';

/** Original bytes that a parcel gathers before it is sent: rows of this size store fastest. */
const ENOUGH_BYTES = 4 << 20;

/** A source as it begins. */
export interface Beginning extends Omit<ArrivingSource, 'key' | 'original' | 'sha256'> {
  /** Its bytes may be read before it is there. '' when they cannot be had. Of bytes the case worker makes it. */
  sha256: Promise<string> | Uint8Array;
}

/** A parcel that can be sent once the digests are there of the sources that began in it. */
interface Packed {
  parcel: Parcel;
  digests: Promise<unknown>;
}

/** What is known of a source that was not read. */
const UNREAD = {
  inflated: 0,
  formatId: '',
  format: '',
  records: 0,
  refusedRecords: 0,
  from: NaN,
  to: NaN,
  accounts: [],
  regions: [],
  reason: '',
  notes: [],
};

/**
 * Parcels under way at a time: while the case worker answers the page, which may take it some tenths of a second, reading
 * goes on.
 */
const MOST_UNDER_WAY = 8;
/** Parcels of some 2 MB each that wait for the digest of a large file meanwhile. */
const MOST_HELD = 24;

type Send = (parcel: Parcel, transfer: Transferable[]) => Promise<ParcelReceipt>;

export class ParcelWriter {
  readonly #session = crypto.randomUUID();
  readonly #builder: BlockBuilder;
  readonly #rules: RuleSet;
  readonly #queries: { matches(record: unknown): boolean }[];
  readonly #vocabulary: { -readonly [K in keyof Vocabulary]: Vocabulary[K] };
  #nextKey = 0;
  /** Of the source in hand. */
  #current: { key: number; path: string; bytes: number } | null = null;
  #opened: Parcel['opened'] = [];
  /** Of those opened. */
  #digests: Promise<void>[] = [];
  #closed: Parcel['closed'] = [];
  #openedBytes = 0;
  /** Parcels with a full block, which wait for the next pause between records. */
  #ready: Packed[] = [];
  /** Sources below this key are closed and stored. */
  #settledKey = 0;
  #stored: CaseProgress | null = null;
  /** The newest parcels, which the case worker may not have stored yet; one that failed stays. */
  readonly #underWay: Promise<void>[] = [];
  /** How many of them wait for their digests. */
  #held = 0;
  /** Parcels are sent in order, each once its digests are there. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ruleSet: number,
    rules: readonly RuleForMatching[],
    private readonly placeOf: PlaceOf | null,
    private readonly send: Send,
  ) {
    this.#builder = new BlockBuilder(
      loadEngine(wasm),
      () => this.#seal(),
      () => this.#drain(),
    );
    this.#vocabulary = {
      values: this.#builder.engine.values,
      topLevelKeys: new Set(),
      placeOf,
    };
    const queries = rules.map((rule) => compileQuery(rule.query));
    this.#queries = queries;
    this.#rules = new RuleSet(queries, this.#vocabulary);
  }

  /** Key that the next source will have. */
  get nextKey(): number {
    return this.#nextKey;
  }

  /** Sources with a lower key are closed, and stored with all their events. */
  get settledKey(): number {
    return this.#settledKey;
  }

  /** What the case had stored when it took the last parcel. */
  get stored(): CaseProgress | null {
    return this.#stored;
  }

  /** A source begins. @returns the sink for its records */
  begin({ path, bytes, sha256, retry }: Beginning, original: OriginalBytes): RecordSink {
    const key = this.#nextKey++;
    this.#current = { key, path, bytes };
    const own = original instanceof Uint8Array ? ownBytes(original) : original;
    const opened: ArrivingSource = { key, path, bytes, sha256: '', retry, original: own };
    this.#opened.push(opened);
    if (sha256 instanceof Uint8Array)
      opened.sha256 = sha256 === original ? (own as Uint8Array) : ownBytes(sha256);
    else this.#digests.push(sha256.then((digest) => void (opened.sha256 = digest)));
    this.#openedBytes += packedSize(own);
    this.#builder.beginSource(key);
    return this.#builder;
  }

  /** The source in hand has ended. */
  async end(outcome: LogOutcome): Promise<void> {
    const { key, path, bytes } = this.#current!;
    const counts = this.#builder.counts;
    const notes = [...outcome.notes];
    if (counts.badUtf8 > 0) {
      notes.push(
        `${counts.badUtf8} ${counts.badUtf8 === 1 ? 'record holds' : 'records hold'} bytes that are not valid UTF-8.`,
      );
    }
    this.#close(key, {
      path,
      bytes,
      inflated: outcome.inflated,
      state: outcome.state,
      unfinished: outcome.unfinished,
      formatId: outcome.formatId,
      format: outcome.format,
      records: counts.records,
      refusedRecords: outcome.refusedRecords,
      from: counts.from,
      to: counts.to,
      accounts: [...counts.accounts],
      regions: [...counts.regions],
      reason: outcome.reason,
      notes,
    });
    if (this.#openedBytes >= ENOUGH_BYTES) await this.#handOn();
  }

  /** A file that could not even be read. */
  refuse(path: string, bytes: number, reason: string): void {
    this.begin({ path, bytes, sha256: Promise.resolve(''), retry: true }, null);
    const facts = { ...UNREAD, path, bytes, format: 'unreadable file', reason };
    this.#close(this.#current!.key, { ...facts, state: 'refused' });
  }

  /** A file whose bytes the case has: it is listed and not read. */
  repeat(file: Beginning): void {
    this.begin(file, null);
    const { path, bytes } = file;
    this.#close(this.#current!.key, { ...UNREAD, path, bytes, state: 'analysed' });
  }

  /** Hands on everything read so far. Resolves when the case worker has stored it. */
  async flush(): Promise<void> {
    await this.#handOn();
    while (this.#underWay.length > 0) await this.#oldest();
  }

  /** Sends everything read so far. */
  async #handOn(): Promise<void> {
    if (this.#builder.rows > 0) this.#seal();
    await this.#drain();
    if (this.#opened.length > 0 || this.#closed.length > 0) await this.#dispatch(this.#parcel(null));
  }

  #close(key: number, report: SourceReport): void {
    this.#closed.push({ key, report });
    if (report.state !== 'refused') return;
    // Nothing of a refused file is evidence: its bytes are not kept.
    const opened = this.#opened.find((source) => source.key === key);
    if (!opened) return;
    this.#openedBytes -= packedSize(opened.original);
    opened.original = null;
  }

  #seal(): void {
    this.#vocabulary.topLevelKeys = new Set(this.#builder.engine.topLevelKeys());
    const records = new Map<number, unknown>();
    const hits = this.#rules.match(this.#builder.inHand(), (rule, row) => {
      if (!records.has(row)) records.set(row, enrich(this.#builder.recordAt(row), this.placeOf));
      return this.#queries[rule]!.matches(records.get(row));
    });
    this.#ready.push(this.#parcel(this.#builder.seal(hits)));
  }

  /** Everything since the last parcel. Sources that are closed by now have no event after this block. */
  #parcel(block: Block | null): Packed {
    const parcel = {
      session: this.#session,
      ruleSet: this.ruleSet,
      opened: this.#opened,
      block,
      closed: this.#closed,
    };
    const digests = Promise.all(this.#digests);
    this.#opened = [];
    this.#digests = [];
    this.#openedBytes = 0;
    this.#closed = [];
    return { parcel, digests };
  }

  async #drain(): Promise<void> {
    for (const packed of this.#ready.splice(0)) await this.#dispatch(packed);
  }

  /** Sends a parcel, once there are not too many under way. */
  async #dispatch({ parcel, digests }: Packed): Promise<void> {
    while (this.#held >= MOST_HELD || this.#underWay.length - this.#held >= MOST_UNDER_WAY) {
      await this.#oldest();
    }
    this.#held++;
    this.#turn = this.#turn.then(() => digests);
    const delivery = this.#turn.then(() => {
      this.#held--;
      return this.#deliver(parcel);
    });
    // A failure surfaces with a later parcel or the flush; until then nobody waits for it.
    delivery.catch(() => undefined);
    this.#underWay.push(delivery);
  }

  /** Waits until the oldest parcel under way is stored. */
  async #oldest(): Promise<void> {
    await this.#underWay[0];
    this.#underWay.shift();
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const receipt = await this.send(parcel, transferablesOf(parcel));
    if (!receipt.ok) throw new Error(receipt.message);
    this.#stored = receipt.progress;
    for (const { key } of parcel.closed) this.#settledKey = key + 1;
  }
}

/** What goes along with a parcel. The bytes of a source that is still being read are copied. */
function transferablesOf({ block, opened, closed }: Parcel): Transferable[] {
  const done = new Set(closed.map(({ key }) => key));
  const bytes = opened.flatMap(({ key, original, sha256 }) =>
    done.has(key) ? [original, sha256].filter((given) => given instanceof Uint8Array) : [],
  );
  // What is kept and what is hashed may be the same.
  const buffers = new Set(bytes.map(({ buffer }) => buffer as ArrayBuffer));
  return [...(block ? transferables(block) : []), ...buffers];
}

/** How much of a source's bytes is packed with those of others. */
function packedSize(original: OriginalBytes): number {
  if (original === null || original instanceof Blob) return 0;
  return original instanceof Uint8Array ? original.length : original.to - original.from;
}

/** A view goes through `postMessage` with the whole buffer behind it: an archive entry must not take its archive along. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
