/**
 * Which records need not be parsed to answer a query that the columns leave open: those in whose text nothing stands that
 * the open conditions ask for.
 */
import { conditionsIn, needlesOf, type Needles, type Plan } from '../query/index.ts';
import { columnIndex } from '../record/columns.ts';
import { compileDecider, isBeside, type Decider, type VirtualField } from './deciders.ts';
import type { Vocabulary } from './rows.ts';

export interface Sieve {
  /** What to look for in the text of a record: any of them. */
  readonly needles: readonly Needles[];
  /** By needles: the condition that they are of, by its place among those of the plan (`conditionsIn`). */
  readonly places: readonly number[];
  /**
   * Decides for a row in whose text none of the needles is, and which the columns leave open; UNKNOWN where the record must be
   * asked all the same. Null where no such row matches.
   */
  readonly decider: Decider | null;
}

/** @returns null where the text of a record says nothing of the query */
export function compileSieve(
  plan: Plan,
  vocabulary: Vocabulary,
  virtual: readonly VirtualField[],
): Sieve | null {
  const found: Needles[] = [];
  const places: number[] = [];
  const absent = new Set<Plan>();
  for (const [place, condition] of conditionsIn(plan).entries()) {
    if (condition.path !== null && isInside(condition.path, virtual)) continue;
    const needles = needlesOf(condition);
    if (needles === null) continue;
    absent.add(condition);
    found.push(needles);
    places.push(place);
  }
  if (absent.size === 0) return null;
  const decider = onlyNeeds(plan, absent) ? null : compileDecider(plan, vocabulary, virtual, absent);
  return { needles: found, places, decider };
}

/**
 * Whether a plan asks for nothing but these conditions, and excludes nothing. What is left open of it without any of them being
 * true is then not the case: had it been so for the others, it would not have been left open.
 */
function onlyNeeds(plan: Plan, conditions: ReadonlySet<Plan>): boolean {
  if (plan.kind !== 'bool') return conditions.has(plan);
  return (
    plan.mustNot.length === 0 && [...plan.must, ...plan.should].every((child) => onlyNeeds(child, conditions))
  );
}

/** Whether columns decide a condition on this path: then it is open in few rows, if any. */
function isInside(path: string, virtual: readonly VirtualField[]): boolean {
  return columnIndex(path) >= 0 || path === 'eventTime' || path === 'eventID' || isBeside(path, virtual);
}
