/**
 * What came of each rule on a case: hits, none, or that it cannot be evaluated and why. Never a silent zero.
 */
import type { GeoFact } from '../../src/core/geo/index.ts';
import { countsOf } from '../../src/core/table/counting.ts';
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
  const counts = countsOf(table.hitRule.subarray(0, table.findings), book.active.length);
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
  const { rows } = opened.table;
  const whose =
    rows === 1 ? 'The one event does not have' : `None of the ${rows.toLocaleString('en-US')} events has`;
  const message = `${whose} the field ${missing.join(', ')}, which this alert requires.`;
  return { kind: 'unevaluable', missing, message };
}

/**
 * @param requires paths that every match of a query has a value at
 * @returns the top-level fields among them that no event of the case has, and the geo fields that no database tells; none
 *   for an empty case
 */
export function missingFields({ table, places }: OpenCase, requires: readonly string[]): string[] {
  if (table.rows === 0) return [];
  const missing = new Set<string>();
  for (const path of requires) {
    const [field = '', fact = ''] = path.split('.');
    if (table.topLevelKeys.has(field) || VIRTUAL_PATHS.has(field)) continue;
    // Of the geo fields it is worth saying which one: another database may tell it.
    if (field !== GEO_FIELD) missing.add(field);
    else if (fact !== '' && !places.facts.has(fact as GeoFact)) missing.add(path);
  }
  return [...missing];
}
