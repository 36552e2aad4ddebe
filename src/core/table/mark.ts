/** What a person can decide of an event or a finding, and one act of doing so. */

/** In order of gravity: a mark's code is its place here. */
export const MARKS = ['open', 'benign', 'suspicious', 'malicious'] as const;
export type Mark = (typeof MARKS)[number];

/** The mark and the note that hold for an event or a finding. */
export interface Marked {
  mark: Mark;
  note: string;
}

/** Event rows, ascending; `rule` is the ID of the alert whose findings are meant, '' for the events themselves. */
export interface MarkTargets {
  rule: string;
  rows: Uint32Array;
}

/** One act of marking, of however many events or findings. null leaves something as it was. */
export interface MarkAct {
  status: Mark | null;
  note: string | null;
  /** Puts the events on the timeline, or takes them off it. */
  timeline: boolean | null;
  targets: MarkTargets[];
}
