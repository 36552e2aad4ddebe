/* eslint svelte/prefer-svelte-reactivity: "off" -- the map of pages is replaced whole; what is under way is not shown */
/** Rows of one request: a few screens of them. */
const PAGE_ROWS = 128;
/** Pages kept: enough to scroll back and forth, little enough to forget. */
const MOST_PAGES = 24;

/**
 * The rows of one answer, fetched a page at a time as they come into sight. Rows that were not fetched yet are
 * undefined; reading one through `row` makes whoever reads follow its arrival.
 */
export class Pages<T> {
  readonly total: number;
  #fetch: (start: number, count: number) => Promise<T[]>;
  #failed: (error: unknown) => void;
  #pages: ReadonlyMap<number, T[]> = $state.raw(new Map());
  #under = new Map<number, Promise<void>>();

  constructor(
    total: number,
    fetch: (start: number, count: number) => Promise<T[]>,
    failed: (error: unknown) => void,
  ) {
    this.total = total;
    this.#fetch = fetch;
    this.#failed = failed;
  }

  row(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Fetches what is missing of the rows `first` to `last`; resolves when they are there or cannot be had. */
  async want(first: number, last: number): Promise<void> {
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const to = Math.floor(Math.min(last, this.total - 1) / PAGE_ROWS);
    const waits: Promise<void>[] = [];
    for (let page = from; page <= to; page++) {
      if (this.#pages.has(page)) continue;
      let fetching = this.#under.get(page);
      if (fetching === undefined) {
        fetching = this.#load(page);
        this.#under.set(page, fetching);
      }
      waits.push(fetching);
    }
    await Promise.all(waits);
  }

  /** Fetches the rows `first` to `last` again, and forgets the others: something in them has changed. */
  async renew(first: number, last: number): Promise<void> {
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const to = Math.floor(Math.max(0, Math.min(last, this.total - 1)) / PAGE_ROWS);
    this.#pages = new Map([...this.#pages].filter(([page]) => page >= from && page <= to));
    await Promise.all([...this.#pages.keys()].map((page) => this.#load(page)));
  }

  async #load(page: number): Promise<void> {
    try {
      const start = page * PAGE_ROWS;
      const rows = await this.#fetch(start, Math.min(PAGE_ROWS, this.total - start));
      const pages = new Map(this.#pages);
      pages.set(page, rows);
      for (const old of pages.keys()) {
        if (pages.size <= MOST_PAGES) break;
        if (old !== page) pages.delete(old);
      }
      this.#pages = pages;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#under.delete(page);
    }
  }
}
