/** Where the findings of each event are, as long as neither events nor findings change. */
import type { EventTable } from './event-table.ts';

export class FindingPlaces {
  /** Place in `#findings` at which those of a row begin; one more entry than rows. */
  readonly #starts: Uint32Array;
  readonly #findings: Uint32Array;
  readonly #hitRule: Uint16Array;

  constructor(table: EventTable) {
    const { rows, findings, hitRow } = table;
    const starts = new Uint32Array(rows + 1);
    for (let i = 0; i < findings; i++) starts[hitRow[i]! + 1]!++;
    for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
    const next = starts.slice(0, rows);
    this.#findings = new Uint32Array(findings);
    for (let i = 0; i < findings; i++) this.#findings[next[hitRow[i]!]!++] = i;
    this.#starts = starts;
    this.#hitRule = table.hitRule;
  }

  /** @returns whether these are still the places of the table's findings */
  holds(table: EventTable): boolean {
    return (
      this.#starts.length === table.rows + 1 &&
      this.#findings.length === table.findings &&
      this.#hitRule === table.hitRule
    );
  }

  /** @returns the finding of a rule on an event, -1 for none */
  find(row: number, rule: number): number {
    for (let i = this.#starts[row]!; i < this.#starts[row + 1]!; i++) {
      const finding = this.#findings[i]!;
      if (this.#hitRule[finding] === rule) return finding;
    }
    return -1;
  }

  /** @returns the findings of an event, in order of arrival */
  of(row: number): number[] {
    return Array.from(this.#findings.subarray(this.#starts[row], this.#starts[row + 1]));
  }
}
