/**
 * The sources of a case: every file given to it, and how it ended.
 */
import type { Tally } from '../../src/core/table/intake.ts';
import type { ClosedSource, OpenedSource } from '../../src/store/database.ts';
import type { Source, SourceState } from '../contract.ts';

export class SourceList {
  readonly all: Source[] = [];
  /** Counts over all sources, kept up to date. */
  files = 0;
  refused = 0;
  refusedRecords = 0;
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();

  /** A source begins: until it is closed it counts as interrupted. */
  open({ id, path, bytes }: OpenedSource): void {
    this.all[id] = {
      id,
      path,
      bytes,
      inflated: 0,
      sha256: '',
      state: 'interrupted',
      format: '',
      records: 0,
      kept: 0,
      duplicates: 0,
      refusedRecords: 0,
      from: NaN,
      to: NaN,
      accounts: [],
      regions: [],
      reason: 'Reading stopped before the end of this file. Add it again to read the rest.',
      notes: [],
    };
  }

  close(closed: ClosedSource): void {
    const { formatId: _, ...facts } = closed;
    Object.assign(this.all[closed.id]!, facts);
    this.files++;
    this.refusedRecords += closed.refusedRecords;
    if (closed.state === 'refused') this.refused++;
    for (const account of closed.accounts) this.#accounts.add(account);
    for (const region of closed.regions) this.#regions.add(region);
  }

  tally(counts: ReadonlyMap<number, Tally>): void {
    for (const [id, { kept, duplicates }] of counts) {
      const source = this.all[id]!;
      source.kept += kept;
      source.duplicates += duplicates;
      if (source.state === 'interrupted') source.records += kept + duplicates;
    }
  }

  list(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): { total: number; counts: Record<SourceState, number>; sources: Source[] } {
    const counts: Record<SourceState, number> = { analysed: 0, partial: 0, refused: 0, interrupted: 0 };
    for (const source of this.all) counts[source.state]++;
    const wanted = state === 'all' ? this.all : this.all.filter((source) => source.state === state);
    return { total: wanted.length, counts, sources: wanted.slice(start, start + count) };
  }

  /** Accounts and regions over all sources, sorted. */
  places(): { accounts: string[]; regions: string[] } {
    return { accounts: [...this.#accounts].sort(), regions: [...this.#regions].sort() };
  }
}
