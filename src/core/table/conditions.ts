/** What must be true of single columns of a row for a query to match it. This is what lets 800 rules look at few rows. */
import { NO, type ExistsPlan, type LeafPlan, type Plan } from '../query/index.ts';
import { once } from '../once.ts';
import { columnIndex } from '../record/columns.ts';
import { columnDecider } from './deciders.ts';
import type { Vocabulary } from './rows.ts';

/** A necessary condition of a plan: rows whose code in `column` fails `may` cannot match. */
export interface CodeCondition {
  readonly column: number;
  may(code: number): boolean;
  /** Nothing passes but these strings and OPEN; null when other values may, or none. */
  readonly only: readonly string[] | null;
}

/** @returns conditions on single columns: a row matches only if it meets all of them */
export function conditionsOf(plan: Plan, vocabulary: Vocabulary): CodeCondition[] {
  if (plan.kind === 'leaf' || plan.kind === 'exists') return ofField(plan, vocabulary);
  if (plan.kind !== 'bool') return [];
  if (plan.must.length > 0) return plan.must.flatMap((child) => conditionsOf(child, vocabulary));
  if (plan.should.length === 0) return [];
  // Any of several: a column that every one of them has a condition on.
  const each = plan.should.map((child) => conditionsOf(child, vocabulary));
  const columns = new Set(each[0]!.map((condition) => condition.column));
  return [...columns].flatMap((column) => {
    const chosen = each.map((conditions) => conditions.find((c) => c.column === column));
    return chosen.every((c) => c !== undefined) ? [anyOf(column, chosen)] : [];
  });
}

function ofField(plan: LeafPlan | ExistsPlan, vocabulary: Vocabulary): CodeCondition[] {
  const column = plan.path === null ? -1 : columnIndex(plan.path);
  if (column < 0) return [];
  // Where only certain strings pass, it may never be asked.
  const decider = once(() => columnDecider(plan, column, vocabulary));
  const only = plan.kind === 'leaf' && plan.only !== null ? [plan.only] : null;
  return [{ column, may: (code) => decider().verdict(code) !== NO, only }];
}

function anyOf(column: number, conditions: readonly CodeCondition[]): CodeCondition {
  const only = conditions.every((c) => c.only !== null) ? conditions.flatMap((c) => c.only!) : null;
  return { column, may: (code) => conditions.some((c) => c.may(code)), only };
}
