/**
 * What the columns tell of each condition of a query, for whoever has the record and not its row: with it, the record as it was
 * logged is enough to decide the query.
 */
import { UNKNOWN, type ExistsPlan, type LeafPlan } from '../query/index.ts';
import { OPEN } from '../record/columns.ts';
import { compileDecider, isBeside, type Decider, type VirtualField } from './deciders.ts';
import { SOURCE_IP, type Rows, type Vocabulary } from './rows.ts';

export class KnownConditions {
  readonly #deciders: readonly Decider[];
  /** By condition: it asks for what is no part of a record. */
  readonly #isBeside: readonly boolean[];
  readonly #looksEverywhere: boolean;

  /** @param conditions of one query: see `conditionsIn` */
  constructor(
    conditions: readonly (LeafPlan | ExistsPlan)[],
    vocabulary: Vocabulary,
    virtual: readonly VirtualField[],
  ) {
    this.#deciders = conditions.map((condition) => compileDecider(condition, vocabulary, virtual));
    this.#isBeside = conditions.map(({ path }) => path !== null && isBeside(path, virtual));
    this.#looksEverywhere = conditions.some(({ path }) => path === null);
  }

  get count(): number {
    return this.#deciders.length;
  }

  /**
   * Tells of a row how each condition comes out; UNKNOWN where the record tells.
   *
   * @param outcomes gets `count` outcomes, from `at` on
   * @returns whether the record as it was logged tells them; where not, it must be enriched first
   */
  tell(rows: Rows, row: number, outcomes: Uint8Array, at: number): boolean {
    // Where an address is, which belongs to the fields too, is known of one that a column has.
    let told = !this.#looksEverywhere || rows.columns[SOURCE_IP]![row] !== OPEN;
    for (let i = 0; i < this.#deciders.length; i++) {
      const outcome = this.#deciders[i]!.decide(rows, row);
      if (outcome === UNKNOWN && this.#isBeside[i]!) told = false;
      outcomes[at + i] = outcome;
    }
    return told;
  }
}
