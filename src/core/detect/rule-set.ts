/**
 * Many rules against many rows: the matcher of the ingest workers and of re-evaluation.
 *
 * Each rule is decided in three-valued logic over the columns; only rows whose answer is unknown are parsed,
 * each at most once. Rules are not asked about every row: rows are bucketed by the code of a few columns
 * that nearly every rule has a condition on, and a rule visits the buckets that may match.
 */
import { once } from '../once.ts';
import { UNKNOWN, YES, type CompiledQuery } from '../query/index.ts';
import { ABSENT, FIRST_VALUE, OPEN, columnIndex, type Value } from '../record/columns.ts';
import { conditionsOf, type CodeCondition } from '../table/conditions.ts';
import { compileDecider, type Decider } from '../table/deciders.ts';
import type { Codes, Rows, Vocabulary } from '../table/rows.ts';

/** Columns that rows are bucketed by: few distinct values, and rules ask for them. */
const BUCKETED = ['eventName', 'eventSource', 'errorCode', 'userIdentity.type', 'eventType'].map(columnIndex);

/** Findings: parallel arrays, ordered by rule, then row. */
export interface Hits {
  rule: Uint16Array;
  row: Uint32Array;
}

/**
 * Decides a rule for a row that the columns leave open, by the record itself.
 * Who cannot do so at once notes the pair and answers false.
 */
export type DecideOpen = (rule: number, row: number) => boolean;

export class RuleSet {
  readonly #rules: PreparedRule[];
  /** By column. */
  readonly #watches: ReadonlyMap<number, CodeWatch>;

  /**
   * @param queries compiled query of each rule, in the order that `Hits.rule` refers to
   * @param vocabulary explains the codes of the rows to come; it may grow between calls
   */
  constructor(
    queries: readonly CompiledQuery[],
    private readonly vocabulary: Vocabulary,
  ) {
    this.#watches = new Map(BUCKETED.map((column) => [column, new CodeWatch(vocabulary.values[column]!)]));
    this.#rules = queries.map((query) => new PreparedRule(query, vocabulary, this.#watches));
  }

  /** @returns all findings among the rows that the columns or `decideOpen` affirm */
  match(rows: Rows, decideOpen: DecideOpen): Hits {
    for (const watch of this.#watches.values()) watch.advance();
    const buckets = new Map<number, Buckets>();
    const rule: number[] = [];
    const row: number[] = [];
    this.#rules.forEach((prepared, index) => {
      const found = prepared.match(rows, this.#bucketsOf(rows, buckets), (at) => decideOpen(index, at));
      for (const hit of found) {
        rule.push(index);
        row.push(hit);
      }
    });
    return { rule: Uint16Array.from(rule), row: Uint32Array.from(row) };
  }

  #bucketsOf(rows: Rows, made: Map<number, Buckets>): (column: number) => Buckets {
    return (column) => {
      let buckets = made.get(column);
      if (!buckets) {
        buckets = new Buckets(rows.columns[column]!, rows.rows, this.vocabulary.values[column]!.length + 2);
        made.set(column, buckets);
      }
      return buckets;
    };
  }
}

/** Rows grouped by the code of one column, by counting sort. */
class Buckets {
  /** `rows[starts[code]..starts[code + 1])` have that code, in ascending order. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;

  constructor(codes: Codes, count: number, codeCount: number) {
    const starts = new Uint32Array(codeCount + 1);
    for (let i = 0; i < count; i++) starts[codes[i]! + 1]!++;
    for (let c = 0; c < codeCount; c++) starts[c + 1]! += starts[c]!;
    const next = starts.slice();
    const rows = new Uint32Array(count);
    for (let i = 0; i < count; i++) rows[next[codes[i]!]!++] = i;
    this.starts = starts;
    this.rows = rows;
  }

  size(code: number): number {
    return code + 1 < this.starts.length ? this.starts[code + 1]! - this.starts[code]! : 0;
  }
}

/** A necessary condition of a rule, and the codes that pass it. */
interface Gate {
  readonly column: number;
  readonly passing: readonly number[];
}

class PreparedRule {
  readonly #decider: () => Decider;
  readonly #gates: readonly Gate[];

  constructor(query: CompiledQuery, vocabulary: Vocabulary, watches: ReadonlyMap<number, CodeWatch>) {
    // Of many rules few ever have a row to look at.
    this.#decider = once(() => compileDecider(query.plan, vocabulary));
    this.#gates = conditionsOf(query.plan, vocabulary).flatMap((condition) => {
      const { column } = condition;
      const watch = watches.get(column);
      return watch === undefined ? [] : [{ column, passing: watch.passing(condition) }];
    });
  }

  match(rows: Rows, bucketsOf: (column: number) => Buckets, isHit: (row: number) => boolean): number[] {
    const hits: number[] = [];
    const consider = (row: number): void => {
      const outcome = this.#decider().decide(rows, row);
      if (outcome === YES || (outcome === UNKNOWN && isHit(row))) hits.push(row);
    };
    const narrowest = this.#narrowest(bucketsOf);
    if (!narrowest) {
      for (let row = 0; row < rows.rows; row++) consider(row);
      return hits;
    }
    const buckets = bucketsOf(narrowest.column);
    for (const code of narrowest.passing) {
      const end = buckets.starts[code + 1] ?? 0;
      for (let i = buckets.starts[code] ?? 0; i < end; i++) consider(buckets.rows[i]!);
    }
    return hits.sort((a, b) => a - b);
  }

  /** The condition that leaves the fewest rows to look at. */
  #narrowest(bucketsOf: (column: number) => Buckets): Gate | null {
    let best: Gate | null = null;
    let fewest = Infinity;
    for (const gate of this.#gates) {
      const buckets = bucketsOf(gate.column);
      let size = 0;
      for (const code of gate.passing) size += buckets.size(code);
      if (size < fewest) {
        fewest = size;
        best = gate;
      }
    }
    return best;
  }
}

/** Which codes of one column pass the conditions of the rules, kept up with the growing dictionary. */
class CodeWatch {
  /** By a string that conditions are true of: where their codes are noted. */
  readonly #wanting = new Map<string, number[][]>();
  /** Those that have to be asked about every value. */
  readonly #asking: { condition: CodeCondition; passing: number[] }[] = [];
  #seen = 0;

  constructor(private readonly values: readonly Value[]) {}

  /** @returns the codes that pass, to which `advance` adds */
  passing(condition: CodeCondition): readonly number[] {
    const passing: number[] = [];
    if (condition.only === null) {
      this.#asking.push({ condition, passing });
      if (condition.may(ABSENT)) passing.push(ABSENT);
    }
    passing.push(OPEN);
    for (const text of new Set(condition.only)) {
      const wanting = this.#wanting.get(text);
      if (wanting) wanting.push(passing);
      else this.#wanting.set(text, [passing]);
    }
    return passing;
  }

  /** Looks at the values that are new. Conditions have to be known by then. */
  advance(): void {
    for (; this.#seen < this.values.length; this.#seen++) {
      const value = this.values[this.#seen]!;
      const code = this.#seen + FIRST_VALUE;
      const wanting = typeof value === 'string' ? this.#wanting.get(value) : undefined;
      for (const passing of wanting ?? []) passing.push(code);
      for (const { condition, passing } of this.#asking) if (condition.may(code)) passing.push(code);
    }
  }
}
