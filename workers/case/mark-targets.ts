/** From what the page names to the rows that are marked. */
import { entityRows } from '../../src/core/table/entity.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import type { MarkTargets } from '../../src/core/table/mark.ts';
import { rowOfItem } from '../../src/core/table/select.ts';
import type { MarkChange, MarkTarget } from '../contract.ts';
import type { OpenCase } from './open-case.ts';
import type { View, Views } from './views.ts';

/** @returns the events and findings meant; null when the view is too old to tell */
export function targetsOf(
  opened: OpenCase,
  views: Views,
  target: MarkTarget,
  { timeline }: MarkChange,
): MarkTargets[] | null {
  if (target.of === 'entity') {
    const items = entityItems(opened, views.state().fields, target);
    return timeline === undefined ? byRule(opened, items) : eventsOf(opened, items);
  }
  if (target.of !== 'view') {
    const rule = target.of === 'event' || timeline !== undefined ? '' : target.rule;
    return target.event < opened.table.rows ? [{ rule, rows: Uint32Array.of(target.event) }] : [];
  }
  const view = views.get(target.view);
  if (!view) return null;
  const items = itemsOf(opened, view, target);
  if (view.kind === 'events') return [{ rule: '', rows: items.slice().sort() }];
  return timeline === undefined ? byRule(opened, items) : eventsOf(opened, items);
}

/** The events of findings, each once. */
function eventsOf({ table }: OpenCase, items: Uint32Array): MarkTargets[] {
  const rows = items.map((item) => table.hitRow[item]!).sort();
  return [{ rule: '', rows: rows.filter((row, i) => row !== rows[i - 1]) }];
}

/** The findings of an entity. */
function entityItems(
  { table, rules }: OpenCase,
  fields: TableFields,
  { entity, from, to, rule }: MarkTarget & { of: 'entity' },
): Uint32Array {
  const isIts = new Uint8Array(table.rows);
  for (const row of entityRows(fields, entity, { from, to })) isIts[row] = 1;
  const index = rules.findIndex(({ id }) => id === rule);
  const items = new Uint32Array(table.findings);
  let found = 0;
  for (let item = 0; item < table.findings; item++) {
    if (isIts[table.hitRow[item]!] === 0) continue;
    if (rule === undefined || table.hitRule[item] === index) items[found++] = item;
  }
  return items.slice(0, found);
}

function itemsOf(
  { table, rules }: OpenCase,
  { kind, items }: View,
  { from = 0, to = Infinity, rule }: MarkTarget & { of: 'view' },
): Uint32Array {
  const some = items.subarray(from, Math.min(items.length, to + 1));
  if (rule === undefined) return some;
  const index = rules.findIndex(({ id }) => id === rule);
  return kind === 'findings' ? some.filter((item) => table.hitRule[item] === index) : new Uint32Array(0);
}

/** Findings by their rule, as the rows of their events. */
function byRule({ table, rules }: OpenCase, items: Uint32Array): MarkTargets[] {
  const counts = new Uint32Array(rules.length);
  for (const item of items) counts[table.hitRule[item]!]!++;
  const targets = Array.from(counts, (count, i) => ({ rule: rules[i]!.id, rows: new Uint32Array(count) }));
  const filled = new Uint32Array(rules.length);
  for (const item of items) {
    const rule = table.hitRule[item]!;
    targets[rule]!.rows[filled[rule]!++] = rowOfItem(table, 'findings', item);
  }
  for (const { rows } of targets) rows.sort();
  return targets.filter(({ rows }) => rows.length > 0);
}
