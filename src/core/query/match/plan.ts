/**
 * What a compiled query asks, in the form that both evaluators work from: the one over a parsed record
 * (evaluate.ts) and the one over dictionary columns (src/core/table).
 */
import type { Value } from '../../record/columns.ts';
import type { QueryNode } from '../syntax/ast.ts';
import { occurrences, type Operand } from '../syntax/boolean.ts';

/** How a condition comes out on one record. */
export const NO = 0;
export const YES = 1;
/** Only the record itself can tell. */
export const UNKNOWN = 2;
/** The condition has no word to look for and takes no part in its list. */
export const DROPPED = 3;
export type Outcome = 0 | 1 | 2 | 3;

export interface AllPlan {
  readonly kind: 'all';
}

export interface NonePlan {
  readonly kind: 'none';
}

/**
 * Matches when no `mustNot` matches, every `must` does, and, where there is no `must`, at least one `should`.
 * A list of only `mustNot` matches when none of them does.
 */
export interface BoolPlan {
  readonly kind: 'bool';
  readonly must: readonly Plan[];
  readonly should: readonly Plan[];
  readonly mustNot: readonly Plan[];
  /** The same conditions in the order written: a dropped one changes what its neighbours are. */
  readonly operands: readonly Operand<Plan>[];
  /** Some condition in here may come out as DROPPED. */
  readonly droppable: boolean;
}

/** The record has a value at `path` or below it. */
export interface ExistsPlan {
  readonly kind: 'exists';
  readonly path: string;
  readonly node: QueryNode;
}

export interface LeafPlan {
  readonly kind: 'leaf';
  /** The flattened path it looks at, without `.keyword`; null when it looks at several. */
  readonly path: string | null;
  /** Whether it looks at this flattened path. */
  matchesPath(path: string): boolean;
  /** Decides the condition from all values that a record has at one path; none = the field is missing. Pure. */
  test(values: readonly Value[]): Outcome;
  readonly node: QueryNode;
  /** It may come out as DROPPED. */
  readonly droppable: boolean;
  /**
   * The same condition on a field that is really called `….keyword`, where the query names one: true of a record if this
   * is. A record whose value at `path` is a plain one has such a field only if one of its keys has a dot in it.
   */
  readonly literal: { readonly path: string; plan(): LeafPlan | ExistsPlan } | null;
  /** Where a single value can meet it only by being this string; null where others may, or where nothing is said. */
  readonly only: string | null;
  /** It looks at every word, or at the name of every field. Such a plan may stand in a query several times. */
  readonly scans: boolean;
  /** Asked with the values of all fields at once, it gives the same answer as asked field by field. */
  readonly everywhere: boolean;
}

export type Plan = AllPlan | NonePlan | BoolPlan | LeafPlan | ExistsPlan;

export const ALL: AllPlan = { kind: 'all' };
export const NONE: NonePlan = { kind: 'none' };

/** The conditions of a plan, each once: in the same order for the same query. */
export function conditionsIn(plan: Plan): (LeafPlan | ExistsPlan)[] {
  return [...new Set(eachCondition(plan))];
}

function* eachCondition(plan: Plan): Generator<LeafPlan | ExistsPlan> {
  if (plan.kind === 'leaf' || plan.kind === 'exists') yield plan;
  if (plan.kind !== 'bool') return;
  for (const child of [...plan.must, ...plan.should, ...plan.mustNot]) yield* eachCondition(child);
}

/** The plan of a list of conditions. */
export function boolPlan(operands: readonly Operand<Plan>[]): Plan {
  if (operands.length === 0) return NONE;
  const must: Plan[] = [];
  const should: Plan[] = [];
  const mustNot: Plan[] = [];
  for (const { occur, item } of occurrences(operands)) {
    (occur === 'must' ? must : occur === 'should' ? should : mustNot).push(item);
  }
  const droppable = operands.some(({ item }) => mayDrop(item));
  return { kind: 'bool', must, should, mustNot, operands, droppable };
}

function mayDrop(plan: Plan): boolean {
  return (plan.kind === 'bool' || plan.kind === 'leaf') && plan.droppable;
}

/**
 * The outcome of a list from the outcomes of its members: UNKNOWN only where an unknown member matters,
 * DROPPED where no member is left.
 */
export function combine(plan: BoolPlan, outcomeOf: (child: Plan) => Outcome): Outcome {
  if (plan.droppable) return combineDropping(plan, outcomeOf);
  return decide(plan.must, plan.should, plan.mustNot, outcomeOf);
}

function decide(
  must: readonly Plan[],
  should: readonly Plan[],
  mustNot: readonly Plan[],
  outcomeOf: (child: Plan) => Outcome,
): Outcome {
  let unknown = false;
  for (const child of must) {
    const outcome = outcomeOf(child);
    if (outcome === NO) return NO;
    if (outcome === UNKNOWN) unknown = true;
  }
  for (const child of mustNot) {
    const outcome = outcomeOf(child);
    if (outcome === YES) return NO;
    if (outcome === UNKNOWN) unknown = true;
  }
  if (must.length > 0 || should.length === 0) return unknown ? UNKNOWN : YES;
  let any: Outcome = NO;
  for (const child of should) {
    const outcome = outcomeOf(child);
    if (outcome === YES) {
      any = YES;
      break;
    }
    if (outcome === UNKNOWN) any = UNKNOWN;
  }
  return any === YES && unknown ? UNKNOWN : any;
}

/** As `decide`, without the members that come out as DROPPED. */
function combineDropping(plan: BoolPlan, outcomeOf: (child: Plan) => Outcome): Outcome {
  const outcomes = new Map<Plan, Outcome>();
  for (const { item } of plan.operands) {
    const outcome = outcomeOf(item);
    // Whether it is dropped decides what the others are: nothing can be said.
    if (outcome === UNKNOWN && mayDrop(item)) return UNKNOWN;
    outcomes.set(item, outcome);
  }
  const left = occurrences(plan.operands, (item) => outcomes.get(item) === DROPPED);
  if (left.length === 0) return DROPPED;
  const those = (occur: string): Plan[] =>
    left.filter((each) => each.occur === occur).map(({ item }) => item);
  return decide(those('must'), those('should'), those('must not'), (child) => outcomes.get(child)!);
}

/** How `plan` comes out. @param outcomeOf of a condition; UNKNOWN where nothing is known of it */
export function decidePlan(plan: Plan, outcomeOf: (condition: LeafPlan | ExistsPlan) => Outcome): Outcome {
  switch (plan.kind) {
    case 'all':
      return YES;
    case 'none':
      return NO;
    case 'bool':
      return combine(plan, (child) => decidePlan(child, outcomeOf));
    default:
      return outcomeOf(plan);
  }
}

/**
 * The paths that every matching record has a value at or below, without `.keyword`, each once.
 * Where one of them is in no record at all, the query cannot match (and "no hits" would say too much).
 */
export function requiredPaths(plan: Plan): string[] {
  return [...required(plan)];
}

function required(plan: Plan): ReadonlySet<string> {
  switch (plan.kind) {
    case 'leaf':
      return new Set(plan.path === null ? [] : [plan.path]);
    case 'exists':
      return new Set([plan.path]);
    case 'bool': {
      if (plan.must.length > 0) return new Set(plan.must.flatMap((child) => [...required(child)]));
      const [first, ...others] = plan.should.map(required);
      return new Set([...(first ?? [])].filter((path) => others.every((paths) => paths.has(path))));
    }
    default:
      return new Set();
  }
}
