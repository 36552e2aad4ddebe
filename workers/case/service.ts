/**
 * The case worker's answers to the page: opening and closing of cases, views, details, exports.
 */
import * as Comlink from 'comlink';
import { completeQuery, lintQuery, type Completion, type Lint } from '../../src/core/query/index.ts';
import { lintRule, parseRules, type Rule, type RuleLint } from '../../src/core/rules/index.ts';
import { CaseStore, StoreFailure } from '../../src/store/case-store.ts';
import type { CaseRow } from '../../src/store/database.ts';
import type {
  CaseApi,
  CaseEvent,
  CaseHeader,
  CaseIntake,
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
  IngestSetup,
  MarkAnswer,
  MarkChange,
  MarkTarget,
  MoreField,
  OpenAnswer,
  Parcel,
  ParcelReceipt,
  PreviewAnswer,
  Row,
  RuleSettings,
  RulesAnswer,
  SavedFilter,
  Source,
  SourceState,
  StartHelper,
  StorageReport,
  TimelineAnswer,
  ViewAnswer,
  ViewSpec,
} from '../contract.ts';
import { detailOf } from './detail.ts';
import { Digests } from './digests.ts';
import { ExportRun, makeExport } from './exports.ts';
import { queryContext } from './context.ts';
import { entityAnswer } from './entity.ts';
import { GeoBook } from './geo.ts';
import { handoversOf } from './handovers.ts';
import { lockCase, type CaseLock } from './lock.ts';
import { targetsOf } from './mark-targets.ts';
import { OpenCase } from './open-case.ts';
import { ruleStatuses, rulesAnswer } from './outcomes.ts';
import { DEFAULT_SETTINGS, RuleBook } from './rule-book.ts';
import { Searchers } from './search/searchers.ts';
import { NO_SOURCES } from './sources.ts';
import { storageReport } from './storage.ts';
import { Timeline } from './timeline.ts';
import { emptyCase } from './totals.ts';
import { Views } from './views.ts';

const NO_CASE = { ok: false, message: 'No case is open.' } as const;

export class CaseService implements CaseApi, CaseIntake {
  #store: Promise<CaseStore | StoreFailure> | null = null;
  #opened: { case: OpenCase; views: Views; timeline: Timeline; lock: CaseLock | null } | null = null;
  #handoversAsked = 0;
  readonly #digests = new Digests();
  readonly #searchers = new Searchers();
  #listener: (event: CaseEvent) => void = () => undefined;
  readonly #geo = new GeoBook();
  #export: ExportRun | null = null;

  async storage(): Promise<StorageReport> {
    return storageReport(await this.#openStore());
  }

  async cases(): Promise<CaseSummary[]> {
    const stored = (await (await this.#stored())?.cases()) ?? [];
    const current = this.#opened?.case;
    const inMemory = current && !stored.some((row) => row.id === current.row.id) ? [current.row] : [];
    return [...inMemory, ...stored];
  }

  async create(name: string): Promise<OpenAnswer> {
    const row = emptyCase(name);
    await this.close();
    const store = await this.#openStore();
    await this.#geo.load(store, this.#listener);
    let reason = store instanceof CaseStore ? '' : store.message;
    if (store instanceof CaseStore) {
      try {
        await store.putCase(row);
      } catch (error) {
        reason = (error as StoreFailure).message;
      }
    }
    const lock = await lockCase(row.id, false, () => this.#lost());
    return this.#use(this.#newCase(row, store, reason), lock);
  }

  async open(id: string, takeOver: boolean): Promise<OpenAnswer> {
    await this.close();
    const store = await this.#openStore();
    if (!(store instanceof CaseStore)) return { ok: false, why: 'failed', message: store.message };
    const lock = await lockCase(id, takeOver, () => this.#lost());
    if (!lock) {
      return {
        ok: false,
        why: 'busy',
        message: 'This case is open in another tab. Only one tab may change it.',
      };
    }
    try {
      const row = await store.take(id, crypto.randomUUID(), Date.now());
      if (!row) {
        lock.release();
        return { ok: false, why: 'lost', message: 'This case is not stored in this browser any more.' };
      }
      await this.#geo.load(store, this.#listener);
      const opened = this.#newCase(row, store, '');
      await opened.load();
      return this.#use(opened, lock);
    } catch (error) {
      lock.release();
      return { ok: false, why: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    this.#export?.cancel();
    await opened?.case.settled();
    opened?.lock?.release();
  }

  async rename(id: string, name: string): Promise<void> {
    const current = this.#opened?.case.row;
    if (current?.id === id) current.name = name;
    await (await this.#stored())?.rename(id, name);
  }

  async remove(id: string): Promise<void> {
    if (this.#opened?.case.row.id === id) await this.close();
    await (await this.#stored())?.remove(id);
  }

  async removeAll(): Promise<void> {
    await this.close();
    await (await this.#stored())?.removeAll();
    this.#geo.clear();
    this.#listener({ kind: 'geo' });
  }

  async searchWith(start: StartHelper): Promise<void> {
    this.#searchers.use(start);
  }

  async connect(port: MessagePort): Promise<void> {
    const intake: CaseIntake = {
      setup: () => this.setup(),
      accept: (parcel) => this.accept(parcel),
      digest: (file) => this.digest(file),
      addGeo: (path, bytes: Uint8Array<ArrayBuffer>) => this.addGeo(path, bytes),
    };
    Comlink.expose(intake, port);
  }

  async setup(): Promise<IngestSetup> {
    const opened = this.#opened?.case;
    // While rules are being matched anew, those in force are not yet those that the number stands for.
    await opened?.settled();
    const active = opened?.book.active ?? [];
    return {
      ruleSet: opened?.ruleSet ?? 0,
      rules: active.map(({ rule, query }) => ({ id: rule.id, query })),
      geo: this.#geo.forIngest(),
      known: opened?.sources.known() ?? [],
    };
  }

  async accept(parcel: Parcel): Promise<ParcelReceipt> {
    if (!this.#opened) return { ok: false, message: 'The case was closed while files were being read.' };
    return this.#opened.case.accept(parcel);
  }

  readonly digest = (file: Blob): Promise<string> => this.#digests.of(file);

  async settle(): Promise<CaseHeader> {
    if (!this.#opened) throw new Error('No case is open.');
    await this.#opened.case.settle();
    return (await this.header())!;
  }

  async header(): Promise<CaseHeader | null> {
    if (!this.#opened) return null;
    const { case: opened } = this.#opened;
    return opened.whenStored(() => {
      const statuses = ruleStatuses(opened);
      const unevaluable = statuses.filter(
        ({ outcome }) => outcome.kind === 'unevaluable' || outcome.kind === 'error',
      );
      return opened.header(unevaluable.length);
    });
  }

  async view(spec: ViewSpec): Promise<ViewAnswer> {
    const opened = this.#opened;
    return opened === null
      ? { ok: false, superseded: true }
      : opened.case.whenStored(() => opened.views.make(spec));
  }

  async prepareView(spec: ViewSpec): Promise<void> {
    await this.#opened?.views.prepare(spec);
  }

  async stopView(kind: ViewSpec['rows']): Promise<void> {
    this.#opened?.views.stop(kind);
  }

  async rows(view: number, start: number, count: number, more: readonly MoreField[] = []): Promise<Row[]> {
    return this.#opened?.views.rows(view, start, count, more) ?? [];
  }

  async position(view: number, event: number): Promise<number> {
    return this.#opened?.views.position(view, event) ?? -1;
  }

  async detail(event: number, query: string): Promise<DetailAnswer> {
    if (!this.#opened) return NO_CASE;
    const { case: opened, views } = this.#opened;
    return detailOf(opened, views.state(), event, query);
  }

  async entity(spec: EntitySpec): Promise<EntityAnswer | null> {
    const opened = this.#opened;
    if (!opened) return null;
    return opened.case.whenStored(() => {
      const { fields, revision } = opened.views.state();
      return entityAnswer(fields, revision, spec);
    });
  }

  async handovers(spec: EntitySpec): Promise<Handovers | null> {
    const turn = ++this.#handoversAsked;
    if (!this.#opened) return null;
    const { case: opened, views } = this.#opened;
    const isNewest = (): boolean => turn === this.#handoversAsked;
    const found = await handoversOf(opened, views.state().fields, spec, isNewest);
    return isNewest() ? found : null;
  }

  async sources(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): Promise<{ total: number; counts: Record<SourceState, number>; sources: Source[] }> {
    return this.#opened?.case.sources.list(start, count, state) ?? NO_SOURCES;
  }

  async rules(): Promise<RulesAnswer> {
    const opened = this.#opened?.case ?? null;
    return rulesAnswer(opened?.book ?? new RuleBook(DEFAULT_SETTINGS), opened);
  }

  async setRules(settings: RuleSettings): Promise<RulesAnswer> {
    await this.#opened?.case.setRules(settings);
    return this.rules();
  }

  async preview(query: string, rows: number): Promise<PreviewAnswer> {
    return this.#opened ? this.#opened.views.preview(query, rows) : { ok: false, superseded: true };
  }

  async checkRules(yaml: string): Promise<CheckAnswer> {
    return parseRules(yaml);
  }

  async lint(query: string): Promise<Lint[]> {
    return lintQuery(query, this.#opened ? queryContext(this.#opened.case.table) : {});
  }

  async lintRule(rule: Rule): Promise<RuleLint[]> {
    return lintRule(rule, this.#opened ? queryContext(this.#opened.case.table) : {});
  }

  async complete(query: string, cursor: number): Promise<Completion[]> {
    return completeQuery(query, cursor, this.#opened ? queryContext(this.#opened.case.table) : {});
  }

  async mark(target: MarkTarget, change: MarkChange): Promise<MarkAnswer> {
    if (!this.#opened) return NO_CASE;
    const { case: opened, views } = this.#opened;
    const targets = targetsOf(opened, views, target, change);
    if (targets === null) return { ok: false, message: 'The rows have changed. Mark what you see now.' };
    return opened.marks.add(targets, change);
  }

  async undoMark(): Promise<MarkAnswer> {
    return this.#opened?.case.marks.undo() ?? NO_CASE;
  }

  async redoMark(): Promise<MarkAnswer> {
    return this.#opened?.case.marks.redo() ?? NO_CASE;
  }

  async timeline(start: number, count: number): Promise<TimelineAnswer> {
    const opened = this.#opened;
    return opened === null
      ? { total: 0, entries: [] }
      : opened.case.whenStored(() => opened.timeline.page(start, count));
  }

  async saveFilter(name: string, query: string): Promise<SavedFilter[]> {
    return this.#opened?.case.replaceFilter(name, { name, query }) ?? [];
  }

  async removeFilter(name: string): Promise<SavedFilter[]> {
    return this.#opened?.case.replaceFilter(name, null) ?? [];
  }

  async makeReady(): Promise<void> {
    await this.geo();
    this.#geo.unpack();
    await this.rules();
  }

  async geo(): Promise<GeoInfo> {
    // The databases of an open case stay those that its findings are of.
    if (!this.#opened) await this.#geo.load(await this.#openStore(), this.#listener);
    return this.#geo.info();
  }

  async addGeo(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ ok: boolean; message: string }> {
    const answer = await this.#geo.add(path, bytes, await this.#openStore());
    if (!answer.ok) return answer;
    await this.#opened?.case.setPlaces(this.#geo.places, true);
    this.#listener({ kind: 'geo' });
    return answer;
  }

  async removeGeo(role: GeoRole): Promise<GeoInfo> {
    await this.#geo.remove(role, await this.#openStore());
    await this.#opened?.case.setPlaces(this.#geo.places, false);
    return this.#geo.info();
  }

  async export(job: ExportJob): Promise<ExportAnswer> {
    this.#export?.cancel();
    if (!this.#opened) return { ok: false, why: 'failed', message: 'No case is open.' };
    const { case: opened, views } = this.#opened;
    this.#export = new ExportRun((done, total) => this.#listener({ kind: 'exporting', done, total }));
    return makeExport(opened, views, job, await this.geo(), this.#export);
  }

  async cancelExport(): Promise<void> {
    this.#export?.cancel();
  }

  async listen(listener: (event: CaseEvent) => void): Promise<void> {
    this.#listener = listener;
  }

  #newCase(row: CaseRow, store: CaseStore | StoreFailure, reason: string): OpenCase {
    return new OpenCase(row, store instanceof CaseStore ? store : null, reason, this.#geo.places, (event) =>
      this.#listener(event),
    );
  }

  async #use(opened: OpenCase, lock: CaseLock | null): Promise<OpenAnswer> {
    const views = new Views(opened, this.#searchers, (event) => this.#listener(event));
    this.#opened = { case: opened, views, timeline: new Timeline(views), lock };
    return { ok: true, header: (await this.header())! };
  }

  /** Another tab took the case over: this one lets go of it at once. */
  #lost(): void {
    this.#opened = null;
    this.#listener({ kind: 'taken-over' });
  }

  /** The store, null when there is none. */
  async #stored(): Promise<CaseStore | null> {
    const store = await this.#openStore();
    return store instanceof CaseStore ? store : null;
  }

  #openStore(): Promise<CaseStore | StoreFailure> {
    this.#store ??= CaseStore.open((message) => this.#listener({ kind: 'failed', message })).catch(
      (error: unknown) => (error instanceof StoreFailure ? error : new StoreFailure('failed', String(error))),
    );
    return this.#store;
  }
}
