import type { CaseApi, Source, SourceState } from '../../workers/contract.ts';
import { Pages } from './pages.svelte.ts';
import type { Problems } from './problems.svelte.ts';

export type SourceFilter = SourceState | 'all';

/** The files of the case, a page at a time. */
export class Sources {
  pages: Pages<Source> | null = $state.raw(null);
  counts: Record<SourceState, number> = $state.raw({
    analysed: 0,
    partial: 0,
    refused: 0,
    repeated: 0,
    interrupted: 0,
  });
  filter: SourceFilter = $state('all');
  active = $state(-1);
  /** Counts up when the list starts anew. */
  fresh = $state(0);
  #cases: CaseApi;
  #problems: Problems;
  #turn = 0;
  #first = 0;
  #last = 64;

  constructor(cases: CaseApi, problems: Problems) {
    this.#cases = cases;
    this.#problems = problems;
  }

  clear(): void {
    this.#turn++;
    this.pages = null;
    this.active = -1;
    this.filter = 'all';
  }

  choose(filter: SourceFilter): void {
    if (filter === this.filter) return;
    this.filter = filter;
    this.active = -1;
    this.#first = 0;
    this.fresh++;
  }

  /** Reads the list again as `filter` has it. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const { filter } = this;
    try {
      const { total, counts } = await this.#cases.sources(0, 0, filter);
      const pages = new Pages<Source>(
        total,
        async (start, count) => (await this.#cases.sources(start, count, filter)).sources,
        (error) => {
          this.#problems.report('Listing files', error);
        },
      );
      await pages.want(this.#first, this.#last);
      if (turn !== this.#turn) return;
      this.pages = pages;
      this.counts = counts;
    } catch (error) {
      if (turn === this.#turn) this.#problems.report('Listing files', error);
    }
  }

  see(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    void this.pages?.want(first, last);
  }
}
