/** What whoever looks through records is told of them before: what the columns tell, and what follows if no piece of text stands in one. */
import { conditionsIn, UNKNOWN, YES, type CompiledQuery } from '../../../src/core/query/index.ts';
import type { VirtualField } from '../../../src/core/table/deciders.ts';
import type { EventTable } from '../../../src/core/table/event-table.ts';
import { KnownConditions } from '../../../src/core/table/known.ts';
import { compileSieve, type Sieve } from '../../../src/core/table/sieve.ts';
import type { Sought } from '../../contract.ts';
import { GIVE, LOOK } from '../../search/how.ts';
import type { AskedRecords } from './asked.ts';

/** Of a query with more of them, what the columns tell of each would take longer than parsing its records here. */
const MOST_CONDITIONS = 16;

/** What an item is: the query matches it, or does not; 0 as long as nothing is known. */
type Answer = -1 | 0 | 1;
const NO: Answer = -1;
const MATCH: Answer = 1;

export class DescribedRecords {
  readonly sought: Sought;
  readonly #sieve: Sieve | null;
  readonly #known: KnownConditions | null;
  /** By place among the items: what it is if no piece stands in its record. */
  readonly #withoutPiece: Int8Array;
  /** What is known of another item of the same record. */
  readonly #other: Uint8Array;

  /** @param turnTo tells the virtual fields which item is meant */
  constructor(
    query: CompiledQuery,
    private readonly table: EventTable,
    virtuals: readonly VirtualField[],
    private readonly asked: AskedRecords,
    private readonly turnTo: (item: number) => void,
  ) {
    this.#sieve = compileSieve(query.plan, table, virtuals);
    const conditions = conditionsIn(query.plan);
    this.#known =
      conditions.length > MOST_CONDITIONS ? null : new KnownConditions(conditions, table, virtuals);
    this.#withoutPiece = new Int8Array(asked.items.length);
    this.#other = new Uint8Array(this.conditions);
    this.sought = {
      needles: this.#sieve?.needles ?? [],
      places: this.#sieve?.places ?? [],
      query: query.text,
      now: query.now,
      hidden: virtuals.map(({ path }) => path),
    };
  }

  /** See `SearchVisitor`. */
  get conditions(): number {
    return this.#known?.count ?? 0;
  }

  /** See `SearchVisitor`. */
  describe(record: number, outcomes: Uint8Array, at: number): number {
    const { items, row, firstItem } = this.asked;
    let how = this.#tellKnown(record, outcomes, at) ? 0 : GIVE;
    for (let place = firstItem[record]!; place < firstItem[record + 1]!; place++) {
      this.turnTo(items[place]!);
      const answer = (this.#withoutPiece[place] = this.#answerWithoutPiece(row[record]!));
      if (answer === 0) how |= LOOK;
    }
    return how;
  }

  /** Whether the query matches an item in whose record no piece stands. It was described before. @param place among the items */
  matchesWithoutPiece(place: number): boolean {
    return this.#withoutPiece[place] === MATCH;
  }

  #answerWithoutPiece(row: number): Answer {
    if (this.#sieve === null) return 0;
    const { decider } = this.#sieve;
    if (decider === null) return NO;
    const outcome = decider.decide(this.table, row);
    return outcome === UNKNOWN ? 0 : outcome === YES ? MATCH : NO;
  }

  /** @returns whether the record by itself tells the rest, and of all its items the same */
  #tellKnown(record: number, outcomes: Uint8Array, at: number): boolean {
    const known = this.#known;
    if (known === null) return false;
    const { items, row, firstItem } = this.asked;
    const first = firstItem[record]!;
    const end = firstItem[record + 1]!;
    this.turnTo(items[first]!);
    if (!known.tell(this.table, row[record]!, outcomes, at)) return false;
    for (let place = first + 1; place < end; place++) {
      this.turnTo(items[place]!);
      if (!known.tell(this.table, row[record]!, this.#other, 0)) return false;
      if (this.#other.some((outcome, i) => outcome !== outcomes[at + i])) return false;
    }
    return true;
  }
}
