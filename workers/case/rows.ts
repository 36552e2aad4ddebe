/** Events as grid lines. */
import { FLAG } from '../../src/core/table/block.ts';
import { identityAccount } from '../../src/core/table/entity.ts';
import type { FieldName, RuleFacts, TableFields } from '../../src/core/table/fields.ts';
import type { Marked } from '../../src/core/table/mark.ts';
import { eventTimeOf } from '../../src/core/table/rows.ts';
import { summaryName } from '../../src/core/record/summary.ts';
import { SEVERITIES } from '../../src/core/rules/index.ts';
import type { MoreField, Outcome, Row, RuleInfo } from '../contract.ts';

export function ruleInfo({ id, name, severity, pack }: RuleFacts): RuleInfo {
  return { id, name, severity, pack };
}

/**
 * @param row event row
 * @param rule the finding's rule, or null for the event itself, which then shows its most severe alert
 * @param marked how it is marked
 * @param more further columns that the line is to have
 */
export function rowOf(
  fields: TableFields,
  row: number,
  rule: number | null,
  marked: Marked = fields.marks.of(row, rule),
  more: readonly MoreField[] = [],
): Row {
  const { table, findings, marks } = fields;
  const rules = findings.combos[findings.comboOf[row]!]!;
  const shown = rule ?? mostSevere(fields, rules);
  const text = (name: FieldName | MoreField | 'eventType'): string => fields.text(name, row);
  return {
    event: row,
    rule: shown === null ? null : ruleInfo(fields.rules[shown]!),
    alerts: rules.length,
    time: table.time[row]!,
    timeText: table.flags[row]! & FLAG.TIME_CANONICAL ? '' : (eventTimeOf(table, row) ?? ''),
    principal: text('principal'),
    principalAccount: identityAccount(fields, row),
    principalType: text('principalType'),
    eventName: text('eventName'),
    summary: summaryName(text('eventType')),
    eventSource: text('eventSource'),
    account: text('account'),
    region: text('region'),
    sourceIp: text('sourceIp'),
    country: text('country'),
    userAgent: text('userAgent'),
    outcome: text('outcome') as Outcome | '',
    errorCode: text('errorCode'),
    accessKeyId: text('accessKeyId'),
    conflicting: (table.flags[row]! & FLAG.CONFLICT) !== 0,
    ...marked,
    onTimeline: marks.onTimeline(row),
    ...(more.length > 0 ? { more: Object.fromEntries(more.map((path) => [path, text(path)])) } : {}),
  };
}

function mostSevere(fields: TableFields, rules: readonly number[]): number | null {
  let best: number | null = null;
  for (const rule of rules) {
    if (best === null || weight(fields, rule) < weight(fields, best)) best = rule;
  }
  return best;
}

function weight(fields: TableFields, rule: number): number {
  return SEVERITIES.indexOf(fields.rules[rule]!.severity);
}
