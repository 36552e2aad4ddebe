/**
 * Which rules fired on which event. Events share few combinations of rules, so each event has one number,
 * its combination; 0 is "none".
 */
import type { EventTable } from './event-table.ts';

export class FindingsIndex {
  /** Combination number by event row. */
  readonly comboOf: Uint32Array;
  /** Rules of each combination, ascending. */
  readonly combos: number[][] = [[]];
  /** By a combination and one rule more: the number of both together. */
  readonly #longer = new Map<number, number>();

  constructor(table: EventTable) {
    const { rows, findings, hitRule, hitRow } = table;
    const starts = new Uint32Array(rows + 1);
    for (let i = 0; i < findings; i++) starts[hitRow[i]! + 1]!++;
    for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
    const next = starts.slice(0, rows);
    const rules = new Uint16Array(findings);
    for (let i = 0; i < findings; i++) rules[next[hitRow[i]!]!++] = hitRule[i]!;

    this.comboOf = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) {
      const start = starts[row]!;
      const end = starts[row + 1]!;
      if (end - start > 1) rules.subarray(start, end).sort();
      let combo = 0;
      for (let i = start; i < end; i++) combo = this.#with(combo, rules[i]!);
      this.comboOf[row] = combo;
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
