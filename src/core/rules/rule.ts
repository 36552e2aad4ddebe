/** What an alert is: the shape of a rule once its file was read and found in order. */

/** How urgent a finding is, from a rule's author; not what it turned out to be. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** All severities, the most severe first: an index into this list is a sort key. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Every matching event is a finding at once. */
export interface Immediately {
  kind: 'immediately';
}

/**
 * When matching events become findings. A union on `kind`, so that conditions over several events (a threshold in a
 * window, distinct values, a value never seen, a ratio, a sequence) can join it, each with its own fields.
 */
export type Condition = Immediately;

/** The kinds of condition that this version understands. */
export const CONDITION_KINDS: readonly Condition['kind'][] = ['immediately'];

/**
 * A list of values that a person may change without touching the query. While the list has values, its clause ends the
 * query (`... AND <clause>`); while it is empty, the clause is left out.
 */
export interface RuleParameter {
  name: string;
  label: string;
  description?: string;
  /** The values that the rule's own query is written with. */
  default: string[];
  /** The clause in the query language, with `${values}` where the list goes. */
  clause: string;
}

/** The query as the rule's origin printed it, byte for byte, and why ours is another. */
export interface Published {
  query: string;
  difference: string;
}

/** Records that show what a rule is for. Each should be as CloudTrail would log it. */
export interface Examples {
  /** Records that the rule must find. */
  fires: unknown[];
  /** Near misses: records that it must leave alone. */
  quiet: unknown[];
}

export interface Rule {
  /** Unique over all packs: lower-case words joined by hyphens. */
  id: string;
  name: string;
  description: string;
  severity: Severity;
  severityReason?: string;
  /** The query as run with the default parameters. */
  query: string;
  published?: Published;
  parameters: RuleParameter[];
  /** `attack.<technique>`, `cis.<control>`, `pci.<requirement>` or anything of one's own. */
  tags: string[];
  falsePositives: string[];
  /** First steps of a responder, in order. */
  triage: string[];
  /** http(s) addresses. */
  references: string[];
  condition: Condition;
  examples: Examples;
  /** The folder that the rule's file lies in. */
  pack: string;
  /** 12 hex digits over all that decides what the rule finds and how it is graded (see version.ts). */
  version: string;
  /** Path of the file that the rule came from. */
  file: string;
}
