/**
 * Views: what the page looks at. A view is a list of items in table order, made once and paged from.
 */
import { QueryError, compileQuery, type CompiledQuery } from '../../src/core/query/index.ts';
import { compileDecider } from '../../src/core/table/deciders.ts';
import { countFacet } from '../../src/core/table/facets.ts';
import { TableFields } from '../../src/core/table/fields.ts';
import { histogram } from '../../src/core/table/histogram.ts';
import { once } from '../../src/core/once.ts';
import { sortItems, timePlaces } from '../../src/core/table/order.ts';
import { itemCount, mergeAscending, rowOfItem, select, type ItemKind } from '../../src/core/table/select.ts';
import type { CaseEvent, MoreField, PreviewAnswer, Row, ViewAnswer, ViewSpec } from '../contract.ts';
import { Answers, type Answer } from './answers.ts';
import { askRecords, type Searched } from './search/ask.ts';
import { groupByAlert } from './groups.ts';
import type { OpenCase } from './open-case.ts';
import { missingFields } from './outcomes.ts';
import { ruleInfo, rowOf } from './rows.ts';
import type { Searchers } from './search/searchers.ts';

/** Views that can be paged from: the newest ones of both tabs. */
const KEPT = 4;

/** Records are looked into for so long before a part of the answer is given, and then between parts, ms. */
const FIRST_PART = 400;
const NEXT_PART = 800;
/** Telling of a part takes at most one part in so many of the time. */
const PART_SHARE = 8;

/** A list of items, sorted. */
export interface View {
  id: number;
  kind: ItemKind;
  items: Uint32Array;
}

/** What is worked out once for a state of the case. */
interface CaseState {
  revision: number;
  fields: TableFields;
  /** See `timePlaces`: worked out when it is first asked for. */
  readonly places: Uint32Array;
}

export class Views {
  #state: CaseState | null = null;
  readonly #views: View[] = [];
  #nextId = 1;
  /** The last answers of records to a query that columns left open. */
  #decided: {
    key: string;
    /** by item: 1 when it was asked */ asked: Uint8Array;
    matching: number[];
  } | null = null;
  readonly #newest: Record<ItemKind | 'preview', number> = { events: 0, findings: 0, preview: 0 };

  readonly #answers: Answers;

  /** Turns whose looking into records was ended. */
  readonly #stopped: Record<ItemKind, number> = { events: 0, findings: 0 };

  /** @param tell told of what a view has found so far */
  constructor(
    private readonly opened: OpenCase,
    private readonly searchers: Searchers,
    private readonly tell: (event: CaseEvent) => void,
  ) {
    this.#answers = new Answers(opened);
  }

  /** The fields and the time order of the case as it is now. */
  state(): CaseState {
    const { revision, table, rules, marks } = this.opened;
    if (this.#state?.revision !== revision) {
      const places = once(() => timePlaces(table));
      this.#state = {
        revision,
        fields: new TableFields(table, rules, marks.sheet, this.#state?.fields),
        get places() {
          return places();
        },
      };
    }
    return this.#state;
  }

  /** Makes a view. A view of the same kind that is still being made is given up. */
  async make(spec: ViewSpec): Promise<ViewAnswer> {
    const started = performance.now();
    const ticket = ++this.#newest[spec.rows];
    const key = this.#answers.keyOf(spec);
    const known = this.#answers.get(key);
    if (known !== undefined) return this.#show(spec, known, performance.now() - started);
    const state = this.state();
    const query = compiled(spec.query);
    if (query instanceof QueryError) return { ok: false, problem: query.problem };
    /** Views of parts of the answer: of them only the newest is kept. */
    const parts: number[] = [];
    const answer = (items: Uint32Array, searched: Searched | null): ViewAnswer & { ok: true } => {
      if (parts.length > 1) this.#drop(parts.shift()!);
      const worked = atOnce(this.#answer(spec, state, items, searched));
      if (searched === null) this.#answers.put(key, worked);
      const made = this.#show(spec, worked, performance.now() - started);
      parts.push(made.view);
      return made;
    };
    const selected = await this.#select(spec, query, state, {
      goOn: () => ticket === this.#newest[spec.rows],
      stopped: () => this.#stopped[spec.rows] === ticket,
      part: (items, searched) => {
        this.tell({ kind: 'part', spec, answer: answer(items, searched) });
      },
    });
    return selected === null ? { ok: false, superseded: true } : answer(selected.items, selected.searched);
  }

  /** Works out the answer to `spec` while nothing else is asked for, unless records must be looked into for it. */
  async prepare(spec: ViewSpec): Promise<void> {
    const asked = { ...this.#newest };
    const query = compiled(spec.query);
    const key = this.#answers.keyOf(spec);
    if (query instanceof QueryError || this.#answers.get(key) !== undefined) return;
    const state = this.state();
    const { chosen, open } = this.#decide(spec, query, state);
    if (open.length > 0) return;
    const work = this.#answer(spec, state, chosen, null);
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return this.#answers.put(key, step.value);
      // What the page asks for meanwhile goes first, and is not waited with.
      await new Promise((resolve) => setTimeout(resolve));
      const overtaken = key !== this.#answers.keyOf(spec);
      if (overtaken || this.#newest.events !== asked.events || this.#newest.findings !== asked.findings)
        return;
    }
  }

  /** Ends the looking into records for a view of this kind: what was found so far is the answer. */
  stop(kind: ItemKind): void {
    this.#stopped[kind] = this.#newest[kind];
  }

  #drop(id: number): void {
    const at = this.#views.findIndex((view) => view.id === id);
    if (at >= 0) this.#views.splice(at, 1);
  }

  /** Makes a view of an answer. */
  #show(spec: ViewSpec, { items, facts }: Answer, took: number): ViewAnswer & { ok: true } {
    const view: View = { id: this.#nextId++, kind: spec.rows, items };
    this.#views.push(view);
    if (this.#views.length > KEPT) this.#views.shift();
    return { ...facts, view: view.id, took };
  }

  /** Works an answer out, step by step. */
  *#answer(
    spec: ViewSpec,
    state: CaseState,
    items: Uint32Array,
    searched: Searched | null,
  ): Generator<undefined, Answer, void> {
    const { table, rules } = this.opened;
    const sorted = sortItems(items, spec.rows, spec.sort, state.fields, state.places);
    yield;
    const bars = histogram(state.fields, spec.rows, items, spec.bars, spec, spec.ahead);
    const facets: Answer['facts']['facets'] = [];
    for (const { field, top, search } of spec.facets) {
      yield;
      facets.push({ field, ...countFacet(state.fields, spec.rows, items, field, top, search) });
    }
    yield;
    return {
      items: sorted,
      facts: {
        ok: true,
        revision: state.revision,
        total: items.length,
        of: itemCount(table, spec.rows),
        events: bars.undated + bars.events.reduce((sum, n) => sum + n, 0),
        facets,
        histogram: bars,
        summaries: spec.rows === 'events' ? state.fields.countSummaries(items) : 0,
        groups: spec.rows === 'findings' ? groupByAlert(table, rules.map(ruleInfo), items) : [],
        searched,
      },
    };
  }

  /** What a query finds among the events, without making a view. A newer preview gives the older one up. */
  async preview(text: string, count: number): Promise<PreviewAnswer> {
    const ticket = ++this.#newest.preview;
    const state = this.state();
    const query = compiled(text);
    if (query instanceof QueryError) return { ok: false, problem: query.problem };
    const spec = { rows: 'events' as const, from: null, to: null };
    const selected = await this.#select(spec, query, state, {
      goOn: () => ticket === this.#newest.preview,
      stopped: () => false,
      part: () => undefined,
    });
    if (selected === null) return { ok: false, superseded: true };
    const found = selected.items;
    const newest = [{ field: 'time' as const, descending: true }];
    const first = sortItems(found, 'events', newest, state.fields, state.places).subarray(0, count);
    return {
      ok: true,
      count: found.length,
      of: state.fields.table.rows,
      rows: Array.from(first, (row) => rowOf(state.fields, row, null)),
      missing: found.length > 0 ? [] : missingFields(this.opened, query?.requires ?? []),
    };
  }

  /** @returns a view by its number, undefined when it is too old */
  get(id: number): View | undefined {
    return this.#views.find((view) => view.id === id);
  }

  /** @returns rows `start` to `start + count` of a view; fewer at its end, none when it is too old */
  rows(id: number, start: number, count: number, more: readonly MoreField[] = []): Row[] {
    const view = this.get(id);
    if (!view) return [];
    const { fields } = this.state();
    return Array.from(view.items.subarray(start, start + count), (item) => {
      const row = rowOfItem(fields.table, view.kind, item);
      return rowOf(
        fields,
        row,
        view.kind === 'findings' ? fields.table.hitRule[item]! : null,
        undefined,
        more,
      );
    });
  }

  /** @returns number of the first row of a view that is about `event`; -1 for none, or when the view is too old */
  position(id: number, event: number): number {
    const view = this.get(id);
    if (!view) return -1;
    const { table } = this.opened;
    return view.items.findIndex((item) => rowOfItem(table, view.kind, item) === event);
  }

  /** What the columns tell: the items that a view lists, and those that only their records can tell of. */
  #decide(
    spec: Pick<ViewSpec, 'rows' | 'from' | 'to'>,
    query: CompiledQuery | null,
    state: CaseState,
  ): ReturnType<typeof select> {
    const { table } = this.opened;
    if (query === null) return select(table, spec.rows, null, spec);
    let current = 0;
    const virtuals =
      spec.rows === 'events' ? state.fields.eventVirtuals() : state.fields.findingVirtuals(() => current);
    const decider = compileDecider(query.plan, table, virtuals);
    return select(table, spec.rows, decider, spec, (item) => (current = item));
  }

  /** @returns the items that a view lists, ascending; null when it was given up */
  async #select(
    spec: Pick<ViewSpec, 'rows' | 'from' | 'to'>,
    query: CompiledQuery | null,
    state: CaseState,
    { goOn, stopped, part }: Course,
  ): Promise<{ items: Uint32Array; searched: Searched | null } | null> {
    const { table } = this.opened;
    const { chosen, open } = this.#decide(spec, query, state);
    if (open.length === 0 || query === null) return { items: chosen, searched: null };

    const key = `${spec.rows} ${state.revision} ${this.opened.marks.sheet.version} ${query.text}`;
    if (this.#decided?.key !== key) {
      this.#decided = { key, asked: new Uint8Array(itemCount(table, spec.rows)), matching: [] };
    }
    const { asked, matching } = this.#decided;
    const found = (): Uint32Array => mergeAscending(chosen, Uint32Array.from(matching).sort());
    const left = open.filter((item) => asked[item] === 0);
    const tell = (item: number, matches: boolean): void => {
      asked[item] = 1;
      if (matches) matching.push(item);
    };
    let next = performance.now() + FIRST_PART;
    const { opened, searchers } = this;
    const follow = (far: Searched): boolean => {
      if (!goOn() || stopped()) return false;
      const now = performance.now();
      if (now >= next) {
        part(found(), { ...far });
        next = performance.now() + Math.max(NEXT_PART, (performance.now() - now) * PART_SHARE);
      }
      return true;
    };
    const { fields } = state;
    const searched = await askRecords(opened, searchers, fields, spec.rows, query, left, tell, follow);
    if (!goOn()) return null;
    // Records that cannot be had are not waited for.
    return { items: found(), searched: stopped() && searched.done < searched.total ? searched : null };
  }
}

/** Does all the steps of a work one after another. */
function atOnce<T>(work: Generator<undefined, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** How a selection is followed. */
interface Course {
  /** Asked now and then: false gives it up. */
  goOn(): boolean;
  /** Asked now and then: true ends it with what was found so far. */
  stopped(): boolean;
  /** Told what was found so far, when it takes long. */
  part(items: Uint32Array, searched: Searched): void;
}

/** @returns the query, null for an empty one, or what is wrong with it */
function compiled(text: string): CompiledQuery | QueryError | null {
  if (text.trim() === '') return null;
  try {
    return compileQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}
