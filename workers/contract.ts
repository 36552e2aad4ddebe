/**
 * Every type that crosses a thread. The page, the ingest workers and the case worker know each other
 * through this file alone. Rules of the contract:
 *
 * - Expected failures are returned as data (`{ ok: false, ... }`), never thrown: an Error loses its own
 *   fields on the way through Comlink.
 * - Whatever is large is a typed array and is transferred, not copied.
 * - Times are milliseconds since the epoch (UTC); sizes are bytes; NaN means "no usable time".
 */
import type { Block } from '../src/core/table/block.ts';
import type { Explanation, QueryProblem } from '../src/core/query/index.ts';
import type { ClosedSource } from '../src/store/database.ts';
import type { Rule, RuleProblem, Severity } from '../src/core/rules/index.ts';

// ---------------------------------------------------------------------------------------------- sources

/** How reading a file ended (DESIGN: every byte given is accounted for). */
export type SourceState =
  /** Read whole; it may hold no record at all (`records` is 0, `note` says why). */
  | 'analysed'
  /** Some of it was read, and `reason` says where it broke. */
  | 'partial'
  /** None of it could be used; `reason` says what it is and what to do. */
  | 'refused'
  /** Began, and neither ended nor failed: only seen after a crash or a closed tab. */
  | 'interrupted';

/** One file given to Trailsift, or one entry of an archive given to it. */
export interface Source {
  /** Number within the case, from 0, in order of arrival. */
  id: number;
  /** Path as dropped, archives included: `logs.zip/AWSLogs/.../file.json.gz`. */
  path: string;
  /** Size in bytes as given (compressed, if it is). */
  bytes: number;
  /** Size in bytes after decompression. */
  inflated: number;
  /** SHA-256 of the bytes as given, 64 hex digits; '' while unknown. */
  sha256: string;
  state: SourceState;
  /** What it was recognised as, in words: "CloudTrail log file", "JSON Lines". */
  format: string;
  /** Records read, before duplicates were set aside. */
  records: number;
  /** Records kept as events of the case. */
  kept: number;
  duplicates: number;
  /** Records that were found but could not be read. */
  refusedRecords: number;
  /** First and last event time, NaN when none. */
  from: number;
  to: number;
  accounts: string[];
  regions: string[];
  /** For `partial` and `refused`: what happened and what to do about it, one sentence. */
  reason: string;
  /** Anything else worth knowing: "CRC of member 2 does not match", "12 bytes were not valid UTF-8". */
  notes: string[];
}

// ------------------------------------------------------------------------------------- page -> ingest worker

/** One file on its way to an ingest worker. */
export interface FileJob {
  path: string;
  file: File;
}

/** What an ingest worker tells while it reads a batch. */
export interface BatchProgress {
  /** Bytes read of this batch so far. */
  bytes: number;
  /** Files of this batch that are read. */
  files: number;
  /** Files of this batch that are read and stored: they need not be read again should the worker die. */
  settled: number;
  /** What the case has stored, as of the last parcel of this worker; null before the first. */
  stored: CaseProgress | null;
}

export type BatchReport =
  | { ok: true; progress: BatchProgress }
  | { ok: false; message: string; /** the file being read */ path: string };

export interface IngestApi {
  /**
   * Connects the worker to the case worker, from which it fetches its rules. Call once, before `read`.
   *
   * @param onProgress called some ten times a second while a batch is read
   */
  connect(toCase: MessagePort, onProgress: (progress: BatchProgress) => void): Promise<void>;
  /**
   * Reads the files one after another and hands their blocks to the case worker. Resolves when the case
   * worker has stored all of them.
   */
  read(batch: FileJob[]): Promise<BatchReport>;
  /** Stops at the next record; what was read is kept and the file in hand ends as `partial`. */
  cancel(): Promise<void>;
  /** Notes a file as refused without reading it: reading it has ended other workers. */
  refuse(path: string, bytes: number, reason: string): Promise<BatchReport>;
  /** The sample incident, as log files. */
  sample(): Promise<{ path: string; text: string }[]>;
}

/** As much of a rule as matching needs. */
export interface RuleForMatching {
  id: string;
  query: string;
}

// ------------------------------------------------------------------------------------- ingest -> case worker

/** A source as its ingest worker knows it when it is finished. */
export type SourceReport = Omit<ClosedSource, 'id'>;

/** One parcel from an ingest worker: some sources, the events of them, and the original bytes. */
export interface Parcel {
  /** Names the ingest worker's dictionaries: a replaced worker starts new ones. */
  session: string;
  /** Sources that began in this parcel, by the worker's own running number. */
  opened: { key: number; path: string; bytes: number; original: OriginalBytes }[];
  /** Events, or null when the parcel only closes sources. `block.source` holds worker-side source keys. */
  block: Block | null;
  /** Sources that are finished with this parcel. */
  closed: { key: number; report: SourceReport }[];
}

/**
 * The original bytes of a source, kept as evidence and to read raw records from again.
 * A `Blob` is stored by reference (large files); a byte array is packed with others into larger rows;
 * `null` says that nothing needs keeping (the source holds no record).
 */
export type OriginalBytes = Uint8Array | Blob | null;

export type ParcelReceipt = { ok: true; progress: CaseProgress } | { ok: false; message: string };

/** What is stored and safe: shown to the person only after it was written. */
export interface CaseProgress {
  events: number;
  duplicates: number;
  refusedRecords: number;
  findings: number;
  /** Files finished, in any state. */
  files: number;
  refusedFiles: number;
}

/** What an ingest worker starts with. */
export interface IngestSetup {
  rules: RuleForMatching[];
  /** The embedded geo table or the person's own database, as its bytes; null without one. */
  geo: { kind: 'table' | 'mmdb'; bytes: Uint8Array }[];
}

/** What the ingest workers see of the case worker. */
export interface CaseIntake {
  setup(): Promise<IngestSetup>;
  accept(parcel: Parcel): Promise<ParcelReceipt>;
}

// --------------------------------------------------------------------------------------------- page -> case

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
  /** Alerts that could not be evaluated or have an error (see RuleStatus). */
  unevaluable: number;
}

export type OpenAnswer =
  | { ok: true; header: CaseHeader }
  /** `busy`: another tab has it open; `lost`: it is not there any more. */
  | { ok: false; why: 'busy' | 'lost' | 'failed'; message: string };

/** Columns that the grids show and sort by. */
export type RowField =
  | 'time'
  | 'severity'
  | 'alert'
  | 'principal'
  | 'principalType'
  | 'eventName'
  | 'eventSource'
  | 'account'
  | 'region'
  | 'sourceIp'
  | 'country'
  | 'userAgent'
  | 'outcome'
  | 'errorCode'
  | 'accessKeyId';

export type FacetField = Exclude<RowField, 'time'> | 'readOnly' | 'category';

/** What the page wants to see. */
export interface ViewSpec {
  rows: 'findings' | 'events';
  /** The filter, in the query language; '' selects everything. */
  query: string;
  /** Time range, inclusive at both ends, ms; null = no bound. Undated rows are out as soon as one is set. */
  from: number | null;
  to: number | null;
  sort: { field: RowField; descending: boolean }[];
  /** Facets to count, each with how many values to list. */
  facets: { field: FacetField; top: number; search?: string }[];
  /** Number of histogram bars wanted at most; the step is taken from a ladder of round intervals. */
  bars: number;
}

export interface FacetValue {
  /** Value as it stands in the data; '' = the record has none. */
  value: string;
  /** For people: an alert's name, a severity's word. */
  label: string;
  count: number;
  /** The query clause that selects exactly this value. */
  clause: string;
}

export interface Facet {
  field: FacetField;
  values: FacetValue[];
  /** Distinct values in all, and the rows that the unlisted ones have. */
  distinct: number;
  otherRows: number;
}

export interface Histogram {
  /** Start of the first bar and width of each, ms. Empty arrays when nothing is dated. */
  start: number;
  step: number;
  /** Events per bar (grey), of all rows that pass the filter. */
  events: Uint32Array;
  /** Findings per bar, by severity, critical first: 5 arrays as long as `events`. */
  findings: Uint32Array[];
  undated: number;
}

/** Findings of one alert within a view. */
export interface AlertGroup {
  rule: RuleInfo;
  count: number;
  principals: number;
  from: number;
  to: number;
}

export type ViewAnswer =
  | {
      ok: true;
      /** To ask for its rows with; a view stays valid until the fourth newer one. */
      view: number;
      revision: number;
      total: number;
      /** Rows there are without filter and range. */
      of: number;
      /** Events behind the rows (for findings: distinct events). */
      events: number;
      facets: Facet[];
      histogram: Histogram;
      /** Only for findings: by alert, sorted by severity, then count. */
      groups: AlertGroup[];
      /** Milliseconds that the case worker took. */
      took: number;
    }
  | { ok: false; problem: QueryProblem }
  | { ok: false; superseded: true };

/** One line of a grid. */
export interface Row {
  /** Event's number in the case: the handle for `detail`. */
  event: number;
  /** Finding's rule, or null on an event without one. On `events` rows: the most severe of its alerts. */
  rule: RuleInfo | null;
  /** Alerts on this event in all. */
  alerts: number;
  time: number;
  /** Event time as recorded, for undated or odd ones; '' when `time` says it all. */
  timeText: string;
  principal: string;
  principalType: string;
  eventName: string;
  eventSource: string;
  account: string;
  region: string;
  sourceIp: string;
  country: string;
  userAgent: string;
  outcome: Outcome;
  errorCode: string;
  accessKeyId: string;
  /** Same event ID was seen with other content. */
  conflicting: boolean;
}

/** What came of the call: judged from errorCode and, for sign-ins, from the answer. */
export type Outcome = 'success' | 'denied' | 'error';

export interface EventDetail {
  row: Row;
  eventId: string;
  /** The record exactly as logged (JSON text). */
  raw: string;
  source: Source;
  /** Number of the record within its source, from 0, and where it lies in the decompressed text. */
  recordIndex: number;
  offset: number;
  length: number;
  findings: { rule: RuleInfo; explanation: Explanation }[];
  /** Other places where the very same record was found. */
  duplicates: { path: string; recordIndex: number }[];
  /** Events with the same ID and other content. */
  conflicts: number[];
  /** How the filter in force matched this record, null without one. */
  filter: Explanation | null;
  /** Events within an hour either side, for one-click pivots. */
  around: { field: 'principal' | 'sourceIp' | 'accessKeyId'; value: string; count: number; query: string }[];
}

export type DetailAnswer = { ok: true; detail: EventDetail } | { ok: false; message: string };

/** A rule as the page lists it. */
export interface RuleInfo {
  id: string;
  name: string;
  severity: Severity;
  pack: string;
}

/** The four outcomes of a rule on a case: never a silent zero. */
export type RuleOutcome =
  | { kind: 'hits'; count: number }
  | { kind: 'none' }
  | { kind: 'unevaluable'; missing: string[]; message: string }
  | { kind: 'error'; problem: QueryProblem }
  | { kind: 'off' };

export interface RuleStatus {
  rule: Rule;
  outcome: RuleOutcome;
  enabled: boolean;
}

export interface RulesAnswer {
  rules: RuleStatus[];
  /** Rule files that could not be loaded, each with one message and its position. */
  problems: RuleProblem[];
}

/** Where a download is built: the case worker makes the Blob, the page only saves it. */
export interface Export {
  blob: Blob;
  rows: number;
  name: string;
}

export interface StorageReport {
  /** Cases are stored, or only held in memory, and then why. */
  persistent: boolean;
  reason: string;
  /** Bytes this origin uses and may use, 0 when the browser does not say. */
  usage: number;
  quota: number;
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

  /** Gives an ingest worker its line to the case worker. */
  connect(port: MessagePort): Promise<void>;
  /** Called when an ingest run ends, is cancelled or fails: closes what was left open, settles counts. */
  settle(): Promise<CaseHeader>;

  header(): Promise<CaseHeader | null>;
  view(spec: ViewSpec): Promise<ViewAnswer>;
  rows(view: number, start: number, count: number): Promise<Row[]>;
  detail(event: number, query: string): Promise<DetailAnswer>;
  sources(
    start: number,
    count: number,
    state: SourceState | 'all',
  ): Promise<{ total: number; counts: Record<SourceState, number>; sources: Source[] }>;
  rules(): Promise<RulesAnswer>;
  /** CSV of what `view` selects, in its order. */
  exportCsv(view: number): Promise<Export>;
  /** Tells the page of changes: a case taken over by another tab, storage that ran out, a new revision. */
  listen(listener: (event: CaseEvent) => void): Promise<void>;
}

export type CaseEvent =
  { kind: 'taken-over' } | { kind: 'memory-only'; reason: string } | { kind: 'failed'; message: string };
