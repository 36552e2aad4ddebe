/** Decides a plan on one parsed record. */
import type { Value } from '../../record/columns.ts';
import { flatten, hasValue, valuesAt, type Flat } from '../../record/flatten.ts';
import { combine, NO, YES, type LeafPlan, type Outcome, type Plan } from './plan.ts';

/** A record, with what was looked up in it so far. */
export class RecordView {
  readonly record: unknown;
  readonly #values = new Map<string, readonly Value[]>();
  #flat: Flat | null = null;

  constructor(record: unknown) {
    this.record = record;
  }

  valuesAt(path: string): readonly Value[] {
    const known = this.#values.get(path);
    if (known !== undefined) return known;
    const values = valuesAt(this.record, path);
    this.#values.set(path, values);
    return values;
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
      return hasValue(view.record, plan.path) ? YES : NO;
    case 'leaf':
      return evaluateLeaf(plan, view);
  }
}

function evaluateLeaf(leaf: LeafPlan, view: RecordView): Outcome {
  if (leaf.path === null) {
    for (const [path, values] of view.flat)
      if (leaf.matchesPath(path) && leaf.test(values) === YES) return YES;
    return NO;
  }
  const outcome = leaf.test(view.valuesAt(leaf.path));
  return outcome === NO && leaf.literal !== null ? evaluate(leaf.literal, view) : outcome;
}
