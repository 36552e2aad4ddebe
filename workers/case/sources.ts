/**
 * The sources of a case: every file given to it, and how it ended. Files are told apart by their bytes: what the case
 * has read to the end is not taken in twice, and what broke off is read again in its place.
 */
import { bytesKey } from '../../src/core/bytes/key.ts';
import type { Tally } from '../../src/core/table/intake.ts';
import type { ClosedSource, OpenedSource } from '../../src/store/database.ts';
import type { Source, SourceState } from '../contract.ts';
import type { IdentifiedSource } from './digests.ts';

/** What a source is that begins to be read. */
export interface Arrival {
  /** Its number: a new one, or that of the source whose reading broke off. */
  id: number;
  /** The source that has the same bytes, when there is one that was or is being read. */
  repeats?: number;
}

/** The list of sources where no case is open. */
export const NO_SOURCES = {
  total: 0,
  counts: { analysed: 0, partial: 0, refused: 0, repeated: 0, interrupted: 0 },
  sources: [],
};

export class SourceList {
  readonly all: Source[] = [];
  /** Counts over all sources, kept up to date. */
  files = 0;
  refused = 0;
  refusedRecords = 0;
  repeated = 0;
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  /** The first source with these bytes (`bytesKey`), or, where they could not be had, of this path. */
  readonly #byBytes = new Map<string, number>();
  /** Sources that reading again may give more of. */
  readonly #unfinished = new Set<number>();
  /** Sources that are being read now: they began since the case was opened. */
  readonly #live = new Set<number>();
  readonly #closed = new Set<number>();

  /**
   * Tells what a source is whose reading begins; `open` it next.
   *
   * @param begun whether the same worker began to read a source: then it has come to its end by now, and is not gone on with
   */
  arrive(
    { path, bytes, sha256, retry }: Omit<IdentifiedSource, 'key' | 'original'>,
    begun: (id: number) => boolean,
  ): Arrival {
    const next = this.all.length;
    const first =
      (sha256 === '' ? undefined : this.#byBytes.get(bytesKey(sha256, bytes))) ??
      this.#byBytes.get(unreadKey(path));
    if (first === undefined) return { id: next };
    const samePath = this.all[first]!.path === path;
    if (this.#unfinished.has(first)) {
      const goesOn = !this.#live.has(first) || (samePath && !begun(first));
      return goesOn ? { id: first } : { id: next, repeats: first };
    }
    return retry && samePath ? { id: first } : { id: next, repeats: first };
  }

  /**
   * A source begins: until it is closed it counts as interrupted.
   *
   * @param live it is being read now, not loaded
   */
  open({ id, path, bytes, sha256 = '', repeats }: OpenedSource, live: boolean): void {
    const before = this.all[id];
    if (before) this.#reopen(before);
    this.all[id] = {
      id,
      path,
      bytes,
      inflated: 0,
      sha256,
      state: repeats === undefined ? 'interrupted' : 'repeated',
      format: '',
      records: before?.records ?? 0,
      kept: before?.kept ?? 0,
      duplicates: before?.duplicates ?? 0,
      refusedRecords: 0,
      from: NaN,
      to: NaN,
      accounts: [],
      regions: [],
      reason:
        repeats === undefined
          ? 'Reading stopped before the end of this file. Add it again to read the rest.'
          : `Already in the case as ${this.all[repeats]!.path}.`,
      notes: [],
    };
    if (repeats !== undefined) return;
    this.#byBytes.set(sha256 === '' ? unreadKey(path) : bytesKey(sha256, bytes), id);
    this.#unfinished.add(id);
    if (live) this.#live.add(id);
  }

  close(closed: ClosedSource): void {
    const source = this.all[closed.id]!;
    if (source.state === 'repeated') {
      this.files++;
      this.repeated++;
      return;
    }
    if (this.#closed.has(closed.id)) this.#reopen(source);
    const { formatId: _, unfinished = false, ...facts } = closed;
    Object.assign(source, facts);
    this.#closed.add(closed.id);
    this.#live.delete(closed.id);
    if (!unfinished && closed.state !== 'refused') this.#unfinished.delete(closed.id);
    this.files++;
    this.refusedRecords += closed.refusedRecords;
    if (closed.state === 'refused') this.refused++;
    for (const account of closed.accounts) this.#accounts.add(account);
    for (const region of closed.regions) this.#regions.add(region);
  }

  /** Takes back what closing a source counted. */
  #reopen(source: Source): void {
    if (!this.#closed.delete(source.id)) return;
    this.files--;
    this.refusedRecords -= source.refusedRecords;
    if (source.state === 'refused') this.refused--;
  }

  tally(counts: ReadonlyMap<number, Tally>): void {
    for (const [id, { kept, duplicates }] of counts) {
      const source = this.all[id]!;
      source.kept += kept;
      source.duplicates += duplicates;
      if (source.state === 'interrupted') source.records += kept + duplicates;
    }
  }

  /** How many of a source's records are in the case: it is read in order, so these are its first ones. */
  taken(id: number): number {
    const { state, kept, duplicates } = this.all[id]!;
    return state === 'repeated' ? Infinity : kept + duplicates;
  }

  /** The files that were read to their end: key of their bytes, and path. */
  known(): [key: string, path: string][] {
    return [...this.#byBytes]
      .filter(([, id]) => !this.#unfinished.has(id))
      .map(([key, id]) => [key, this.all[id]!.path]);
  }

  list(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): { total: number; counts: Record<SourceState, number>; sources: Source[] } {
    const counts = { analysed: 0, partial: 0, refused: 0, repeated: 0, interrupted: 0 };
    for (const source of this.all) counts[source.state]++;
    const wanted = state === 'all' ? this.all : this.all.filter((source) => source.state === state);
    return { total: wanted.length, counts, sources: wanted.slice(start, start + count) };
  }

  /** Accounts and regions over all sources, sorted. */
  places(): { accounts: string[]; regions: string[] } {
    return { accounts: [...this.#accounts].sort(), regions: [...this.#regions].sort() };
  }
}

/** Stands for the bytes of a file that could not be read at all. */
function unreadKey(path: string): string {
  return `unread ${path}`;
}
