/** The table of alerts: its columns, its orders, and how they are found by words. */
import type { RuleOutcome, RuleStatus } from '../../../workers/contract.ts';
import { SEVERITIES } from '../../core/rules/rule.ts';
import type { Column } from '../parts/grid.ts';

export const COLUMNS: readonly Column[] = [
  { id: 'on', title: 'On', width: 40, sortable: false },
  { id: 'severity', title: 'Severity', width: 92, sortable: true },
  { id: 'name', title: 'Alert', width: 296, least: 200, sortable: true },
  { id: 'outcome', title: 'In this case', width: 256, least: 168, sortable: true, grows: true },
  { id: 'tags', title: 'Tags', width: 208, least: 120, sortable: false, grows: true },
  { id: 'pack', title: 'Pack', width: 88, sortable: true, minor: true },
  { id: 'id', title: 'ID', width: 176, least: 136, sortable: true, minor: true },
];

export type Kind = RuleOutcome['kind'];
export const KINDS: readonly (readonly [kind: Kind, name: string])[] = [
  ['hits', 'with findings'],
  ['none', 'without'],
  ['unevaluable', 'could not be evaluated'],
  ['error', 'with errors'],
  ['off', 'off'],
];

/** What came of an alert, in the order in which it matters. */
const WEIGHT: Record<Kind, number> = { hits: 0, unevaluable: 1, error: 2, none: 3, off: 4 };

/** What came of each alert when the table was last put in order: switching one off must not take it from under the hand. */
export type Ranks = ReadonlyMap<string, RuleOutcome>;

export function ranksOf(rules: readonly RuleStatus[]): Ranks {
  return new Map(rules.map(({ rule, outcome }) => [rule.id, outcome]));
}

export function hasWords({ rule }: RuleStatus, words: readonly string[]): boolean {
  const text = [rule.id, rule.name, rule.pack, rule.description, ...rule.tags].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** `rules` in the order of a column; equal ones as they matter. */
export function inOrder(
  rules: readonly RuleStatus[],
  { field, descending }: { field: string; descending: boolean },
  ranks: Ranks,
): RuleStatus[] {
  const sign = descending ? -1 : 1;
  const byWeight = (a: RuleStatus, b: RuleStatus): number => {
    const [one, other] = [ranks.get(a.rule.id) ?? a.outcome, ranks.get(b.rule.id) ?? b.outcome];
    return WEIGHT[one.kind] - WEIGHT[other.kind] || bySeverity(a, b) || hits(other) - hits(one);
  };
  const compare = (a: RuleStatus, b: RuleStatus): number => {
    if (field === 'severity') return bySeverity(a, b);
    if (field === 'name' || field === 'pack' || field === 'id')
      return a.rule[field].localeCompare(b.rule[field]);
    return byWeight(a, b);
  };
  return rules.toSorted(
    (a, b) => sign * compare(a, b) || byWeight(a, b) || a.rule.id.localeCompare(b.rule.id),
  );
}

function bySeverity(a: RuleStatus, b: RuleStatus): number {
  return SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity);
}

function hits(outcome: RuleOutcome): number {
  return outcome.kind === 'hits' ? outcome.count : 0;
}
