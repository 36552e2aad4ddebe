/**
 * What a report knows of a case. Bounded: lists hold the first of what there is, and numbers say how much more there is.
 * Times are ms since the epoch, NaN = none.
 */
import type { Zone } from '../../text/format.ts';
import type { Severity } from '../../rules/index.ts';

export interface Report {
  /** In which zone its times are written. */
  zone: Zone;
  /** As the person typed it; '' for the usual one. */
  title: string;
  author: string;
  caseName: string;
  made: number;
  scope: Scope;
  /** Chapters that were asked for; null for one that was not. */
  findings: AlertFindings[] | null;
  story: Story | null;
  files: FileList | null;
  alerts: AlertState[];
  colophon: Colophon;
}

/** What was looked at, and how much of it. Records read are events and duplicates; refused ones are counted beside. */
export interface Scope {
  from: number;
  to: number;
  undated: number;
  accounts: string[];
  regions: string[];
  events: number;
  duplicates: number;
  refusedRecords: number;
  conflicting: number;
  findings: number;
  /** Findings by severity, critical first. */
  bySeverity: number[];
  files: Record<FileFacts['state'], number>;
  /** What was refused, read in part or not read to its end, with the reason; the first of them. */
  troubled: FileFacts[];
  /** The case lives in memory only, and why; '' when it is stored. */
  memoryReason: string;
  chart: Chart;
}

/** Findings over time, by severity, critical first. */
export interface Chart {
  /** In which its bounds are written. */
  zone: Zone;
  start: number;
  step: number;
  findings: ArrayLike<number>[];
}

export interface FileFacts {
  path: string;
  /** '' when unknown. */
  sha256: string;
  state: 'analysed' | 'partial' | 'refused' | 'repeated' | 'interrupted';
  format: string;
  bytes: number;
  events: number;
  duplicates: number;
  refusedRecords: number;
  from: number;
  to: number;
  reason: string;
  notes: string[];
}

export interface FileList {
  files: FileFacts[];
  more: number;
}

/** An alert, and what came of it in this case. */
export interface AlertState {
  id: string;
  name: string;
  severity: Severity;
  version: string;
  outcome: 'hits' | 'none' | 'unevaluable' | 'error' | 'off';
  count: number;
  /** For `unevaluable` and `error`: why. */
  reason: string;
}

/** The values of a field among the findings of an alert, the most frequent first. */
export interface Top {
  values: { value: string; note: string; count: number }[];
  /** Values that are not listed. */
  more: number;
}

/** An alert that fired. */
export interface AlertFindings {
  id: string;
  name: string;
  severity: Severity;
  version: string;
  description: string;
  falsePositives: string[];
  /** As it was run. */
  query: string;
  count: number;
  from: number;
  to: number;
  outcomes: { success: number; denied: number; error: number };
  /** Findings by what a person made of them; those that nobody marked are not counted. */
  marks: { malicious: number; suspicious: number; benign: number };
  principals: Top;
  addresses: Top;
  examples: Example[];
}

/** A finding with its evidence. */
export interface Example {
  event: EventFacts;
  /** Conditions that were met, with where and by what. */
  matched: { condition: string; evidence: { path: string; value: string }[] }[];
  /** Conditions that must not be met, and were not. */
  absent: string[];
  /** Why there is no evidence; '' when there is. */
  unread: string;
}

export interface EventFacts {
  time: number;
  /** As recorded, where `time` does not say it all. */
  timeText: string;
  principal: string;
  principalType: string;
  action: string;
  service: string;
  account: string;
  region: string;
  address: string;
  country: string;
  userAgent: string;
  accessKey: string;
  outcome: string;
  errorCode: string;
  eventId: string;
  file: string;
  sha256: string;
  recordIndex: number;
  /** What a person made of it: a word and a note; '' for none. */
  mark: string;
  note: string;
}

/** The incident as it happened: what a person chose, in order of time. */
export interface Story {
  entries: StoryEntry[];
  more: number;
}

export interface StoryEntry {
  event: EventFacts;
  /** Its findings, the most severe first. */
  alerts: { name: string; severity: Severity }[];
}

/** What a report was made with. */
export interface Colophon {
  /** Version of Trailsift. */
  version: string;
  geo: { name: string; date: string; attribution: string };
  /** Whether the alerts ran as their origin published them. */
  published: boolean;
  /** Parameters that were set otherwise than shipped. */
  parameters: { name: string; values: string[] }[];
}
