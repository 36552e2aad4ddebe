/**
 * Some events of a table with what they are counted by side by side, in the order of the list: going through columns
 * by row number costs several times as much as going through arrays of one kind from end to end.
 */
import type { TableFields } from './fields.ts';
import type { Codes } from './rows.ts';

export class EventList {
  /** ms by place in the list, NaN = undated. */
  readonly time: Float64Array;
  /** Outcome by place in the list: 1 + its place in OUTCOMES. */
  readonly outcome: Uint8Array;
  readonly #isWhole: boolean;

  /** @param rows event rows, ascending */
  constructor(
    fields: TableFields,
    readonly rows: Uint32Array,
  ) {
    const { time, rows: count } = fields.table;
    const outcomes = fields.field('outcome').codes;
    this.#isWhole = rows.length === count;
    this.time = this.#isWhole ? time.subarray(0, count) : new Float64Array(rows.length);
    this.outcome = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) this.outcome[i] = outcomes[rows[i]!]!;
    if (!this.#isWhole) for (let i = 0; i < rows.length; i++) this.time[i] = time[rows[i]!]!;
  }

  /** @returns codes by place in the list, of codes by row */
  codesOf(codes: Codes): Uint32Array {
    const { rows } = this;
    if (this.#isWhole) return new Uint32Array(codes.subarray(0, rows.length));
    const picked = new Uint32Array(rows.length);
    for (let i = 0; i < rows.length; i++) picked[i] = codes[rows[i]!]!;
    return picked;
  }
}
