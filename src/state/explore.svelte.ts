import type {
  CaseApi,
  FacetField,
  GridField,
  MarkTarget,
  MoreField,
  Row,
  ViewAnswer,
  ViewSpec,
} from '../../workers/contract.ts';
import type { QueryProblem } from '../core/query/index.ts';
import type { Sort } from './address.ts';
import type { MarkSubject } from './marks.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import { Pages } from './pages.svelte.ts';
import type { Problems } from './problems.svelte.ts';

export type RowKind = ViewSpec['rows'];
export type View = Extract<ViewAnswer, { ok: true }>;

/** The order a grid has until it is told another: most severe first, then as things happened. */
const USUAL_SORT: Record<RowKind, Sort[]> = {
  findings: [
    { field: 'severity', descending: true },
    { field: 'time', descending: false },
  ],
  events: [{ field: 'time', descending: false }],
};

/** The full order for the column that was clicked: equal rows stand as things happened. */
export function fullSort(kind: RowKind, sort: Sort | null): Sort[] {
  if (sort === null) return USUAL_SORT[kind];
  return sort.field === 'time' ? [sort] : [sort, { field: 'time', descending: false }];
}

/** What clicking the header of `field` leads to: its first direction, the other one, the usual order. */
export function nextSort(current: Sort | null, field: GridField): Sort | null {
  const first = field === 'severity';
  if (current?.field !== field) return { field, descending: first };
  return current.descending === first ? { field, descending: !first } : null;
}

/** One screen of rows, findings or events: the answer on display and the one on its way. */
export class Explore {
  readonly kind: RowKind;
  #cases: CaseApi;
  #navigation: Navigation;
  #problems: Problems;

  /** The answer on display: it stays while a newer one is being made. */
  view: View | null = $state.raw(null);
  pages: Pages<Row> | null = $state.raw(null);
  /** What is wrong with the filter; the rows shown are those of the last one that was right. */
  problem: QueryProblem | null = $state.raw(null);
  loading = $state(false);
  /** Row that the keyboard is on, -1 for none. */
  active = $state(-1);
  /** Row that was chosen first where several are, from there to `active`; -1 for none. */
  anchor = $state(-1);
  /** Counts up when the rows are others than before, so that the grid starts at its top. */
  fresh = $state(0);

  /** Whether the grid's columns are being chosen. */
  choosingColumns = $state(false);

  /** How far each facet was unfolded, and what is looked for in it. */
  wishes: Partial<Record<FacetField, { top: number; search: string }>> = $state.raw({});

  #turn = 0;
  /** The question that is being answered, '' = none; and columns that its rows are to have. */
  #asked = '';
  #askedMore: readonly MoreField[] = [];
  /** A part of the answer to the question is on display. */
  #isPart = $state(false);
  #shown = '';
  #first = 0;
  #last = 64;

  constructor(kind: RowKind, cases: CaseApi, navigation: Navigation, problems: Problems) {
    this.kind = kind;
    this.#cases = cases;
    this.#navigation = navigation;
    this.#problems = problems;
  }

  /** Forgets everything: another case is open. */
  clear(): void {
    this.#turn++;
    this.view = null;
    this.pages = null;
    this.problem = null;
    this.loading = false;
    this.active = -1;
    this.anchor = -1;
    this.wishes = {};
    this.choosingColumns = false;
    this.#shown = '';
  }

  /**
   * Asks for `spec` and shows the answer once its first rows are there too. The newest call wins.
   *
   * @param more further columns that the rows are to have
   */
  async load(spec: ViewSpec, more: readonly MoreField[] = []): Promise<void> {
    const turn = ++this.#turn;
    this.#asked = JSON.stringify(spec);
    this.#askedMore = more;
    this.#isPart = false;
    this.loading = true;
    try {
      const answer = await this.#cases.view(spec);
      if (turn !== this.#turn) return;
      if (answer.ok) await this.#show(spec, more, answer, turn);
      else if ('problem' in answer) this.problem = answer.problem;
    } catch (error) {
      if (turn === this.#turn) this.#problems.report('Selecting rows', error);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** Has the answer worked out to a question that is likely to be asked soon. */
  prepare(spec: ViewSpec): void {
    this.#cases.prepareView(spec).catch((error: unknown) => {
      this.#problems.report('Preparing rows', error);
    });
  }

  /** Shows what was found so far for a question that takes long. */
  async part(spec: ViewSpec, answer: View): Promise<void> {
    if (!this.loading || JSON.stringify(spec) !== this.#asked) return;
    this.#isPart = true;
    await this.#show(spec, this.#askedMore, answer, this.#turn);
  }

  /** How far records are looked through for the question; null when it is not known or all were. */
  get searched(): View['searched'] {
    return this.loading && !this.#isPart ? null : (this.view?.searched ?? null);
  }

  /** Ends the looking into records: what was found so far stays. */
  async stop(): Promise<void> {
    try {
      await this.#cases.stopView(this.kind);
    } catch (error) {
      this.#problems.report('Stopping the search', error);
    }
  }

  async #show(spec: ViewSpec, more: readonly MoreField[], view: View, turn: number): Promise<void> {
    const shown = JSON.stringify([spec.query, spec.from, spec.to, spec.sort]);
    const same = shown === this.#shown;
    const question = JSON.stringify(spec);
    let renewed = false;
    const pages = new Pages<Row>(
      view.total,
      async (start, count) => {
        const rows = await this.#cases.rows(view.view, start, count, more);
        // The case worker keeps the newest views only: one that is on display for long may have gone. It is asked for
        // anew unless another question is being answered already, which must not be overtaken.
        const isAsked = this.#asked === question && this.view?.view === view.view;
        if (rows.length < count && !renewed && isAsked) {
          renewed = true;
          void this.load(spec, more);
        }
        return rows;
      },
      (error) => {
        if (this.view?.view === view.view) this.#problems.report('Reading rows', error);
      },
    );
    const height = this.#last - this.#first;
    const first = same ? Math.max(0, Math.min(this.#first, view.total - height)) : 0;
    await pages.want(first, first + height);
    // A part of the answer may be overtaken by a larger one while its rows are fetched.
    if (turn !== this.#turn || (this.view && view.view < this.view.view)) return;
    const event = this.pages?.row(this.active)?.event;
    this.view = view;
    this.pages = pages;
    this.problem = null;
    if (!same) this.fresh++;
    if (!same || pages.row(this.active)?.event !== event) {
      this.active = this.#rowOfRecord(pages, first, first + height);
      this.anchor = -1;
    }
    this.#shown = shown;
  }

  /** Asks for more values of a facet, or for those that contain `search`. */
  wish(field: FacetField, top: number, search: string): void {
    this.wishes = { ...this.wishes, [field]: { top, search } };
  }

  /** The row of the record that is open, among the rows `first` to `last`; -1 when it is not there. */
  #rowOfRecord(pages: Pages<Row>, first: number, last: number): number {
    const { event } = this.#navigation.place;
    if (event === null) return -1;
    for (let i = first; i <= last; i++) if (pages.row(i)?.event === event) return i;
    return -1;
  }

  /** Puts the keyboard on the row of `event`, which was opened from elsewhere; on none when it is not among the rows. */
  async follow(event: number): Promise<void> {
    const { view, pages } = this;
    if (view === null || pages === null || pages.row(this.active)?.event === event) return;
    const before = this.active;
    try {
      const at = await this.#cases.position(view.view, event);
      // Whoever has moved on meanwhile is not fetched back.
      if (this.view !== view || this.active !== before || this.#navigation.place.event !== event) return;
      this.active = at;
      this.anchor = -1;
      if (at >= 0) await pages.want(at, at);
    } catch (error) {
      this.#problems.report('Looking for the row of a record', error);
    }
  }

  /** Tells which rows are in sight, so that they are fetched. */
  see(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    void this.pages?.want(first, last);
  }

  /** The rows that are chosen, both included; null for none. */
  get chosen(): { from: number; to: number } | null {
    const { active, anchor } = this;
    if (active < 0) return null;
    return anchor < 0
      ? { from: active, to: active }
      : { from: Math.min(active, anchor), to: Math.max(active, anchor) };
  }

  /** The chosen rows, to be marked; null when there are none. */
  get subject(): MarkSubject | null {
    const { chosen, view, pages } = this;
    if (chosen === null || view === null) return null;
    const { from, to } = chosen;
    const noun = this.kind === 'findings' ? 'finding' : 'event';
    const row = pages?.row(this.active);
    // A row that is still on its way can be named all the same: by its place.
    if (from !== to || row === undefined) {
      return {
        target: { of: 'view', view: view.view, from, to },
        count: to - from + 1,
        noun,
        mark: null,
        note: '',
      };
    }
    const { event, rule, mark, note } = row;
    const target: MarkTarget =
      this.kind === 'findings' && rule !== null
        ? { of: 'finding', event, rule: rule.id }
        : { of: 'event', event };
    return { target, count: 1, noun, mark, note };
  }

  /** All rows of the view, or those of one alert among them. */
  all(rule?: string): MarkSubject | null {
    const { view } = this;
    if (view === null) return null;
    const group = view.groups.find((one) => one.rule.id === rule);
    return {
      target: { of: 'view', view: view.view, ...(rule === undefined ? {} : { rule }) },
      count: rule === undefined ? view.total : (group?.count ?? 0),
      noun: this.kind === 'findings' ? 'finding' : 'event',
      mark: null,
      note: '',
    };
  }

  /** Reads the rows in sight again: marks have changed, and the view made of them is on its way. */
  renew(): void {
    void this.pages?.renew(this.#first, this.#last);
  }

  /** Chooses the rows from where the choice began to `index`. */
  async extend(index: number): Promise<void> {
    const start = this.anchor >= 0 ? this.anchor : Math.max(0, this.active);
    await this.go(index);
    this.anchor = start;
  }

  /** Puts the keyboard on a row; `open` shows its record, and a record that is open follows anyway. */
  async go(index: number, open = false): Promise<void> {
    const pages = this.pages;
    if (pages === null || pages.total === 0) return;
    const to = Math.max(0, Math.min(index, pages.total - 1));
    this.active = to;
    this.anchor = -1;
    const shown = this.#navigation.place.event !== null;
    if (!open && !shown) return;
    await pages.want(to, to);
    const row = pages.row(to);
    if (row === undefined || this.active !== to || this.pages !== pages) return;
    if (shown) this.#navigation.shift({ event: row.event });
    else this.#navigation.go({ event: row.event });
  }

  /** To the next or previous row; the first one in sight when there is none yet. */
  step(by: number): Promise<void> {
    return this.go(this.active < 0 ? this.#first : this.active + by);
  }
}
