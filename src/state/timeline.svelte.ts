import type { CaseApi, TimelineEntry } from '../../workers/contract.ts';
import type { MarkSubject } from './marks.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import { Pages } from './pages.svelte.ts';
import type { Problems } from './problems.svelte.ts';

/** Entries of one request; `Pages` fetches at least so many. */
const FIRST = 128;

/** The events that tell the story of the incident, as the page has them in sight. */
export class Timeline {
  readonly kind = 'timeline';
  pages: Pages<TimelineEntry> | null = $state.raw(null);
  /** Entry that the keyboard is on, -1 for none. */
  active = $state(-1);
  /** Entry whose note is being written, -1 for none. */
  noting = $state(-1);
  #turn = 0;

  constructor(
    private readonly cases: CaseApi,
    private readonly navigation: Navigation,
    private readonly problems: Problems,
  ) {}

  get total(): number {
    return this.pages?.total ?? 0;
  }

  clear(): void {
    this.#turn++;
    this.pages = null;
    this.active = -1;
    this.noting = -1;
  }

  /** Reads the timeline anew; what is on display stays until the first entries in sight are there. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { total } = await this.cases.timeline(0, 0);
      if (turn !== this.#turn) return;
      const pages = new Pages<TimelineEntry>(
        total,
        async (start, count) => (await this.cases.timeline(start, count)).entries,
        (error) => {
          if (this.pages === pages) this.problems.report('Reading the timeline', error);
        },
      );
      const at = Math.max(0, Math.min(this.active, total - 1));
      await Promise.all([pages.want(0, FIRST - 1), pages.want(at, at)]);
      if (turn !== this.#turn) return;
      this.pages = pages;
      const open = this.#entryOf(this.navigation.place.event);
      this.active = open >= 0 ? open : Math.min(this.active, total - 1);
    } catch (error) {
      if (turn === this.#turn) this.problems.report('Reading the timeline', error);
    }
  }

  /** Place of an event among the entries that are at hand; -1 when it is not among them. */
  #entryOf(event: number | null): number {
    if (event === null || this.pages === null) return -1;
    for (let i = 0; i < Math.min(FIRST, this.pages.total); i++) {
      if (this.pages.row(i)?.row.event === event) return i;
    }
    return -1;
  }

  see(first: number, last: number): void {
    void this.pages?.want(first, last);
  }

  /** The entry that the keyboard is on, to be marked. */
  get subject(): MarkSubject | null {
    const entry = this.pages?.row(this.active);
    if (entry === undefined) return null;
    const { event, mark, note } = entry.row;
    return { target: { of: 'event', event }, count: 1, noun: 'event', mark, note };
  }

  /** Puts the keyboard on an entry; `open` shows its record, and a record that is open follows anyway. */
  async go(index: number, open = false): Promise<void> {
    const { pages } = this;
    if (pages === null || pages.total === 0) return;
    const to = Math.max(0, Math.min(index, pages.total - 1));
    this.active = to;
    const shown = this.navigation.place.event !== null;
    if (!open && !shown) return;
    await pages.want(to, to);
    const entry = pages.row(to);
    if (entry === undefined || this.active !== to) return;
    if (shown) this.navigation.shift({ event: entry.row.event });
    else this.navigation.go({ event: entry.row.event });
  }

  /** To the next or previous entry; the first one when there is none yet. */
  step(by: number): Promise<void> {
    return this.go(this.active < 0 ? 0 : this.active + by);
  }

  /** All entries, to be copied. */
  async all(): Promise<TimelineEntry[]> {
    return (await this.cases.timeline(0, this.total)).entries;
  }
}
