/**
 * What came of each rule on a case: hits, none, or that it cannot be evaluated and why. Never a silent zero.
 */
import { VIRTUAL_PATHS } from '../../src/core/table/fields.ts';
import { GEO_FIELD } from '../../src/core/table/rows.ts';
import type { RuleStatus, RulesAnswer } from '../contract.ts';
import type { OpenCase } from './open-case.ts';
import type { BookedRule, RuleBook } from './rule-book.ts';

/** @returns every rule with its outcome, and what can be set; without a case the outcome is "none" */
export function rulesAnswer(book: RuleBook, opened: OpenCase | null): RulesAnswer {
  return {
    rules: opened ? ruleStatuses(opened) : book.all.map((entry) => statusOf(entry, { kind: 'none' })),
    parameters: book.parameters(),
    settings: book.settings,
    problems: [...book.problems],
  };
}

/** @returns the outcome of every rule of the case */
export function ruleStatuses(opened: OpenCase): RuleStatus[] {
  const { table, book } = opened;
  const counts = new Uint32Array(book.active.length);
  for (let i = 0; i < table.findings; i++) counts[table.hitRule[i]!]!++;
  const hits = new Map(book.active.map(({ rule }, i) => [rule.id, counts[i]!]));
  return book.all.map((entry) => statusOf(entry, outcomeOf(opened, entry, hits.get(entry.rule.id) ?? 0)));
}

function statusOf({ rule, query, enabled }: BookedRule, outcome: RuleStatus['outcome']): RuleStatus {
  return { rule, query, enabled, outcome };
}

function outcomeOf(
  opened: OpenCase,
  { enabled, problem, compiled }: BookedRule,
  count: number,
): RuleStatus['outcome'] {
  if (!enabled) return { kind: 'off' };
  if (problem) return { kind: 'error', problem };
  if (count > 0 || compiled === null) return { kind: 'hits', count };
  const missing = missingFields(opened, compiled.requires);
  if (missing.length === 0) return { kind: 'none' };
  const events = opened.table.rows.toLocaleString('en-US');
  const message = `None of the ${events} events has the field ${missing.join(', ')}, which this alert requires.`;
  return { kind: 'unevaluable', missing, message };
}

/**
 * @param requires paths that every match of a query has a value at
 * @returns the top-level fields among them that no event of the case has; none for an empty case
 */
export function missingFields({ table }: OpenCase, requires: readonly string[]): string[] {
  if (table.rows === 0) return [];
  const known = (field: string): boolean =>
    table.topLevelKeys.has(field) ||
    (field === GEO_FIELD && table.placeOf !== null) ||
    VIRTUAL_PATHS.has(field);
  return [...new Set(requires.map((path) => path.split('.')[0]!))].filter((field) => !known(field));
}
