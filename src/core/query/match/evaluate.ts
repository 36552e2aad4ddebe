/** Decides a plan on one parsed record. */
import type { Value } from '../../record/columns.ts';
import { allValues, flatten, hasValue, lookUp, type AtPath, type Flat } from '../../record/flatten.ts';
import { combine, NO, YES, type LeafPlan, type Outcome, type Plan } from './plan.ts';

/** A record, with what was looked up in it so far. */
export class RecordView {
  readonly record: unknown;
  #atPaths: Map<string, AtPath> | null = null;
  #has: Map<string, boolean> | null = null;
  #all: readonly Value[] | null = null;
  #flat: Flat | null = null;

  constructor(record: unknown) {
    this.record = record;
  }

  at(path: string): AtPath {
    this.#atPaths ??= new Map();
    let known = this.#atPaths.get(path);
    if (known === undefined) this.#atPaths.set(path, (known = lookUp(this.record, path)));
    return known;
  }

  /** Whether there is a value at the path or below it. */
  has(path: string): boolean {
    this.#has ??= new Map();
    let known = this.#has.get(path);
    if (known === undefined) this.#has.set(path, (known = hasValue(this.record, path)));
    return known;
  }

  /** The values of all fields. */
  get all(): readonly Value[] {
    return (this.#all ??= allValues(this.record));
  }

  get flat(): Flat {
    return (this.#flat ??= flatten(this.record));
  }
}

/** How `plan` comes out on the record: never UNKNOWN; DROPPED where nothing is left of it. */
export function evaluate(plan: Plan, view: RecordView): Outcome {
  switch (plan.kind) {
    case 'all':
      return YES;
    case 'none':
      return NO;
    case 'bool':
      return combine(plan, (child) => evaluate(child, view));
    case 'exists':
      return view.has(plan.path) ? YES : NO;
    case 'leaf':
      return evaluateLeaf(plan, view);
  }
}

function evaluateLeaf(leaf: LeafPlan, view: RecordView): Outcome {
  if (leaf.everywhere) return leaf.test(view.all);
  if (leaf.path === null) {
    for (const [path, values] of view.flat)
      if (leaf.matchesPath(path) && leaf.test(values) === YES) return YES;
    return NO;
  }
  const { values, below } = view.at(leaf.path);
  const outcome = leaf.test(values);
  const { literal } = leaf;
  if (outcome !== NO || literal === null || !below || !view.has(literal.path)) return outcome;
  return evaluate(literal.plan(), view);
}
