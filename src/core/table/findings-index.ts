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

  constructor(table: EventTable) {
    const { rows, findings, hitRule, hitRow } = table;
    const starts = new Uint32Array(rows + 1);
    for (let i = 0; i < findings; i++) starts[hitRow[i]! + 1]!++;
    for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
    const next = starts.slice(0, rows);
    const rules = new Uint16Array(findings);
    for (let i = 0; i < findings; i++) rules[next[hitRow[i]!]!++] = hitRule[i]!;

    this.comboOf = new Uint32Array(rows);
    const numbers = new Map<string, number>([['', 0]]);
    for (let row = 0; row < rows; row++) {
      const start = starts[row]!;
      const end = starts[row + 1]!;
      if (start === end) continue;
      const combo = Array.from(rules.subarray(start, end)).sort((a, b) => a - b);
      const key = combo.join();
      let number = numbers.get(key);
      if (number === undefined) {
        number = this.combos.length;
        this.combos.push(combo);
        numbers.set(key, number);
      }
      this.comboOf[row] = number;
    }
  }
}
