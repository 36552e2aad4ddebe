/**
 * Facets: for a field, which values the items of a view have and how often.
 */
import { SEVERITIES } from '../rules/index.ts';
import { clauseFor } from './clause.ts';
import { countsAt } from './counting.ts';
import type { EventTable } from './event-table.ts';
import { MARKS } from './mark.ts';
import type { FieldName, TableFields } from './fields.ts';
import type { ItemKind } from './select.ts';

export interface FacetCount {
  value: string;
  label: string;
  count: number;
  /** The clause that selects exactly this value. */
  clause: string;
}

/** A value before it is known whether it is listed: clauses are written for those only. */
type Counted = Omit<FacetCount, 'clause'>;

export interface FacetResult {
  values: FacetCount[];
  /** Distinct values in all (those that the search leaves). */
  distinct: number;
  /** Rows of values not listed. */
  otherRows: number;
}

/**
 * @param top number of values to list, most frequent first
 * @param search keeps values whose text contains it, in any case
 */
export function countFacet(
  fields: TableFields,
  kind: ItemKind,
  items: Uint32Array,
  name: FieldName,
  top: number,
  search = '',
): FacetResult {
  const counts =
    name === 'alert' || name === 'severity'
      ? ruleCounts(fields, kind, items, name)
      : fieldCounts(fields, kind, items, name);
  const wanted = search.toLowerCase();
  const matching =
    wanted === '' ? counts : counts.filter((c) => `${c.value}\n${c.label}`.toLowerCase().includes(wanted));
  if (name === 'severity')
    matching.sort((a, b) => SEVERITIES.indexOf(a.value as never) - SEVERITIES.indexOf(b.value as never));
  else if (name === 'mark')
    matching.sort((a, b) => MARKS.indexOf(b.value as never) - MARKS.indexOf(a.value as never));
  else matching.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const values = matching.slice(0, top).map((c) => ({ ...c, clause: clauseFor(name, c.value) }));
  let otherRows = 0;
  for (const rest of matching.slice(top)) otherRows += rest.count;
  return { values, distinct: matching.length, otherRows };
}

function fieldCounts(fields: TableFields, kind: ItemKind, items: Uint32Array, name: FieldName): Counted[] {
  const field = name === 'mark' ? fields.markField(kind) : fields.field(name);
  const places = kind === 'events' || name === 'mark' ? items : rowsOf(fields.table, items);
  const counts = countsAt(field.codes, places, field.size);
  const byValue = new Map<string, Counted>();
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    const value = field.value(code);
    const known = byValue.get(value);
    if (known) known.count += counts[code]!;
    else byValue.set(value, { value, label: value, count: counts[code]! });
  }
  return [...byValue.values()];
}

/** Alert and severity: an event may have several, a finding has one. */
function ruleCounts(
  fields: TableFields,
  kind: ItemKind,
  items: Uint32Array,
  name: 'alert' | 'severity',
): Counted[] {
  const { rules, table, findings } = fields;
  const keyOf = (rule: number): string => (name === 'alert' ? rules[rule]!.id : rules[rule]!.severity);
  const labelOf = (rule: number): string => (name === 'alert' ? rules[rule]!.name : rules[rule]!.severity);
  const counts = new Map<string, Counted>();
  const add = (rule: number, count: number): void => {
    const value = keyOf(rule);
    const known = counts.get(value);
    if (known) known.count += count;
    else counts.set(value, { value, label: labelOf(rule), count });
  };
  if (kind === 'findings') {
    const byRule = countsAt(table.hitRule, items, rules.length);
    byRule.forEach((count, rule) => count > 0 && add(rule, count));
    return [...counts.values()];
  }
  const byCombo = countsAt(findings.comboOf, items, findings.combos.length);
  byCombo.forEach((count, combo) => {
    if (count === 0) return;
    const distinct = new Map(findings.combos[combo]!.map((rule) => [keyOf(rule), rule]));
    for (const rule of distinct.values()) add(rule, count);
  });
  return [...counts.values()];
}

/** The event rows of some findings. */
function rowsOf({ hitRow }: EventTable, findings: Uint32Array): Uint32Array {
  const rows = new Uint32Array(findings.length);
  for (let i = 0; i < rows.length; i++) rows[i] = hitRow[findings[i]!]!;
  return rows;
}
