/** A finding or an event as the cells of an export. */
import type { EVENT_COLUMNS, FINDING_COLUMNS } from '../../src/core/export/csv.ts';
import type { Rule } from '../../src/core/rules/index.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import type { Marked } from '../../src/core/table/mark.ts';
import { eventIdOf, eventTimeOf } from '../../src/core/table/rows.ts';
import { instant } from '../../src/core/text/format.ts';
import { idsOf, type Amendments } from './addendum.ts';
import type { SourceList } from './sources.ts';
import { rowOf } from './rows.ts';

type Column = (typeof FINDING_COLUMNS)[number] | (typeof EVENT_COLUMNS)[number];

export type Cells = Record<Column, string | number>;

/**
 * @param rules the rules in force when `fields` were made
 * @param event the event's row
 * @param rule the finding's rule by number; null for an event by itself
 * @param marked how it is marked
 * @param amendments of the case
 */
export function cellsOf(
  fields: TableFields,
  rules: readonly Rule[],
  sources: SourceList,
  event: number,
  rule: number | null,
  marked: Marked,
  amendments: Amendments,
): Cells {
  const { table } = fields;
  const alert = rule === null ? null : rules[rule]!;
  const row = rowOf(fields, event, rule, marked);
  const source = sources.all[table.source[event]!]!;
  const alerts = fields.findings.combos[fields.findings.comboOf[event]!]!;
  return {
    event_time: instant(row.time),
    severity: alert?.severity ?? '',
    rule_id: alert?.id ?? '',
    rule_name: alert?.name ?? '',
    event_name: row.eventName,
    event_source: row.eventSource,
    account_id: row.account,
    region: row.region,
    principal: row.principal,
    principal_type: row.principalType,
    source_ip: row.sourceIp,
    country: row.country,
    user_agent: row.userAgent,
    error_code: row.errorCode,
    access_key_id: row.accessKeyId,
    event_id: eventIdOf(table, event),
    source_file: source.path,
    source_sha256: source.sha256,
    record_index: table.ordinal[event]!,
    outcome: row.outcome,
    rule_version: alert?.version ?? '',
    event_time_recorded: eventTimeOf(table, event) ?? '',
    alerts: alerts.map((index) => rules[index]!.id).join(' '),
    amends: idsOf(table, amendments.amends(event)),
    amended_by: idsOf(table, amendments.amendedBy(event)),
    mark: row.mark,
    note: row.note,
  };
}
