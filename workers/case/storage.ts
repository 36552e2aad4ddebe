/**
 * Stores an open case, parcel after parcel. When that fails, the case goes on in memory and says so; it never stores again,
 * because stored parcels must be a complete beginning of the case.
 */
import { CaseStore, StoreFailure } from '../../src/store/case-store.ts';
import type { CaseRow, OriginalsRow, ParcelRow } from '../../src/store/database.ts';
import type { CaseEvent, StorageReport } from '../contract.ts';
import type { SourceArchive } from './archive.ts';
import type { Completeness } from './completeness.ts';
import { keepParcel } from './keep-parcel.ts';
import { bytesOf } from './stored-block.ts';

/** What a case comes to, as it changes with each parcel. */
export type Totals = Pick<CaseRow, 'events' | 'findings' | 'files' | 'from' | 'to'>;

export class CaseStorage {
  /** Ends when all that was given is stored. */
  #storing: Promise<void> = Promise.resolve();
  /** Parcels that are not stored yet. */
  #behind = 0;
  /** What is to be done once none is. */
  #waiting: (() => void)[] = [];

  /**
   * @param row the case as listed: its bytes are kept up to date
   * @param store null: the case lives in memory only, for `memoryReason`
   * @param memoryReason '' while the case is stored
   * @param tell told when storing stops
   */
  constructor(
    private readonly row: CaseRow,
    readonly store: CaseStore | null,
    public memoryReason: string,
    private readonly archive: SourceArchive,
    private readonly completeness: Completeness,
    private readonly tell: (event: CaseEvent) => void,
  ) {}

  /**
   * Stores a parcel after those that were given before it.
   *
   * @param totals of the case with this parcel
   * @returns what ends when it is stored, or is known not to be
   */
  put(parcel: ParcelRow, packs: readonly OriginalsRow[], totals: Totals): Promise<void> {
    this.#behind++;
    this.#storing = this.#storing.then(async () => {
      try {
        await this.#put(parcel, packs, totals);
      } finally {
        this.#behind--;
        this.#lookAround();
      }
    });
    return this.#storing;
  }

  /** Resolves when all that was given is stored. */
  async done(): Promise<void> {
    await this.#storing;
  }

  /**
   * Looks at the case when all that is in it is stored: only of that may the page be told.
   *
   * @returns what `look` returns
   */
  whenStored<T>(look: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(look());
        } catch (error) {
          reject(error as Error);
        }
      });
      this.#lookAround();
    });
  }

  /** Lets those look who wait for it, before more comes into the case. */
  async letLook(): Promise<void> {
    if (this.#waiting.length > 0) await this.#storing;
  }

  /** Changes what is stored, where the case is. */
  async keep(write: (store: CaseStore) => Promise<void>): Promise<void> {
    if (this.store && this.memoryReason === '') await this.#stores(write(this.store));
  }

  #lookAround(): void {
    if (this.#behind === 0) for (const look of this.#waiting.splice(0)) look();
  }

  async #put(parcel: ParcelRow, packs: readonly OriginalsRow[], totals: Totals): Promise<void> {
    this.completeness.closed(parcel.closed, this.memoryReason === '');
    if (!this.store || this.memoryReason !== '') return;
    if (parcel.block) this.row.bytes += bytesOf(parcel.block);
    for (const { bytes } of packs) this.row.bytes += bytes instanceof Blob ? bytes.size : bytes.length;
    const row = { ...this.row, ...totals };
    const storing = keepParcel(this.store, parcel, packs, row).then((lost) => {
      for (const id of lost) this.archive.drop(id);
      this.row.bytes = row.bytes;
    });
    if (!(await this.#stores(storing))) {
      this.completeness.closed(parcel.closed, false);
      return;
    }
    for (const { id, original } of parcel.opened) if (original) this.archive.stored(id, original);
    await this.archive.check(packs, parcel.opened);
  }

  /** @returns whether it was stored; when not, the case goes on in memory and has said so */
  async #stores(work: Promise<void>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      const reason = error instanceof StoreFailure ? error.message : String(error);
      const rest =
        error instanceof StoreFailure && error.why === 'lost'
          ? 'What this tab shows stays in memory until it is closed.'
          : 'What was read before this is stored; the rest of this case stays in memory until the tab closes.';
      this.memoryReason = `${reason} ${rest}`;
      this.tell({ kind: 'memory-only', reason: this.memoryReason });
      return false;
    }
  }
}

/** @param store what it failed with, when there is none @returns whether cases last, and how much room there is */
export async function storageReport(store: CaseStore | StoreFailure): Promise<StorageReport> {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  return {
    persistent: store instanceof CaseStore,
    reason: store instanceof CaseStore ? '' : store.message,
    usage: estimate?.usage ?? 0,
    quota: estimate?.quota ?? 0,
  };
}
