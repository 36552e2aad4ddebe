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
  const groups = rules.map((rule) => ({ rule, count: 0, principals: 0, from: NaN, to: NaN }));
  const principals = rules.map(() => new Set<number>());
  /** Principal of the last item, by rule: mostly the same has several. */
  const last = new Int32Array(rules.length).fill(-1);
  for (const item of items) {
    const rule = table.hitRule[item]!;
    const row = table.hitRow[item]!;
    const group = groups[rule]!;
    group.count++;
    const time = table.time[row]!;
    if (time < group.from || group.from !== group.from) group.from = time;
    if (time > group.to || group.to !== group.to) group.to = time;
    if (last[rule] === table.principal[row]) continue;
    last[rule] = table.principal[row]!;
    principals[rule]!.add(last[rule]);
  }
  groups.forEach((group, rule) => {
    // Identities that differ in their ARN may share a name, and it is names that are shown.
    group.principals = new Set(Array.from(principals[rule]!, (code) => table.principals[code]!.name)).size;
  });
  return groups
    .filter(({ count }) => count > 0)
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) || b.count - a.count,
    );
}
