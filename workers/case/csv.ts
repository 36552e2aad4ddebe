/** CSV of a view, in its order: made in pieces, so that a million rows never are one string. */
import { CsvWriter, EVENT_COLUMNS, FINDING_COLUMNS } from '../../src/core/export/csv.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { eventIdOf, eventTimeOf } from '../../src/core/table/rows.ts';
import type { Export } from '../contract.ts';
import type { OpenCase } from './open-case.ts';
import type { View } from './views.ts';
import { rowOf } from './rows.ts';

/** Rows between two pauses, in which the worker answers the page. */
const ROWS_A_TURN = 20_000;

/**
 * @param view a view of findings or events
 * @returns a Blob of the CSV and a file name for it
 */
export async function exportCsv(opened: OpenCase, fields: TableFields, view: View): Promise<Export> {
  const columns = view.kind === 'findings' ? FINDING_COLUMNS : EVENT_COLUMNS;
  const writer = new CsvWriter(columns);
  let blob = new Blob([], { type: 'text/csv;charset=utf-8' });
  for (let i = 0; i < view.items.length; i++) {
    const cells = cellsOf(opened, fields, view, view.items[i]!);
    writer.row(columns.map((column) => cells[column]));
    if (i % ROWS_A_TURN === ROWS_A_TURN - 1) {
      blob = new Blob([blob, ...writer.take()], { type: blob.type });
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  blob = new Blob([blob, ...writer.take()], { type: blob.type });
  return { blob, rows: view.items.length, name: `${fileNameOf(opened.row.name)}-${view.kind}.csv` };
}

type Column = (typeof FINDING_COLUMNS)[number] | (typeof EVENT_COLUMNS)[number];

function cellsOf(
  opened: OpenCase,
  fields: TableFields,
  view: View,
  item: number,
): Record<Column, string | number> {
  const { table, sources, rules } = opened;
  const finding = view.kind === 'findings';
  const event = finding ? table.hitRow[item]! : item;
  const rule = finding ? rules[table.hitRule[item]!]! : null;
  const row = rowOf(fields, event, finding ? table.hitRule[item]! : null);
  const source = sources.all[table.source[event]!]!;
  const alerts = fields.findings.combos[fields.findings.comboOf[event]!]!;
  return {
    event_time: Number.isNaN(row.time) ? '' : new Date(row.time).toISOString().replace('.000Z', 'Z'),
    severity: rule?.severity ?? '',
    rule_id: rule?.id ?? '',
    rule_name: rule?.name ?? '',
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
    rule_version: rule?.version ?? '',
    event_time_recorded: eventTimeOf(table, event) ?? '',
    alerts: alerts.map((index) => rules[index]!.id).join(' '),
  };
}

/** @returns the case's name as a file name: letters, digits, `.`, `_` and `-` */
function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'case';
}
