/** Decides a query on single records, with what is known of them besides. */
import {
  compileQuery,
  conditionsIn,
  decidePlan,
  evaluate,
  NO,
  RecordView,
  UNKNOWN,
  YES,
  type Outcome,
  type Plan,
} from '../../src/core/query/index.ts';
import type { Sought } from '../contract.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Judge {
  readonly #plan: Plan;
  /** By condition: its place among them. */
  readonly #places: ReadonlyMap<Plan, number>;
  /** By place of a condition: that of its needles; none where nothing is looked for. */
  readonly #needles: ReadonlyMap<number, number>;

  constructor(private readonly sought: Sought) {
    this.#plan = compileQuery(sought.query, { now: sought.now }).plan;
    this.#places = new Map(conditionsIn(this.#plan).map((condition, place) => [condition, place]));
    this.#needles = new Map(sought.places.map((place, needles) => [place, needles]));
  }

  /**
   * What is known of a record that nobody has parsed.
   *
   * @param known see `SoughtPart`; from `at` on
   * @param mayStand whether the needles at a place may stand in its text
   * @returns UNKNOWN where it must be parsed
   */
  unparsed(known: Uint8Array, at: number, mayStand: (needles: number) => boolean): Outcome {
    return decidePlan(this.#plan, (condition) => {
      const place = this.#places.get(condition)!;
      const outcome = known[at + place] as Outcome;
      if (outcome !== UNKNOWN) return outcome;
      const needles = this.#needles.get(place);
      return needles === undefined || mayStand(needles) ? UNKNOWN : NO;
    });
  }

  /**
   * @param json the record
   * @param known see `SoughtPart`; from `at` on
   */
  matches(json: Uint8Array, known: Uint8Array, at: number): boolean {
    const view = new RecordView(this.#withoutHidden(JSON.parse(decoder.decode(json))));
    const outcome = decidePlan(this.#plan, (condition) => {
      const told = known[at + this.#places.get(condition)!] as Outcome;
      return told === UNKNOWN ? evaluate(condition, view) : told;
    });
    return outcome === YES;
  }

  #withoutHidden(record: Record<string, unknown>): Record<string, unknown> {
    const { hidden } = this.sought;
    if (!hidden.some((key) => key in record)) return record;
    return Object.fromEntries(Object.entries(record).filter(([key]) => !hidden.includes(key)));
  }
}
