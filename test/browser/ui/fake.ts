/**
 * A case worker that lives in the test: rows are worked out from their number, so that a case of a
 * million events costs nothing, and every run of a test sees the same.
 */
import type {
  CaseApi,
  CaseEvent,
  CaseHeader,
  CaseSummary,
  CheckAnswer,
  DetailAnswer,
  EntityAnswer,
  EntitySpec,
  Handovers,
  ExportAnswer,
  ExportJob,
  GeoInfo,
  GeoRole,
  MarkAnswer,
  MarkChange,
  MarkTarget,
  MoreField,
  OwnGeo,
  OpenAnswer,
  PreviewAnswer,
  Row,
  RuleSettings,
  RulesAnswer,
  SavedFilter,
  Source,
  SourceState,
  StorageReport,
  TimelineAnswer,
  ViewAnswer,
  ViewSpec,
} from '../../../workers/contract.ts';
import { completeQuery, lintQuery, type Completion, type Lint } from '../../../src/core/query/index.ts';
import { lintRule, parseRules, type Rule, type RuleLint } from '../../../src/core/rules/index.ts';
import { splitClauses } from '../../../src/state/clauses.ts';
import { fakeEntity, fakeFindings, fakeHandovers } from './fake-entity.ts';
import { fakeFacet } from './fake-facet.ts';
import { FakeMarks } from './fake-marks.ts';
import { BUILT_IN_GEO } from './fake-geo.ts';
import { AS_SHIPPED, rulesUnder } from './fake-rules.ts';
import { FakeWorld } from './fake-world.ts';

export interface FakeSize {
  events: number;
  sources?: number;
  /** Every how many events there is a finding; 0 = none at all. */
  findingEvery?: number;
}

export class FakeCase implements CaseApi {
  readonly world: FakeWorld;
  /** Geo databases that the person added. */
  ownGeo: OwnGeo[] = [];
  /** What the page asked for, in order. */
  readonly specs: ViewSpec[] = [];
  readonly prepared: ViewSpec[] = [];
  readonly removed: string[] = [];
  readonly marks: FakeMarks;
  summaries: CaseSummary[] = [];
  header_: CaseHeader | null = null;
  storageKind: CaseHeader['storage'] = { kind: 'stored' };
  /** Set to have the next call of `open` refused. */
  refuseOpen: Extract<OpenAnswer, { ok: false }> | null = null;
  rulesAnswer: RulesAnswer;
  /** What was set, and what was asked for while an alert was written, in order. */
  readonly settings: RuleSettings[] = [];
  readonly previews: string[] = [];
  /** Set to have answers wait. */
  holdRules: Promise<void> = Promise.resolve();
  holdCompletions: Promise<void> = Promise.resolve();
  holdExport: Promise<void> = Promise.resolve();
  /** Downloads that were asked for, in order. */
  readonly jobs: ExportJob[] = [];
  #giveUp: () => void = () => undefined;
  #views = new Map<number, { kind: ViewSpec['rows']; rows: (i: number) => number; total: number }>();
  #next = 1;
  #listener: (event: CaseEvent) => void = () => undefined;

  constructor(size: FakeSize) {
    this.world = new FakeWorld(size.events, size.sources ?? 40, size.findingEvery ?? 7);
    this.rulesAnswer = rulesUnder(AS_SHIPPED);
    this.marks = new FakeMarks(
      (target) => this.#eventsOf(target),
      (event) => this.world.row(event, 'events'),
    );
  }

  async setRules(settings: RuleSettings): Promise<RulesAnswer> {
    this.settings.push(settings);
    await this.holdRules;
    this.rulesAnswer = rulesUnder(settings);
    if (this.header_) this.header_ = { ...this.header_, revision: this.header_.revision + 1 };
    return this.rulesAnswer;
  }

  preview(query: string, rows: number): Promise<PreviewAnswer> {
    this.previews.push(query);
    const { events } = this.world;
    if (query.includes('nowhere')) {
      return Promise.resolve({ ok: true, count: 0, of: events, rows: [], missing: ['nowhere'] });
    }
    const found = Array.from({ length: Math.min(rows, 3) }, (_, i) => this.world.row(i, 'events'));
    return Promise.resolve({ ok: true, count: 214, of: events, rows: found, missing: [] });
  }

  checkRules(yaml: string): Promise<CheckAnswer> {
    return Promise.resolve(parseRules(yaml));
  }

  readonly lintRule = (rule: Rule): Promise<RuleLint[]> => Promise.resolve(lintRule(rule));
  readonly lint = (query: string): Promise<Lint[]> => Promise.resolve(lintQuery(query));

  async complete(query: string, cursor: number): Promise<Completion[]> {
    await this.holdCompletions;
    return completeQuery(query, cursor, { fields: new Set(['eventName', 'errorCode']) });
  }

  makeReady = (): Promise<void> => Promise.resolve();

  geo = (): Promise<GeoInfo> => Promise.resolve({ ...BUILT_IN_GEO, own: this.ownGeo });

  removeGeo(role: GeoRole): Promise<GeoInfo> {
    this.ownGeo = this.ownGeo.filter((one) => one.role !== role);
    return this.geo();
  }

  saveFilter(name: string, query: string): Promise<SavedFilter[]> {
    return this.#setFilters([...this.#filtersBut(name), { name, query }]);
  }

  removeFilter(name: string): Promise<SavedFilter[]> {
    return this.#setFilters(this.#filtersBut(name));
  }

  mark(target: MarkTarget, change: MarkChange): Promise<MarkAnswer> {
    return Promise.resolve(this.marks.mark(target, change));
  }

  undoMark(): Promise<MarkAnswer> {
    return Promise.resolve(this.marks.undo());
  }

  redoMark(): Promise<MarkAnswer> {
    return Promise.resolve(this.marks.redo());
  }

  timeline(start: number, count: number): Promise<TimelineAnswer> {
    return Promise.resolve(this.marks.timeline(start, count));
  }

  #eventsOf(target: MarkTarget): number[] | null {
    if (target.of === 'entity') return fakeFindings(this.world, target);
    if (target.of !== 'view') return [target.event];
    const view = this.#views.get(target.view);
    if (!view) return null;
    const { from = 0, to = view.total - 1, rule } = target;
    const events = Array.from({ length: to - from + 1 }, (_, i) => view.rows(from + i));
    return events.filter((event) => rule === undefined || this.world.rule(event)?.id === rule);
  }

  #filtersBut(name: string): SavedFilter[] {
    return (this.header_?.filters ?? []).filter((one) => one.name !== name);
  }

  #setFilters(filters: SavedFilter[]): Promise<SavedFilter[]> {
    if (this.header_) this.header_ = { ...this.header_, filters };
    return Promise.resolve(filters);
  }

  tell(event: CaseEvent): void {
    this.#listener(event);
  }

  /** As a case worker that has made many newer views. */
  forgetViews(): void {
    this.#views.clear();
  }

  storage(): Promise<StorageReport> {
    const persistent = this.storageKind.kind === 'stored';
    const reason = this.storageKind.kind === 'memory' ? this.storageKind.reason : '';
    return Promise.resolve({ persistent, reason, usage: 84_200_000, quota: 6_400_000_000 });
  }

  cases(): Promise<CaseSummary[]> {
    return Promise.resolve(this.summaries);
  }

  create(name: string): Promise<OpenAnswer> {
    const header: CaseHeader = {
      ...this.world.header('case-new', name, this.storageKind),
      events: 0,
      duplicates: 0,
      findings: 0,
      files: 0,
      refusedFiles: 0,
      refusedRecords: 0,
      from: NaN,
      to: NaN,
      accounts: [],
      regions: [],
      revision: 0,
    };
    this.header_ = header;
    return Promise.resolve({ ok: true, header });
  }

  open(id: string, takeOver: boolean): Promise<OpenAnswer> {
    if (this.refuseOpen && !takeOver) return Promise.resolve(this.refuseOpen);
    const name = this.summaries.find((one) => one.id === id)?.name ?? 'invictus-2023-07';
    this.header_ = this.world.header(id, name, this.storageKind);
    return Promise.resolve({ ok: true, header: this.header_ });
  }

  close(): Promise<void> {
    this.header_ = null;
    return Promise.resolve();
  }

  rename(id: string, name: string): Promise<void> {
    this.summaries = this.summaries.map((one) => (one.id === id ? { ...one, name } : one));
    if (this.header_?.id === id) this.header_ = { ...this.header_, name };
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.removed.push(id);
    this.summaries = this.summaries.filter((one) => one.id !== id);
    return Promise.resolve();
  }

  removeAll(): Promise<void> {
    this.summaries = [];
    return Promise.resolve();
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends a run: everything is in the case. */
  settle(): Promise<CaseHeader> {
    const { id, name } = this.header_ ?? { id: 'case-new', name: 'New case' };
    this.header_ = this.world.header(id, name, this.storageKind);
    return Promise.resolve(this.header_);
  }

  header(): Promise<CaseHeader | null> {
    return Promise.resolve(this.header_ && { ...this.header_, marks: this.marks.totals() });
  }

  async prepareView(spec: ViewSpec): Promise<void> {
    this.prepared.push(spec);
  }

  /** Understands `field:value` clauses joined by AND; anything with a `(` at its end is an error. */
  view(spec: ViewSpec): Promise<ViewAnswer> {
    this.specs.push(spec);
    if (spec.query.trimEnd().endsWith('(')) {
      const picture = `${spec.query}\n${' '.repeat(spec.query.length)}^`;
      const message = 'The parenthesis is never closed: a value or a group is missing here.';
      const at = spec.query.length;
      return Promise.resolve({
        ok: false,
        problem: { message, line: 1, column: at + 1, from: at, to: at, picture },
      });
    }
    const number = this.#next++;
    const { world } = this;
    const all =
      (this.header_?.events ?? 0) === 0 ? 0 : spec.rows === 'findings' ? world.findings : world.events;
    const eventOf = (i: number): number => (spec.rows === 'findings' ? world.eventOfFinding(i) : i);
    let total = all;
    let rows = eventOf;
    const clauses = splitClauses(spec.query) ?? [];
    if (clauses.length > 0 || spec.from !== null || spec.to !== null) {
      const chosen: number[] = [];
      for (let i = 0; i < Math.min(all, 50_000); i++) {
        const event = eventOf(i);
        const time = world.time(event);
        if (spec.from !== null && !(time >= spec.from)) continue;
        if (spec.to !== null && !(time <= spec.to)) continue;
        if (clauses.every((clause) => world.matches(event, clause))) chosen.push(event);
      }
      total = chosen.length;
      rows = (i) => chosen[i] ?? 0;
    }
    this.#views.set(number, { kind: spec.rows, rows, total });
    const sample = Array.from({ length: Math.min(total, 5000) }, (_, i) => rows(i));
    return Promise.resolve({
      ok: true,
      view: number,
      revision: this.header_?.revision ?? 0,
      total,
      of: all,
      events: spec.rows === 'findings' ? Math.round(total * 0.93) : total,
      facets: spec.facets.map(({ field, top, search }) => fakeFacet(world, field, top, search ?? '', sample)),
      histogram: world.histogram(sample, spec.bars),
      summaries: 0,
      groups: spec.rows === 'findings' ? world.groups(sample) : [],
      searched: null,
      took: 3,
    });
  }

  /** Kinds of rows that looking into records was ended for. */
  readonly stopped: ViewSpec['rows'][] = [];

  stopView(kind: ViewSpec['rows']): Promise<void> {
    this.stopped.push(kind);
    return Promise.resolve();
  }

  rows(view: number, start: number, count: number, more: readonly MoreField[] = []): Promise<Row[]> {
    const known = this.#views.get(view);
    if (!known) return Promise.resolve([]);
    const values = Object.fromEntries(more.map((path) => [path, `${path} of it`]));
    return Promise.resolve(
      Array.from({ length: count }, (_, i) => ({
        ...this.marks.on(this.world.row(known.rows(start + i), known.kind)),
        more: values,
      })),
    );
  }

  position(view: number, event: number): Promise<number> {
    const known = this.#views.get(view);
    const all = known?.kind === 'findings' ? this.world.findings : this.world.events;
    for (let i = 0; known && i < Math.min(all, 50_000); i++) {
      if (known.rows(i) === event) return Promise.resolve(i);
    }
    return Promise.resolve(-1);
  }

  detail(event: number): Promise<DetailAnswer> {
    if (event >= this.world.events) {
      return Promise.resolve({ ok: false, message: 'This event is not in the case any more.' });
    }
    const detail = this.world.detail(event);
    const row = this.marks.on(detail.row);
    const { mark, note } = row;
    const findings = detail.findings.map((finding) => ({ ...finding, mark, note }));
    return Promise.resolve({ ok: true, detail: { ...detail, row, findings } });
  }

  entity(spec: EntitySpec): Promise<EntityAnswer> {
    return Promise.resolve(fakeEntity(this.world, this.marks, spec, this.header_?.revision ?? 0));
  }

  handovers(spec: EntitySpec): Promise<Handovers> {
    return Promise.resolve(fakeHandovers(this.world, spec));
  }

  sources(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): Promise<{ total: number; counts: Record<SourceState, number>; sources: Source[] }> {
    return Promise.resolve(this.world.sourcePage(start, count, state));
  }

  rules(): Promise<RulesAnswer> {
    return Promise.resolve(this.rulesAnswer);
  }

  async export(job: ExportJob): Promise<ExportAnswer> {
    this.jobs.push(job);
    const given = new Promise<void>((resolve) => (this.#giveUp = resolve));
    let cancelled = false;
    await Promise.race([this.holdExport, given.then(() => (cancelled = true))]);
    if (cancelled) return { ok: false, why: 'cancelled' };
    if (job.kind === 'report')
      return { ok: true, blob: new Blob(['report']), rows: 7, name: `report.${job.format}` };
    if (!this.#views.has(job.view)) return { ok: false, why: 'failed', message: 'This view is too old.' };
    return { ok: true, blob: new Blob(['event_time,severity\n']), rows: 412, name: `findings.${job.kind}` };
  }

  cancelExport(): Promise<void> {
    this.#giveUp();
    return Promise.resolve();
  }

  searchWith(): Promise<void> {
    return Promise.resolve();
  }

  listen(listener: (event: CaseEvent) => void): Promise<void> {
    this.#listener = listener;
    return Promise.resolve();
  }
}
