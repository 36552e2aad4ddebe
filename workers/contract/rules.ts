/** Rules as the page lists them, with what came of them. */
import type { QueryProblem } from '../../src/core/query/index.ts';
import type { Rule, RuleProblem, Severity } from '../../src/core/rules/index.ts';

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
