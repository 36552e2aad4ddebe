/** Findings by alert: the first thing that a responder looks at. */
import { SEVERITIES } from '../../src/core/rules/index.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';
import type { AlertGroup, RuleInfo } from '../contract.ts';

/** @returns a group for each rule that has items among the given findings, by severity, then count */
export function groupByAlert(
  table: EventTable,
  rules: readonly RuleInfo[],
  items: Uint32Array,
): AlertGroup[] {
  const groups = new Map<number, AlertGroup>();
  const principals = new Map<number, Set<number>>();
  for (const item of items) {
    const rule = table.hitRule[item]!;
    const row = table.hitRow[item]!;
    let group = groups.get(rule);
    if (!group) {
      groups.set(rule, (group = { rule: rules[rule]!, count: 0, principals: 0, from: NaN, to: NaN }));
      principals.set(rule, new Set());
    }
    group.count++;
    principals.get(rule)!.add(table.principal[row]!);
    const time = table.time[row]!;
    if (time < group.from || group.from !== group.from) group.from = time;
    if (time > group.to || group.to !== group.to) group.to = time;
  }
  for (const [rule, group] of groups) {
    // Identities that differ in their ARN may share a name, and it is names that are shown.
    group.principals = new Set(
      Array.from(principals.get(rule)!, (code) => table.principals[code]!.name),
    ).size;
  }
  return [...groups.values()].sort(
    (a, b) => SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) || b.count - a.count,
  );
}
