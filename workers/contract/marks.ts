/** Marks: what a person has decided of events and findings, and the timeline made of them. */
import type { EntityRef } from '../../src/core/table/entity.ts';
import type { Mark } from '../../src/core/table/mark.ts';
import type { RuleInfo } from './rules.ts';
import type { Row } from './views.ts';

export type { Mark };

/** What is to be marked. A view's rows are named by their places in it, both included; all of them without. */
export type MarkTarget =
  | { of: 'event'; event: number }
  | { of: 'finding'; event: number; rule: string }
  | {
      of: 'view';
      view: number;
      from?: number;
      to?: number;
      /** Findings of this alert only. */ rule?: string;
    }
  /** The findings of a principal, an address or a key within a time range, ms; `rule`: of this alert only. */
  | { of: 'entity'; entity: EntityRef; from: number | null; to: number | null; rule?: string };

/** What is set. What is not given stays as it is. */
export interface MarkChange {
  status?: Mark;
  /** '' takes the note away. At most 4,000 characters are kept. */
  note?: string;
  /** On the timeline or not; of findings, their events. */
  timeline?: boolean;
}

/** One act of marking, as it is told of. */
export interface MarkDone {
  /** Findings and events that it marked. */
  findings: number;
  events: number;
  status: Mark | null;
  note: string | null;
  timeline: boolean | null;
}

export type MarkAnswer =
  | { ok: true; done: MarkDone; marks: MarkTotals }
  /** The view is too old, or there is nothing to mark, to take back or to do again. */
  | { ok: false; message: string };

/** The marks of a case at a glance. */
export interface MarkTotals {
  /** Changes whenever a mark does. */
  version: number;
  /** Findings by mark, and events on the timeline. */
  findings: Record<Mark, number>;
  timeline: number;
  /** What would be taken back, and done again, next. */
  undo: MarkDone | null;
  redo: MarkDone | null;
}

/** An event on the timeline. */
export interface TimelineEntry {
  /** The event; its mark and note are its own or, where it has none, those of its findings. */
  row: Row;
  /** Its findings, the most severe first, with the mark and note that hold for each. */
  findings: { rule: RuleInfo; mark: Mark; note: string }[];
  /** Put there by hand, as against for its mark. */
  added: boolean;
  /** Time of the entry before, ms; NaN for the first, and where that has no usable time. */
  previous: number;
}

export interface TimelineAnswer {
  /** Entries in all. Those without a usable time come last. */
  total: number;
  entries: TimelineEntry[];
}
