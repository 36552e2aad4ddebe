/** Rules as the page lists them, with what came of them. */
import type { QueryProblem } from '../../src/core/query/index.ts';
import type { Profile, Rule, RuleParameter, RuleProblem, Severity } from '../../src/core/rules/index.ts';
import type { Row } from './views.ts';

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
  /** The query as run: with the parameters and the profile of this case. */
  query: string;
  outcome: RuleOutcome;
  enabled: boolean;
}

/** What a person has set for the rules of a case. Kept with the case. */
export interface RuleSettings {
  /** IDs of rules that are switched off. */
  off: string[];
  /** `published` runs the queries as their origin printed them, where there are such. */
  profile: Profile;
  /** Values of parameters, by parameter name; a parameter that is not here has its default. */
  values: Record<string, string[]>;
  /** Rules of the person's own, as YAML texts. */
  own: string[];
}

/** A parameter over all rules that have it. */
export interface ParameterStatus extends RuleParameter {
  values: string[];
  /** IDs of the rules that it belongs to. */
  rules: string[];
}

export interface RulesAnswer {
  rules: RuleStatus[];
  parameters: ParameterStatus[];
  settings: RuleSettings;
  /** Rule texts that could not be loaded, each with one message and its position. */
  problems: RuleProblem[];
}

/** A rule that is being written: what its query finds in the open case. */
export type PreviewAnswer =
  | { ok: true; count: number; of: number; rows: Row[]; missing: string[] }
  | { ok: false; problem: QueryProblem }
  | { ok: false; superseded: true };

/** A YAML text with one rule or many, read but not kept. */
export interface CheckAnswer {
  rules: Rule[];
  problems: RuleProblem[];
}
