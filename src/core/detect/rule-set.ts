/**
 * Many rules against many rows: the matcher of the ingest workers and of re-evaluation.
 *
 * Each rule is decided in three-valued logic over the columns; only rows whose answer is unknown are parsed,
 * each at most once. Rules are not asked about every row: rows are bucketed by the code of a few columns
 * that nearly every rule has a condition on, and a rule visits the buckets that may match.
 */
import { UNKNOWN, YES, type CompiledQuery } from '../query/index.ts';
import { columnIndex } from '../record/columns.ts';
import { compileDecider, conditionsOf, type CodeCondition, type Decider } from '../table/deciders.ts';
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

  /**
   * @param queries compiled query of each rule, in the order that `Hits.rule` refers to
   * @param vocabulary explains the codes of the rows to come; it may grow between calls
   */
  constructor(
    queries: readonly CompiledQuery[],
    private readonly vocabulary: Vocabulary,
  ) {
    this.#rules = queries.map((query) => new PreparedRule(query, vocabulary));
  }

  /** @returns all findings among the rows that the columns or `decideOpen` affirm */
  match(rows: Rows, decideOpen: DecideOpen): Hits {
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

class PreparedRule {
  readonly #decider: Decider;
  readonly #conditions: PassingCodes[];

  constructor(query: CompiledQuery, vocabulary: Vocabulary) {
    this.#decider = compileDecider(query.plan, vocabulary);
    this.#conditions = conditionsOf(query.plan, this.#decider)
      .filter((condition) => BUCKETED.includes(condition.column))
      .map((condition) => new PassingCodes(condition, vocabulary));
  }

  match(rows: Rows, bucketsOf: (column: number) => Buckets, isHit: (row: number) => boolean): number[] {
    const hits: number[] = [];
    const consider = (row: number): void => {
      const outcome = this.#decider.decide(rows, row);
      if (outcome === YES || (outcome === UNKNOWN && isHit(row))) hits.push(row);
    };
    const narrowest = this.#narrowest(bucketsOf);
    if (!narrowest) {
      for (let row = 0; row < rows.rows; row++) consider(row);
      return hits;
    }
    const buckets = bucketsOf(narrowest.column);
    for (const code of narrowest.codes()) {
      const end = buckets.starts[code + 1] ?? 0;
      for (let i = buckets.starts[code] ?? 0; i < end; i++) consider(buckets.rows[i]!);
    }
    return hits.sort((a, b) => a - b);
  }

  /** The condition that leaves the fewest rows to look at. */
  #narrowest(bucketsOf: (column: number) => Buckets): PassingCodes | null {
    let best: PassingCodes | null = null;
    let fewest = Infinity;
    for (const condition of this.#conditions) {
      const buckets = bucketsOf(condition.column);
      let size = 0;
      for (const code of condition.codes()) size += buckets.size(code);
      if (size < fewest) {
        fewest = size;
        best = condition;
      }
    }
    return best;
  }
}

/** The codes that pass a condition, kept up with the growing dictionary. */
class PassingCodes {
  readonly column: number;
  readonly #passing: number[] = [];
  #examined = 0;

  constructor(
    private readonly condition: CodeCondition,
    private readonly vocabulary: Vocabulary,
  ) {
    this.column = condition.column;
  }

  codes(): readonly number[] {
    const size = this.vocabulary.values[this.column]!.length + 2;
    for (; this.#examined < size; this.#examined++) {
      if (this.condition.may(this.#examined)) this.#passing.push(this.#examined);
    }
    return this.#passing;
  }
}
