/** Decides a plan on one parsed record. */
import type { Value } from '../../record/columns.ts';
import { allValues, flatten, hasValue, lookUp, type AtPath, type Flat } from '../../record/flatten.ts';
import { decidePlan, NO, YES, type LeafPlan, type Outcome, type Plan } from './plan.ts';

/** Paths that are looked up one by one before the whole record is flattened instead. */
const MAX_LOOK_UPS = 24;

/** A record, with what was looked up in it so far. */
export class RecordView {
  readonly record: unknown;
  #atPaths: Map<string, AtPath> | null = null;
  #all: readonly Value[] | null = null;
  #flat: Flat | null = null;
  #parents: Set<string> | null = null;
  #outcomes: Map<LeafPlan, Outcome> | null = null;
  #where: Map<(path: string) => boolean, (readonly Value[])[]> | null = null;

  constructor(record: unknown) {
    this.record = record;
  }

  /** What stands at the path. */
  at(path: string): AtPath {
    this.#atPaths ??= new Map();
    let known = this.#atPaths.get(path);
    if (known === undefined) {
      known = this.#atPaths.size < MAX_LOOK_UPS ? lookUp(this.record, path) : this.#atFlat(path);
      this.#atPaths.set(path, known);
    }
    return known;
  }

  /** Whether there is a value at the path or below it. */
  has(path: string): boolean {
    const { values, below } = this.at(path);
    return values.length > 0 || (below && (this.#parents?.has(path) ?? hasValue(this.record, path)));
  }

  /** The outcome of a condition that may stand in a query several times: worked out the first time. */
  once(leaf: LeafPlan, decide: (leaf: LeafPlan, view: RecordView) => Outcome): Outcome {
    this.#outcomes ??= new Map();
    let known = this.#outcomes.get(leaf);
    if (known === undefined) this.#outcomes.set(leaf, (known = decide(leaf, this)));
    return known;
  }

  /** The values of each field whose path passes the test; asked once for a test, however many conditions have it. */
  where(test: (path: string) => boolean): readonly (readonly Value[])[] {
    this.#where ??= new Map();
    let known = this.#where.get(test);
    if (known === undefined) {
      known = [];
      for (const [path, values] of this.flat) if (test(path)) known.push(values);
      this.#where.set(test, known);
    }
    return known;
  }

  /** The values of all fields. */
  get all(): readonly Value[] {
    return (this.#all ??= allValues(this.record));
  }

  get flat(): Flat {
    return (this.#flat ??= flatten(this.record));
  }

  #atFlat(path: string): AtPath {
    this.#parents ??= parentsOf(this.flat.keys());
    return { values: this.flat.get(path) ?? [], below: this.#parents.has(path) };
  }
}

/** The paths that some of these paths are below of. */
function parentsOf(paths: Iterable<string>): Set<string> {
  const parents = new Set<string>();
  for (const path of paths) {
    for (let dot = path.lastIndexOf('.'); dot >= 0; dot = path.lastIndexOf('.', dot - 1)) {
      const parent = path.slice(0, dot);
      if (parents.has(parent)) break;
      parents.add(parent);
      if (dot === 0) break;
    }
  }
  return parents;
}

/** How `plan` comes out on the record: never UNKNOWN; DROPPED where nothing is left of it. */
export function evaluate(plan: Plan, view: RecordView): Outcome {
  return decidePlan(plan, (condition) => {
    if (condition.kind === 'exists') return view.has(condition.path) ? YES : NO;
    return condition.scans ? view.once(condition, evaluateLeaf) : evaluateLeaf(condition, view);
  });
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
