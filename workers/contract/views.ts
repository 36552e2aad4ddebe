/** What the page looks at: views of findings and events, one event in full. */
import type { Explanation, QueryProblem } from '../../src/core/query/index.ts';
import type { ColumnPath } from '../../src/core/record/columns.ts';
import type { EntityRef } from '../../src/core/table/entity.ts';
import type { Mark } from './marks.ts';
import type { RuleInfo } from './rules.ts';
import type { Source } from './sources.ts';

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
  | 'accessKeyId'
  | 'mark';

/** Columns of the record that no `RowField` has, each by its path: shown where they are chosen. */
export type MoreField = Exclude<
  ColumnPath,
  | RowField
  | 'awsRegion'
  | 'recipientAccountId'
  | 'sourceIPAddress'
  | 'userIdentity.accessKeyId'
  | 'userIdentity.type'
>;

export type GridField = RowField | MoreField;

export type FacetField = Exclude<RowField, 'time'> | 'readOnly' | 'category';

/** What the page wants to see. */
export interface ViewSpec {
  rows: 'findings' | 'events';
  /** The filter, in the query language; '' selects everything. */
  query: string;
  /** Time range, inclusive at both ends, ms; null = no bound. Undated rows are out as soon as one is set. */
  from: number | null;
  to: number | null;
  sort: { field: GridField; descending: boolean }[];
  /** Facets to count, each with how many values to list. */
  facets: { field: FacetField; top: number; search?: string }[];
  /** Number of histogram bars wanted at most; the step is taken from a ladder of round intervals. */
  bars: number;
  /** How far the clocks by which bars begin are ahead of UTC, ms; none, when it does not say. */
  ahead?: number;
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
      /** Only for events: how many of them are no calls (see Row.summary). */
      summaries: number;
      /** Only for findings: by alert, sorted by severity, then count. */
      groups: AlertGroup[];
      /** Records that had to be looked into, and how many of them were; null when all were. */
      searched: { done: number; total: number } | null;
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
  /** Account that its identity belongs to, '' = none; null where no filter can name it. */
  principalAccount: string | null;
  principalType: string;
  eventName: string;
  /** What a record is called that is no call but tells of many: "Insight", "Aggregated". '' for a call. */
  summary: string;
  eventSource: string;
  account: string;
  region: string;
  sourceIp: string;
  country: string;
  userAgent: string;
  /** '' for what is no call. */
  outcome: Outcome | '';
  errorCode: string;
  accessKeyId: string;
  /** Same event ID was seen with other content. */
  conflicting: boolean;
  /**
   * Of a finding its own mark and note, or else its event's; of an event its own, or else the gravest mark and the
   * notes of its findings. A row that nobody marked is open.
   */
  mark: Mark;
  note: string;
  /** The event is on the timeline. */
  onTimeline: boolean;
  /** Values of the further columns that were asked for; '' = the record has none. */
  more?: Partial<Record<MoreField, string>>;
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
  findings: { rule: RuleInfo; explanation: Explanation; mark: Mark; note: string }[];
  /** Other places where the very same record was found. */
  duplicates: { path: string; recordIndex: number }[];
  /** Events with the same ID and other content. */
  conflicts: Row[];
  /** Events that this record amends (its `addendum` names their ID), as far as they are in the case. */
  amends: Row[];
  /** Events that amend this one. */
  amendedBy: Row[];
  /** How the filter in force matched this record, null without one. */
  filter: Explanation | null;
  /** Events within an hour either side, for one-click pivots. */
  around: { entity: EntityRef; count: number; query: string }[];
  /** The nearest events of the same principal, in order of time; none where time or principal is not known. */
  neighbours: { before: Row[]; after: Row[] };
}

export type DetailAnswer = { ok: true; detail: EventDetail } | { ok: false; message: string };
