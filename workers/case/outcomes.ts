/**
 * What came of each rule on a case: hits, none, or that it cannot be evaluated and why. Never a silent zero.
 */
import { compileQuery } from '../../src/core/query/index.ts';
import { queryOf, type Rule } from '../../src/core/rules/index.ts';
import { GEO_FIELD } from '../../src/core/table/rows.ts';
import type { RuleStatus } from '../contract.ts';
import type { OpenCase } from './open-case.ts';

/** Top-level steps of the paths that every match of a rule needs; worked out once per rule. */
const required = new WeakMap<Rule, string[]>();

/** @returns the outcome of every rule of the case, in their order */
export function ruleStatuses(opened: OpenCase): RuleStatus[] {
  const { table, rules } = opened;
  const counts = new Uint32Array(rules.length);
  for (let i = 0; i < table.findings; i++) counts[table.hitRule[i]!]!++;
  return rules.map((rule, index) => ({
    rule,
    enabled: true,
    outcome: outcomeOf(opened, rule, counts[index]!),
  }));
}

function outcomeOf({ table }: OpenCase, rule: Rule, count: number): RuleStatus['outcome'] {
  if (count > 0) return { kind: 'hits', count };
  if (table.rows === 0) return { kind: 'none' };
  const missing = requiredOf(rule).filter(
    (path) => !table.topLevelKeys.has(path) && !(path === GEO_FIELD && table.placeOf !== null),
  );
  if (missing.length === 0) return { kind: 'none' };
  const fields = missing.join(', ');
  return {
    kind: 'unevaluable',
    missing,
    message: `None of the ${table.rows.toLocaleString('en-US')} events has the field ${fields}, which this alert requires.`,
  };
}

function requiredOf(rule: Rule): string[] {
  let paths = required.get(rule);
  if (!paths) {
    const all = compileQuery(queryOf(rule, 'corrected')).requires.map((path) => path.split('.')[0]!);
    required.set(rule, (paths = [...new Set(all)]));
  }
  return paths;
}
