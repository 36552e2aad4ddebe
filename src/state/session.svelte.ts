import type {
  CaseHeader,
  CaseProgress,
  CaseSummary,
  OpenAnswer,
  StorageReport,
} from '../../workers/contract.ts';
import { carriesFiles, fromInput, type Given, type IngestProgress, type IngestRun } from '../ingest/index.ts';
import { Detail } from './detail.svelte.ts';
import { EntityPage } from './entity.svelte.ts';
import { Explore } from './explore.svelte.ts';
import { Exports } from './exports.svelte.ts';
import { Filters } from './filters.svelte.ts';
import { GeoSource } from './geo.svelte.ts';
import { Ingestion } from './ingestion.svelte.ts';
import { Marks } from './marks.svelte.ts';
import { caseName } from './naming.ts';
import { Navigation } from './navigation.svelte.ts';
import { rememberCase, rememberedCase } from './persisted.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Problems } from './problems.svelte.ts';
import { Rules } from './rules.svelte.ts';
import type { Services } from './services.ts';
import { Sources } from './sources.svelte.ts';
import { Timeline } from './timeline.svelte.ts';

/** What the whole page is showing. */
export type Phase =
  /** The case that this tab had open before a reload is being opened again. */
  | { at: 'starting' }
  | { at: 'home' }
  | { at: 'case' }
  /** A case that should be open and is not. */
  | { at: 'blocked'; why: 'busy' | 'lost' | 'failed' | 'taken-over'; id: string; message: string };

/** While reading, the case is looked at again at most this often. */
const REFRESH_EVERY_MS = 1000;
/** And that may take this share of the case worker's time: what it works out grows with the case, and holds reading up. */
const REFRESH_SHARE = 0.08;

/** The one object behind the page: which case is open, what is being read, and the state of each screen. */
export class Session {
  readonly navigation = new Navigation();
  readonly preferences = new Preferences();
  readonly problems = new Problems();
  readonly ingestion = new Ingestion();
  readonly findings: Explore;
  readonly events: Explore;
  readonly detail: Detail;
  readonly entity: EntityPage;
  readonly sources: Sources;
  readonly rules: Rules;
  readonly marks: Marks;
  readonly timeline: Timeline;
  readonly geo: GeoSource;
  readonly filters: Filters;
  readonly exports: Exports;

  phase: Phase = $state.raw({ at: rememberedCase() === '' ? 'home' : 'starting' });
  header: CaseHeader | null = $state.raw(null);
  summaries: CaseSummary[] = $state.raw([]);
  storage: StorageReport | null = $state.raw(null);
  /** One sentence on what was just given, when nothing came of it. */
  notice = $state('');

  helpShown = $state(false);
  /** Whether the command palette is open. */
  paletteShown = $state(false);
  /** The geo databases in use are shown. */
  geoShown = $state(false);

  readonly services: Services;
  /** Geo databases that were found among what is being read. */
  #databasesGiven = 0;
  /** Calls that change which case is open run one after another. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(services: Services) {
    this.services = services;
    const { cases } = services;
    this.findings = new Explore('findings', cases, this.navigation, this.problems);
    this.events = new Explore('events', cases, this.navigation, this.problems);
    this.detail = new Detail(cases, this.problems);
    this.entity = new EntityPage(cases, this.navigation, this.problems);
    this.sources = new Sources(cases, this.problems);
    this.marks = new Marks(cases, this.problems, (marks) => {
      if (this.header !== null) this.header = { ...this.header, marks };
    });
    this.timeline = new Timeline(cases, this.navigation, this.problems);
    this.rules = new Rules(cases, this.problems, () => this.refresh());
    this.geo = new GeoSource(cases, this.problems, async () => {
      this.rules.matched();
      await this.refresh();
    });
    this.filters = new Filters(cases, this.problems, (filters) => {
      if (this.header !== null) this.header = { ...this.header, filters };
    });
    this.exports = new Exports(cases, this.problems);
  }

  /** Connects to the browser and to the case worker; the returned function undoes it. */
  start(): () => void {
    const stops = [this.problems.start(), this.navigation.start()];
    void this.#begin();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #begin(): Promise<void> {
    const { cases } = this.services;
    // With no case to come back to, the start page need not wait for the case worker.
    if (rememberedCase() === '') this.phase = { at: 'home' };
    try {
      await cases.listen((event) => {
        if (event.kind === 'taken-over') this.#blocked('taken-over', this.header?.id ?? '', '');
        else if (event.kind === 'memory-only') void this.refresh();
        else if (event.kind === 'evaluating') this.rules.evaluating(event.done, event.total);
        else if (event.kind === 'part') void this[event.spec.rows].part(event.spec, event.answer);
        else if (event.kind === 'geo') this.#geoChanged();
        else if (event.kind === 'exporting') this.exports.made(event.done, event.total);
        else if (event.kind === 'failed') this.problems.report('The case worker', event.message);
      });
      await this.#list();
      const last = rememberedCase();
      if (this.summaries.some((one) => one.id === last)) await this.open(last, false);
      else if (this.phase.at === 'starting') this.phase = { at: 'home' };
      await this.#warmUp();
    } catch (error) {
      this.problems.report('Starting', error);
      this.phase = { at: 'home' };
    }
  }

  /** Makes ready what the first reading needs, while the page waits for files: geo table, rules, a worker. */
  async #warmUp(): Promise<void> {
    this.services.ingest.warmUp();
    await this.services.cases.makeReady();
  }

  /** Totals of the open case: while reading, what is safe already, though its screens have yet to follow. */
  get totals(): CaseProgress | null {
    const { header } = this;
    const { stored } = this.ingestion;
    return stored !== null && stored.files >= (header?.files ?? 0) ? stored : header;
  }

  // ------------------------------------------------------------------------------------------- which case

  /** Opens a case; `takeOver` asks the tab that has it to let go. */
  open(id: string, takeOver: boolean): Promise<void> {
    return this.#inTurn('Opening the case', async () => {
      if (this.header !== null && this.header.id !== id) await this.#leave();
      this.#opened(await this.services.cases.open(id, takeOver), id);
    });
  }

  /** Closes the case and goes back to the start page. */
  close(): Promise<void> {
    return this.#inTurn('Closing the case', async () => {
      await this.#leave();
      this.phase = { at: 'home' };
      await this.#list();
    });
  }

  rename(id: string, name: string): Promise<void> {
    return this.#inTurn('Renaming the case', async () => {
      await this.services.cases.rename(id, name);
      if (this.header?.id === id) this.header = { ...this.header, name };
      await this.#list();
    });
  }

  remove(id: string): Promise<void> {
    return this.#inTurn('Deleting the case', async () => {
      if (this.header?.id === id) await this.#leave();
      await this.services.cases.remove(id);
      if (this.header === null) this.phase = { at: 'home' };
      await this.#list();
    });
  }

  removeAll(): Promise<void> {
    return this.#inTurn('Deleting all data', async () => {
      await this.#leave();
      await this.services.cases.removeAll();
      this.phase = { at: 'home' };
      await this.#list();
    });
  }

  // --------------------------------------------------------------------------------------------- reading

  /** Reads what was given into the open case, or into a new one, after all that was given or asked for before. */
  add(given: Given): Promise<void> {
    const { ingest } = this.services;
    // A drop's files can only be taken while the drop is being handled.
    const held = ingest.hold(given);
    return this.#read(caseName(given), (onProgress) => ingest.read(held, onProgress));
  }

  /** Reads what was picked through a file input. */
  addPicked(input: HTMLInputElement): Promise<void> {
    const given = fromInput(input);
    return given.kind === 'files' && given.files.length === 0 ? Promise.resolve() : this.add(given);
  }

  /** Whether a drag over the page is one to read. */
  carriesFiles(event: DragEvent): boolean {
    return carriesFiles(event);
  }

  /** Reads the sample incident, which comes with the page. */
  sample(): Promise<void> {
    return this.#read('Sample incident', (onProgress) => this.services.ingest.sample(onProgress));
  }

  /** One run, from what was given to counts that are final. */
  async #read(
    name: string,
    start: (onProgress: (progress: IngestProgress) => void) => IngestRun,
  ): Promise<void> {
    const { ingestion, problems } = this;
    if (!(await ingestion.turn())) {
      this.notice = 'Reading was cancelled, and what waited was not read. Add it again to read it.';
      return;
    }
    this.notice = '';
    const began = performance.now();
    const watch = { over: false };
    let isNew = false;
    let repeatedBefore = 0;
    let last: IngestProgress | null = null;
    try {
      // A case that is being closed or opened: what was given goes into whatever is open afterwards.
      await this.#queue;
      isNew = this.header === null;
      // The readers take the rules with them: those that are on their way into force, not the old ones.
      await (isNew ? this.#create(name) : this.rules.settled());
      repeatedBefore = this.header?.repeatedFiles ?? 0;
      void this.#watch(watch);
      this.#databasesGiven = 0;
      last = await ingestion.follow(start);
      watch.over = true;
      this.#take(await this.services.cases.settle());
      this.rules.matched();
    } catch (error) {
      problems.report('Reading the files', error);
    } finally {
      watch.over = true;
      ingestion.finish(performance.now() - began, (this.header?.repeatedFiles ?? 0) - repeatedBefore);
    }
    if (last?.problem) problems.report('Reading the files', last.problem);
    if (last?.filesTotal === 0) {
      this.notice = 'No files in what you gave: the folder is empty.';
      if (isNew && this.header !== null) await this.remove(this.header.id);
    } else if (
      isNew &&
      this.#databasesGiven > 0 &&
      this.header?.events === 0 &&
      this.header.refusedFiles === 0
    ) {
      // Nothing but geo databases: they are for all cases, and need none of their own.
      await this.remove(this.header.id);
      this.geoShown = true;
    }
  }

  #geoChanged(): void {
    this.#databasesGiven++;
    void this.geo.changed();
  }

  /** Looks at the case again and again while a run goes on, so that what is safe can be browsed. */
  async #watch(watch: { over: boolean }): Promise<void> {
    for (let pause = REFRESH_EVERY_MS; !watch.over;) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const began = performance.now();
      if (!watch.over) await this.refresh();
      const { tab } = this.navigation;
      const view = tab === 'findings' || tab === 'events' ? this[tab].view : null;
      const took = performance.now() - began + (view?.took ?? 0);
      pause = Math.max(REFRESH_EVERY_MS, took / REFRESH_SHARE);
    }
  }

  /** Reads the case's totals again; the screens follow when they have changed. */
  async refresh(): Promise<void> {
    try {
      const header = await this.services.cases.header();
      if (header !== null && header.id === this.header?.id) this.#take(header);
    } catch (error) {
      this.problems.report('Reading the totals of the case', error);
    }
  }

  async #create(name: string): Promise<void> {
    const answer = await this.services.cases.create(name);
    this.#opened(answer, '');
    if (!answer.ok) throw new Error(answer.message);
  }

  #opened(answer: OpenAnswer, id: string): void {
    if (!answer.ok) {
      this.#blocked(answer.why, id, answer.message);
      return;
    }
    this.#take(answer.header);
    this.phase = { at: 'case' };
    rememberCase(answer.header.id);
  }

  #take(header: CaseHeader): void {
    this.header = header;
  }

  /** The case `id` is not, or no longer, ours to show. */
  #blocked(why: Extract<Phase, { at: 'blocked' }>['why'], id: string, message: string): void {
    this.ingestion.cancel();
    this.#forget();
    this.phase = { at: 'blocked', why, id, message };
  }

  async #leave(): Promise<void> {
    if (this.header !== null) await this.services.cases.close();
    this.#forget();
    this.navigation.reset();
  }

  #forget(): void {
    this.header = null;
    this.findings.clear();
    this.events.clear();
    this.detail.clear();
    this.entity.clear();
    this.sources.clear();
    this.filters.clear();
    this.rules.clear();
    this.marks.clear();
    this.timeline.clear();
    this.exports.clear();
    this.ingestion.reset();
    rememberCase('');
  }

  /** Reads the list of cases and the state of the storage. */
  async #list(): Promise<void> {
    [this.summaries, this.storage] = await Promise.all([
      this.services.cases.cases(),
      this.services.cases.storage(),
    ]);
  }

  /** Runs `work` after what was asked for before it; a failure is shown, and stops nothing else. */
  #inTurn(what: string, work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work).catch((error: unknown) => {
      this.problems.report(what, error);
    });
    this.#queue = turn;
    return turn;
  }
}
