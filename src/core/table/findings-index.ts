/**
 * Which rules fired on which event. Events share few combinations of rules, so each event has one number,
 * its combination; 0 is "none".
 */
import type { EventTable } from './event-table.ts';

export class FindingsIndex {
  /** Combination number by event row. */
  readonly comboOf: Uint32Array;
  /** Rules of each combination, ascending. */
  readonly combos: number[][];
  /** By a combination and one rule more: the number of both together. */
  readonly #longer: Map<number, number>;
  readonly #table: EventTable;
  readonly #rows: number;
  readonly #findings: number;
  readonly #clearings: number;

  /** @param before an index of the same table: where the table has only grown since, it is gone on with */
  constructor(table: EventTable, before: FindingsIndex | null = null) {
    const { rows, findings } = table;
    const known = before !== null && before.#isGrown(table) ? before : null;
    this.#table = table;
    this.#rows = rows;
    this.#findings = findings;
    this.#clearings = table.clearings;
    this.combos = known?.combos ?? [[]];
    this.#longer = known === null ? new Map<number, number>() : known.#longer;
    this.comboOf = new Uint32Array(rows);
    if (known !== null) this.comboOf.set(known.comboOf);
    if (known === null) this.#number(0, 0);
    else this.#number(known.#rows, known.#findings);
  }

  /** Whether the table has its rows and findings as before, and others behind them. */
  #isGrown(table: EventTable): boolean {
    if (table !== this.#table || table.clearings !== this.#clearings || table.rows < this.#rows) return false;
    return table.hitRow.subarray(this.#findings, table.findings).every((row) => row >= this.#rows);
  }

  /** Numbers the combinations of the rows from `first` on, whose findings are those from `firstFinding` on. */
  #number(first: number, firstFinding: number): void {
    const { rows, findings, hitRule, hitRow } = this.#table;
    const count = rows - first;
    const starts = new Uint32Array(count + 1);
    for (let i = firstFinding; i < findings; i++) starts[hitRow[i]! - first + 1]!++;
    for (let row = 0; row < count; row++) starts[row + 1]! += starts[row]!;
    const next = starts.slice(0, count);
    const rules = new Uint16Array(findings - firstFinding);
    for (let i = firstFinding; i < findings; i++) rules[next[hitRow[i]! - first]!++] = hitRule[i]!;
    for (let row = 0; row < count; row++) {
      const start = starts[row]!;
      const end = starts[row + 1]!;
      if (end - start > 1) rules.subarray(start, end).sort();
      let combo = 0;
      for (let i = start; i < end; i++) combo = this.#with(combo, rules[i]!);
      this.comboOf[first + row] = combo;
    }
  }

  /** @returns the combination of another one and a rule beyond those in it */
  #with(combo: number, rule: number): number {
    const key = combo * 2 ** 16 + rule;
    let number = this.#longer.get(key);
    if (number === undefined) {
      number = this.combos.length;
      this.combos.push([...this.combos[combo]!, rule]);
      this.#longer.set(key, number);
    }
    return number;
  }
}
