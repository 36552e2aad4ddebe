/**
 * Views: what the page looks at. A view is a list of items in table order, made once and paged from.
 */
import { QueryError, UNKNOWN, YES, compileQuery, type CompiledQuery } from '../../src/core/query/index.ts';
import type { Value } from '../../src/core/record/columns.ts';
import { compileDecider } from '../../src/core/table/deciders.ts';
import { enrich } from '../../src/core/table/enrich.ts';
import { countFacet } from '../../src/core/table/facets.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import { TableFields } from '../../src/core/table/fields.ts';
import { Haystack } from '../../src/core/table/haystack.ts';
import { histogram } from '../../src/core/table/histogram.ts';
import { sortItems, timePlaces } from '../../src/core/table/order.ts';
import { itemCount, mergeAscending, rowOfItem, select, type ItemKind } from '../../src/core/table/select.ts';
import { compileSieve } from '../../src/core/table/sieve.ts';
import type { MoreField, PreviewAnswer, Row, ViewAnswer, ViewSpec } from '../contract.ts';
import type { Span } from './archive.ts';
import { groupByAlert } from './groups.ts';
import type { OpenCase } from './open-case.ts';
import { missingFields } from './outcomes.ts';
import { ruleInfo, rowOf } from './rows.ts';

/** Views that can be paged from: the newest ones of both tabs. */
const KEPT = 4;

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
  places: Uint32Array;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Views {
  #state: CaseState | null = null;
  readonly #views: View[] = [];
  #nextId = 1;
  /** The last answer of records to a query that columns left open: -1 no, 1 yes, 0 not asked; by item. */
  #decided: { key: string; answers: Int8Array } | null = null;
  readonly #newest: Record<ItemKind | 'preview', number> = { events: 0, findings: 0, preview: 0 };

  constructor(private readonly opened: OpenCase) {}

  /** The fields and the time order of the case as it is now. */
  state(): CaseState {
    const { revision, table, rules, marks } = this.opened;
    if (this.#state?.revision !== revision) {
      this.#state = {
        revision,
        fields: new TableFields(table, rules, marks.sheet),
        places: timePlaces(table),
      };
    }
    return this.#state;
  }

  /** Makes a view. A view of the same kind that is still being made is given up. */
  async make(spec: ViewSpec): Promise<ViewAnswer> {
    const started = performance.now();
    const ticket = ++this.#newest[spec.rows];
    const { table, rules } = this.opened;
    const state = this.state();
    const query = compiled(spec.query);
    if (query instanceof QueryError) return { ok: false, problem: query.problem };
    const items = await this.#select(spec, query, state, () => ticket === this.#newest[spec.rows]);
    if (items === null) return { ok: false, superseded: true };
    const view: View = {
      id: this.#nextId++,
      kind: spec.rows,
      items: sortItems(items, spec.rows, spec.sort, state.fields, state.places),
    };
    this.#views.push(view);
    if (this.#views.length > KEPT) this.#views.shift();
    const bars = histogram(state.fields, spec.rows, items, spec.bars, spec, spec.ahead);
    return {
      ok: true,
      view: view.id,
      revision: state.revision,
      total: items.length,
      of: itemCount(table, spec.rows),
      events: bars.undated + bars.events.reduce((sum, n) => sum + n, 0),
      facets: spec.facets.map(({ field, top, search }) => ({
        field,
        ...countFacet(state.fields, spec.rows, items, field, top, search),
      })),
      histogram: bars,
      groups: spec.rows === 'findings' ? groupByAlert(table, rules.map(ruleInfo), items) : [],
      took: performance.now() - started,
    };
  }

  /** What a query finds among the events, without making a view. A newer preview gives the older one up. */
  async preview(text: string, count: number): Promise<PreviewAnswer> {
    const ticket = ++this.#newest.preview;
    const state = this.state();
    const query = compiled(text);
    if (query instanceof QueryError) return { ok: false, problem: query.problem };
    const spec = { rows: 'events' as const, from: null, to: null };
    const found = await this.#select(spec, query, state, () => ticket === this.#newest.preview);
    if (found === null) return { ok: false, superseded: true };
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

  /** @returns the items that a view lists, ascending; null when it was given up */
  async #select(
    spec: Pick<ViewSpec, 'rows' | 'from' | 'to'>,
    query: CompiledQuery | null,
    state: CaseState,
    goOn: () => boolean,
  ): Promise<Uint32Array | null> {
    const { table } = this.opened;
    if (query === null) return select(table, spec.rows, null, spec).chosen;
    let current = 0;
    const virtuals =
      spec.rows === 'events' ? state.fields.eventVirtuals() : state.fields.findingVirtuals(() => current);
    const decider = compileDecider(query.plan, table, virtuals);
    const { chosen, open } = select(table, spec.rows, decider, spec, (item) => (current = item));
    if (open.length === 0) return chosen;

    const key = `${spec.rows} ${state.revision} ${this.opened.marks.sheet.version} ${query.text}`;
    if (this.#decided?.key !== key) {
      this.#decided = { key, answers: new Int8Array(itemCount(table, spec.rows)) };
    }
    const { answers } = this.#decided;
    const left = open.filter((item) => answers[item] === 0);
    await this.#ask(spec.rows, query, state, left, answers, goOn);
    if (!goOn()) return null;
    return mergeAscending(
      chosen,
      open.filter((item) => answers[item] === 1),
    );
  }

  /**
   * Asks the records of items that the columns leave open, as far as their text does not tell.
   *
   * @param answers by item, are filled in
   */
  async #ask(
    kind: ItemKind,
    query: CompiledQuery,
    { fields }: CaseState,
    items: Uint32Array,
    answers: Int8Array,
    goOn: () => boolean,
  ): Promise<void> {
    const { table } = this.opened;
    let current = 0;
    const virtuals = kind === 'events' ? fields.eventVirtuals() : fields.findingVirtuals(() => current);
    const spans = spansOf(table, kind, items);
    const eachItem = (span: Asked, answerOf: () => boolean | null): boolean => {
      for (let i = span.first; i < span.end; i++) {
        current = items[i]!;
        const answer = answerOf();
        if (answer === null) return false;
        answers[current] = answer ? 1 : -1;
      }
      return true;
    };
    const decide = (span: Asked, json: Uint8Array): void => {
      const record: unknown = JSON.parse(decoder.decode(json));
      eachItem(span, () => {
        const known: Record<string, readonly Value[]> = {};
        for (const field of virtuals) known[field.path] = field.valuesOf(field.codeOf(span.row));
        return query.matches(enrich(record, table.placeOf, known));
      });
    };
    const sieve = compileSieve(query.plan, table, virtuals);
    const passer = sieve && {
      haystack: new Haystack(sieve),
      pass: (span: Asked) =>
        eachItem(span, () => {
          const outcome = sieve.decider.decide(table, span.row);
          return outcome === UNKNOWN ? null : outcome === YES;
        }),
    };
    await this.opened.archive.readWhatIsThere(spans, decide, goOn, passer);
  }
}

/** A record that is asked, and where in the list its items stand. */
interface Asked extends Span {
  row: number;
  first: number;
  end: number;
}

/** @param items ascending; findings of one event need not stand together */
function spansOf(table: EventTable, kind: ItemKind, items: Uint32Array): Asked[] {
  if (kind === 'findings') items.sort((a, b) => table.hitRow[a]! - table.hitRow[b]!);
  const spans: Asked[] = [];
  for (let first = 0; first < items.length;) {
    const row = rowOfItem(table, kind, items[first]!);
    let end = first + 1;
    while (end < items.length && rowOfItem(table, kind, items[end]!) === row) end++;
    spans.push({ row, first, end, ...table.spanOf(row) });
    first = end;
  }
  return spans;
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
