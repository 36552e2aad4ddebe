/**
 * Reads and writes cases. Every method either does the whole of its work or throws a StoreFailure that says
 * in words what happened.
 */
import { Dexie, type Collection, type Table } from 'dexie';
import { LATEST_VERSION } from './versions.ts';
import {
  TrailsiftDatabase,
  type CaseRow,
  type FindingsRow,
  type GeoRow,
  type MarkRow,
  type OriginalsRow,
  type ParcelRow,
  type StoredFilter,
  type StoredParcelRow,
} from './database.ts';
import { packBlock, unpackBlock } from './packed-block.ts';

/**
 * Why storing is impossible. `quota`: the browser gives no more room; `lost`: another tab has deleted the case or
 * opened it.
 */
export class StoreFailure extends Error {
  constructor(
    readonly why: 'quota' | 'lost' | 'unavailable' | 'newer' | 'failed',
    message: string,
  ) {
    super(message);
    this.name = 'StoreFailure';
  }
}

export class CaseStore {
  readonly #db: TrailsiftDatabase;

  private constructor(db: TrailsiftDatabase) {
    this.#db = db;
  }

  /**
   * Opens the database, making or upgrading it as needed.
   *
   * @param onClosed called when another tab upgrades or deletes the database, or the browser drops it
   * @throws StoreFailure when this browser has no IndexedDB for us (private mode, blocked by policy)
   */
  static async open(onClosed: (message: string) => void, name?: string): Promise<CaseStore> {
    if (typeof indexedDB === 'undefined') {
      throw new StoreFailure('unavailable', 'This browser offers no IndexedDB to this page.');
    }
    const db = new TrailsiftDatabase(name);
    db.on('versionchange', ({ newVersion }) => {
      db.close();
      onClosed(
        newVersion === null
          ? 'Another tab deleted all data of Trailsift. Reload this page to go on.'
          : 'Another tab opened a newer version of Trailsift. Reload this page to go on.',
      );
    });
    // The connection's own event: Dexie's is fired by our closing as well.
    const watch = (): void =>
      db.backendDB().addEventListener('close', () => {
        onClosed('The browser closed the storage of this page.');
      });
    db.on('ready', watch, true);
    try {
      await db.open();
      if (db.backendDB().version > LATEST_VERSION * DEXIE_FACTOR) throw newerFailure();
      // Some private modes open a database and refuse the first write.
      await db.transaction('rw', db.cases, () => db.cases.where('id').equals('').delete());
    } catch (error) {
      db.close();
      throw failureOf(error);
    }
    return new CaseStore(db);
  }

  /** @returns all cases, last opened first */
  async cases(): Promise<CaseRow[]> {
    return this.#run(() => this.#db.cases.orderBy('opened').reverse().toArray());
  }

  async putCase(row: CaseRow): Promise<void> {
    await this.#run(() => this.#db.cases.put(row));
  }

  /**
   * Makes a caller the owner of a case. Whatever its owner before was about to write either is in the case now or
   * fails: both are transactions.
   *
   * @returns the case as it is now; undefined when it is not stored
   */
  async take(id: string, owner: string, opened: number): Promise<CaseRow | undefined> {
    const { cases } = this.#db;
    return this.#run(() =>
      this.#db.transaction('rw', cases, async () => {
        await cases.update(id, { owner, opened });
        return cases.get(id);
      }),
    );
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#run(() => this.#db.cases.update(id, { name }));
  }

  /**
   * Stores a parcel, the original bytes that came with it and the case's new totals, all or nothing.
   *
   * @throws StoreFailure `lost` when `totals.owner` is not the case's owner any more
   */
  async putParcel(parcel: ParcelRow, originals: readonly OriginalsRow[], totals: CaseRow): Promise<void> {
    const { parcels, originals: packs, cases } = this.#db;
    const row = { ...parcel, block: parcel.block && packBlock(parcel.block) };
    await this.#run(() =>
      this.#db.transaction('rw', parcels, packs, cases, async () => {
        await this.#putTotals(totals);
        await packs.bulkAdd([...originals]);
        await parcels.add(row);
      }),
    );
  }

  /** Calls `visit` with each parcel of a case, in order, and waits for it. */
  async eachParcel(id: string, visit: (parcel: ParcelRow) => void): Promise<void> {
    // In portions: all parcels at once would hold a large case in memory twice.
    for (let seq = 0; ;) {
      const portion = await this.#run(() =>
        this.#db.parcels
          .where('[caseId+seq]')
          .between([id, seq], [id, Dexie.maxKey])
          .limit(PORTION)
          .toArray(),
      );
      for (const parcel of await this.#run(() => Promise.all(portion.map(unpacked)))) visit(parcel);
      if (portion.length < PORTION) return;
      seq = portion[portion.length - 1]!.seq + 1;
    }
  }

  /** @returns the findings of changed rules, undefined when those of the parcels hold */
  async findings(id: string): Promise<FindingsRow | undefined> {
    return this.#run(() => this.#db.findings.get(id));
  }

  /**
   * Stores the findings of changed rules, with the settings that changed them.
   *
   * @throws StoreFailure `lost` when `totals.owner` is not the case's owner any more
   */
  async putFindings(row: FindingsRow, totals: CaseRow): Promise<void> {
    const { findings, cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', findings, cases, async () => {
        await this.#putTotals(totals);
        await findings.put(row);
      }),
    );
  }

  /**
   * Notes whether reading into a case has come to its end, and which files of it are not stored.
   *
   * @throws StoreFailure `lost` when the row's owner is not the case's owner any more
   */
  async putReading({ id, owner, reading, unstored }: CaseRow): Promise<void> {
    const { cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', cases, async () => {
        await this.#ownedBy(id, owner);
        await cases.update(id, { reading, unstored });
      }),
    );
  }

  /** @returns all acts of marking of a case, in order, those taken back included */
  async marks(id: string): Promise<MarkRow[]> {
    return this.#run(() => this.#ofCase(this.#db.marks, 'seq', id).toArray());
  }

  /**
   * Stores an act of marking in place of all that have its number or a later one: those were taken back.
   *
   * @throws StoreFailure `lost` when `owner` is not the case's owner any more
   */
  async putMark(row: MarkRow, owner: string): Promise<void> {
    const { marks, cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', marks, cases, async () => {
        await this.#ownedBy(row.caseId, owner);
        await this.#ofCase(marks, 'seq', row.caseId, row.seq).delete();
        await marks.add(row);
      }),
    );
  }

  /**
   * Notes that an act of marking was taken back, or done again.
   *
   * @throws StoreFailure `lost` when `owner` is not the case's owner any more
   */
  async setUndone(id: string, seq: number, undone: boolean, owner: string): Promise<void> {
    const { marks, cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', marks, cases, async () => {
        await this.#ownedBy(id, owner);
        await marks.update([id, seq], { undone });
      }),
    );
  }

  /**
   * Stores the filters that have a name.
   *
   * @throws StoreFailure `lost` when `owner` is not the case's owner any more
   */
  async putFilters(id: string, filters: StoredFilter[], owner: string): Promise<void> {
    const { cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', cases, async () => {
        await this.#ownedBy(id, owner);
        await cases.update(id, { filters });
      }),
    );
  }

  /** @returns a stored pack of original bytes, undefined when it is not there */
  async originals(id: string, pack: number): Promise<Uint8Array | Blob | undefined> {
    const row = await this.#run(() => this.#db.originals.get([id, pack]));
    return row?.bytes;
  }

  /** Deletes a case and everything stored for it. */
  async remove(id: string): Promise<void> {
    const { parcels, originals, findings, marks, cases } = this.#db;
    await this.#run(() =>
      this.#db.transaction('rw', parcels, originals, findings, marks, cases, async () => {
        await this.#ofCase(parcels, 'seq', id).delete();
        await this.#ofCase(originals, 'pack', id).delete();
        await this.#ofCase(marks, 'seq', id).delete();
        await findings.delete(id);
        await cases.delete(id);
      }),
    );
  }

  /** @returns the geo databases that the person added */
  async geoDatabases(): Promise<GeoRow[]> {
    return this.#run(() => this.#db.geo.toArray());
  }

  /** Keeps a geo database, in place of the one that was there for the same. */
  async putGeo(row: GeoRow): Promise<void> {
    await this.#run(() => this.#db.geo.put(row));
  }

  async removeGeo(role: GeoRow['role']): Promise<void> {
    await this.#run(() => this.#db.geo.delete(role));
  }

  /** Deletes the whole database: nothing of Trailsift stays in the browser's IndexedDB. */
  async removeAll(): Promise<void> {
    await this.#run(async () => {
      await this.#db.delete({ disableAutoOpen: false });
      await this.#db.open();
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Within a transaction: puts a case's totals, and ends the transaction when they are not its owner's. */
  async #putTotals(totals: CaseRow): Promise<void> {
    const stored = await this.#ownedBy(totals.id, totals.owner);
    // Whoever renames it need not own it.
    await this.#db.cases.put({ ...totals, name: stored.name });
  }

  /** Within a transaction: the case as stored; ends the transaction when it is not this owner's. */
  async #ownedBy(id: string, owner: string): Promise<CaseRow> {
    const stored = await this.#db.cases.get(id);
    if (stored === undefined) throw new StoreFailure('lost', 'This case was deleted in another tab.');
    if (stored.owner !== owner) throw new StoreFailure('lost', 'This case was opened in another tab.');
    return stored;
  }

  /** The rows of a case in a table whose key is the case and a running number, from number `from` on. */
  #ofCase<T>(
    table: Table<T, [string, number]>,
    number: 'seq' | 'pack',
    id: string,
    from = 0,
  ): Collection<T, [string, number]> {
    return table.where(`[caseId+${number}]`).between([id, from], [id, Dexie.maxKey], true, true);
  }

  async #run<T>(work: () => PromiseLike<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw failureOf(error);
    }
  }
}

async function unpacked(row: StoredParcelRow): Promise<ParcelRow> {
  const { block } = row;
  return { ...row, block: block !== null && 'bytes' in block ? await unpackBlock(block) : block };
}

/** Parcels read at a time: some tens of megabytes of columns. */
const PORTION = 16;

/** Dexie writes its version times ten into the database, and opens newer databases without a word. */
const DEXIE_FACTOR = 10;

function newerFailure(): StoreFailure {
  return new StoreFailure(
    'newer',
    'The cases in this browser were stored by a newer version of Trailsift, which this one cannot read.',
  );
}

function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const name = nameOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (name === 'QuotaExceededError') {
    return new StoreFailure('quota', 'The browser gives this page no more storage.');
  }
  if (name === 'VersionError') return newerFailure();
  if (
    ['MissingAPIError', 'SecurityError', 'InvalidStateError', 'OpenFailedError', 'UnknownError'].includes(
      name,
    )
  ) {
    // Dexie says its own name of the error and the browser's text, then the same once more.
    const [reason = ''] = text.split('\n', 1);
    return new StoreFailure(
      'unavailable',
      `This browser does not let the page store anything (${reason.trim().replace(/\.$/, '')}).`,
    );
  }
  return new StoreFailure('failed', `Storing failed: ${text}`);
}

/** Dexie wraps the browser's error: the cause is what counts. */
function nameOf(error: unknown): string {
  let name = '';
  for (let e = error; typeof e === 'object' && e !== null; e = (e as { inner?: unknown }).inner) {
    name = (e as { name?: string }).name ?? name;
  }
  return name;
}
