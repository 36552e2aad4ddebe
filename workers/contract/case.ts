/** Page -> case worker: which case is open, and everything asked of it. */
import type { Completion, Lint } from '../../src/core/query/index.ts';
import type { Rule, RuleLint } from '../../src/core/rules/index.ts';
import type { ExportAnswer, ExportJob } from './exports.ts';
import type { EntityAnswer, EntitySpec, Handovers } from './entities.ts';
import type { CaseProgress } from './ingest.ts';
import type { MarkAnswer, MarkChange, MarkTarget, MarkTotals, TimelineAnswer } from './marks.ts';
import type { CheckAnswer, PreviewAnswer, RuleSettings, RulesAnswer } from './rules.ts';
import type { StartHelper } from './helper.ts';
import type { Source, SourceState } from './sources.ts';
import type { DetailAnswer, MoreField, Row, ViewAnswer, ViewSpec } from './views.ts';

export interface CaseSummary {
  id: string;
  name: string;
  /** When it was made and last opened, ms since the epoch. */
  created: number;
  opened: number;
  events: number;
  findings: number;
  files: number;
  /** Bytes it takes in this browser's storage, as far as we wrote them. */
  bytes: number;
  from: number;
  to: number;
}

/** A filter that the person has given a name. No two of a case have the same name. */
export interface SavedFilter {
  name: string;
  query: string;
}

/** The answer to "what am I looking at?". */
export interface CaseHeader extends CaseProgress {
  id: string;
  name: string;
  from: number;
  to: number;
  undated: number;
  accounts: string[];
  regions: string[];
  /** Same event ID, other content: both kept, flagged. */
  conflicting: number;
  /** Changes whenever the events, findings or sources of the case do. */
  revision: number;
  /** Where the case lives. `memory` comes with the reason, to be shown. */
  storage: { kind: 'stored' } | { kind: 'memory'; reason: string };
  /**
   * Reading had not ended when the case was last open: some of what was given is not in it. `unstored` files were
   * read when there was no room to store them; 0 when it is not known which are missing.
   */
  incomplete: { unstored: number } | null;
  /** Files whose events are in the case, and whose bytes cannot be read any more. */
  unreadable: number;
  /** Alerts that could not be evaluated or have an error (see RuleStatus). */
  unevaluable: number;
  /** Filters kept in the case, in order of saving. */
  filters: SavedFilter[];
  marks: MarkTotals;
}

export type OpenAnswer =
  | { ok: true; header: CaseHeader }
  /** `busy`: another tab has it open; `lost`: it is not there any more. */
  | { ok: false; why: 'busy' | 'lost' | 'failed'; message: string };

export interface StorageReport {
  /** Cases are stored, or only held in memory, and then why. */
  persistent: boolean;
  reason: string;
  /** Bytes this origin uses and may use, 0 when the browser does not say. */
  usage: number;
  quota: number;
}

/** What a geo database is there for: one for countries and cities, one for networks (ASN). */
export type GeoRole = 'places' | 'networks';

/** A geo database that the person added. */
export interface OwnGeo {
  role: GeoRole;
  /** What it calls itself: "GeoLite2-City". */
  name: string;
  /** When it was built, `YYYY-MM-DD`; '' when it does not say. */
  date: string;
  kind: 'country' | 'city' | 'asn';
  /** Path of the file that it came in, and the size of the database. */
  file: string;
  bytes: number;
  /** false: it could not be stored, and is gone with the tab. */
  stored: boolean;
}

/** The geo databases: the built-in one, and those that take its place or add to it. */
export interface GeoInfo {
  name: string;
  /** `YYYY-MM-DD` */
  date: string;
  licence: string;
  /** What the licence asks to be shown. */
  attribution: string;
  own: OwnGeo[];
}

/** Everything the page asks of the case worker. */
export interface CaseApi {
  storage(): Promise<StorageReport>;
  cases(): Promise<CaseSummary[]>;
  create(name: string): Promise<OpenAnswer>;
  /** `takeOver` asks the tab that has it to let go. */
  open(id: string, takeOver: boolean): Promise<OpenAnswer>;
  close(): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  removeAll(): Promise<void>;

  /** Gives it the means to search on several threads; without, it does so by itself. */
  searchWith(start: StartHelper): Promise<void>;
  /** Gives an ingest worker its line to the case worker. */
  connect(port: MessagePort): Promise<void>;
  /** Called when an ingest run ends, is cancelled or fails: closes what was left open, settles counts. */
  settle(): Promise<CaseHeader>;

  header(): Promise<CaseHeader | null>;
  /** Selects rows. Where records must be looked into for long, `part` events tell what was found so far. */
  view(spec: ViewSpec): Promise<ViewAnswer>;
  /** Works out the answer to a question that is likely to come, unless records must be looked into for it. Others go first. */
  prepareView(spec: ViewSpec): Promise<void>;
  /** Ends the looking into records for the rows of a kind: the answer is what was found so far. */
  stopView(kind: ViewSpec['rows']): Promise<void>;
  /** @param more further columns that the rows are to have */
  rows(view: number, start: number, count: number, more?: readonly MoreField[]): Promise<Row[]>;
  /** Number of the first row of `view` that is about `event`, -1 when there is none or the view is too old. */
  position(view: number, event: number): Promise<number>;
  detail(event: number, query: string): Promise<DetailAnswer>;
  /** The page of a principal, an address or an access key; null when no case is open. */
  entity(spec: EntitySpec): Promise<EntityAnswer | null>;
  /** What records tell of keys handed on. A newer call gives it up: then it is null. */
  handovers(spec: EntitySpec): Promise<Handovers | null>;
  sources(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): Promise<{ total: number; counts: Record<SourceState, number>; sources: Source[] }>;
  rules(): Promise<RulesAnswer>;
  /** Changes the rules of the open case and matches them anew (`evaluating` events tell how far). */
  setRules(settings: RuleSettings): Promise<RulesAnswer>;
  /** What a query finds among the events, for a rule that is being written. A newer call supersedes it. */
  preview(query: string, rows: number): Promise<PreviewAnswer>;
  /** Reads a YAML text of rules without keeping it. */
  checkRules(yaml: string): Promise<CheckAnswer>;
  /** What a query may not mean, with fixes; knows the fields of the open case. */
  lint(query: string): Promise<Lint[]>;
  /** What is worth mending in an alert: in its query, its examples and its advice. */
  lintRule(rule: Rule): Promise<RuleLint[]>;
  /** What may stand at the cursor: fields, values met in the case, operators. */
  complete(query: string, cursor: number): Promise<Completion[]>;
  /** Marks events or findings. Resolves when they are stored. What was taken back can then not be done again. */
  mark(target: MarkTarget, change: MarkChange): Promise<MarkAnswer>;
  /** Takes the last act of marking back, however long ago it was; does the last one taken back again. */
  undoMark(): Promise<MarkAnswer>;
  redoMark(): Promise<MarkAnswer>;
  /** Entries `start` to `start + count` of the timeline, in order of time. */
  timeline(start: number, count: number): Promise<TimelineAnswer>;
  /** Keeps a filter in the case under a name; one that has the name already is replaced. @returns all of them */
  saveFilter(name: string, query: string): Promise<SavedFilter[]>;
  /** @returns those that are left */
  removeFilter(name: string): Promise<SavedFilter[]>;
  /** Makes ready what the first reading needs, and takes a moment: the geo databases unpacked, the shipped alerts compiled. */
  makeReady(): Promise<void>;
  /** The geo databases in use. Others are added by reading them, as logs are. */
  geo(): Promise<GeoInfo>;
  /** Removes an added geo database, and matches anew what depends on it (`evaluating` events tell how far). */
  removeGeo(role: GeoRole): Promise<GeoInfo>;
  /** Makes a download (`exporting` events tell how far). A newer one gives the older one up. */
  export(job: ExportJob): Promise<ExportAnswer>;
  /** Gives up the download that is being made. */
  cancelExport(): Promise<void>;
  /** Tells the page of changes: a case taken over by another tab, storage that ran out, a new revision. */
  listen(listener: (event: CaseEvent) => void): Promise<void>;
}

export type CaseEvent =
  | { kind: 'taken-over' }
  | { kind: 'memory-only'; reason: string }
  /** Rules are being matched anew: records read of all that have to be. */
  | { kind: 'evaluating'; done: number; total: number }
  /** What a view that is still being made has found so far. */
  | { kind: 'part'; spec: ViewSpec; answer: Extract<ViewAnswer, { ok: true }> }
  /** A download is being made: rows written of all. */
  | { kind: 'exporting'; done: number; total: number }
  /** Another geo database is in use. */
  | { kind: 'geo' }
  | { kind: 'failed'; message: string };
