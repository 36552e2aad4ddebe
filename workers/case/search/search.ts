/**
 * Goes through the records of a case for what a query asks for, on several threads: files are shared out among them, and a part is
 * looked through while the one before is settled here.
 */
import type { FoundPart, Search, Sought } from '../../contract.ts';
import type { BytesPlace, SourceArchive } from '../archive.ts';
import type { AskedRecords } from './asked.ts';
import { HelperLost } from '../../helpers/helper.ts';
import { GIVEN, MATCHES, PASSED } from '../../search/how.ts';
import { OF, PartMaker } from './parts.ts';
import type { Searchers } from './searchers.ts';
import { partsOf, stretchesOf, type Range } from './stretches.ts';

/** This thread works so long at most before others have their turn, ms. */
const TURN = 40;

/** A part that comes in less time has waited for this thread, ms. */
const WAITED = 3;
/** By so much more, or less, this thread does then of the next part's records. */
const STEP = 2;

/** While a part is looked through, it is asked so often whether that is still wanted, ms. */
const ASK_EVERY = 100;

export interface SearchVisitor {
  /** How many conditions the query has of which something is known; 0 where all records are to be given back. */
  readonly conditions: number;
  /**
   * Tells of a record what is known of it.
   *
   * @param known gets the outcome of each condition, from `at` on
   * @returns what is to be done with it (see `workers/search/how.ts`)
   */
  describe(record: number, known: Uint8Array, at: number): number;
  /** Told of a record that was looked into whether the query matches it. */
  judged(record: number, matches: boolean): void;
  /** Told of a record that is given back instead; its text is valid during the call. */
  given(record: number, json: Uint8Array): void;
  /** Told of a record in which no piece stands. */
  passed(record: number): void;
  /** Asked after each part, and while one takes long; false ends the search. */
  goOn(): boolean;
}

/** Records whose bytes cannot be had are told of as neither judged nor given nor passed; the archive counts their files from then on. */
export async function searchRecords(
  records: AskedRecords,
  sought: Sought,
  archive: SourceArchive,
  searchers: Searchers,
  visitor: SearchVisitor,
): Promise<void> {
  const { stretches, bytes } = stretchesOf(records, archive);
  const course = new Course(records, archive, visitor, stretches);
  const searches = await searchers.start(sought, bytes, stretches.length);
  await Promise.all(searches.map((search) => course.run(search, () => searchers.here(sought))));
}

/** A part that is being looked through. */
interface Pending {
  range: Range;
  found: Promise<FoundPart>;
}

class Course {
  #next = 0;
  #ended = false;
  #turn = performance.now();
  readonly #numbers = new Map<BytesPlace['pack'], number>();

  constructor(
    private readonly records: AskedRecords,
    private readonly archive: SourceArchive,
    private readonly visitor: SearchVisitor,
    private readonly stretches: readonly Range[],
  ) {}

  /** Goes through stretches that nobody has taken yet. @param instead begins a search to go on with should the thread end */
  async run(search: Search, instead: () => Search): Promise<void> {
    const { records, archive, visitor } = this;
    const maker = new PartMaker(records, archive, visitor, this.#numbers);
    let pending: Pending[] = [];
    /** Of so many records of each OF this thread looks into those that are to be looked into, and the other one into the rest. */
    let own = OF;
    const look = async (range: Range): Promise<void> => {
      const found = search.look(await maker.make(range, own));
      // Whoever waits for it is told.
      found.catch(() => undefined);
      pending.push({ range, found });
    };
    const settleFirst = async (): Promise<void> => {
      const { range, found } = pending[0]!;
      const before = performance.now();
      try {
        const settled = await this.#whileWanted(found);
        // Whichever waits for the other has time.
        const waited = performance.now() - before > WAITED;
        own = Math.min(OF, Math.max(0, own + (waited ? STEP : -STEP)));
        if (settled !== null) this.#settle(range, settled);
        pending.shift();
      } catch (error) {
        if (!(error instanceof HelperLost)) throw error;
        search = instead();
        maker.forget();
        const lost = pending;
        pending = [];
        for (const { range } of lost) await look(range);
      }
      await this.#othersTurn();
    };
    try {
      for (const range of this.#parts()) {
        await look(range);
        while (pending.length > 1 && !this.#ended) await settleFirst();
        if (this.#ended) return;
      }
      while (pending.length > 0 && !this.#ended) await settleFirst();
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      // A thread that has ended needs no end.
      await search.end().catch(() => undefined);
    }
  }

  *#parts(): Generator<Range, void, void> {
    while (this.#next < this.stretches.length) yield* partsOf(this.stretches[this.#next++]!, this.records);
  }

  #settle({ first, end }: Range, { verdicts, json, ends, unread }: FoundPart): void {
    // Another thread's part was the last one.
    if (this.#ended) return;
    const untold = new Uint8Array(end - first);
    const { visitor } = this;
    for (const gap of unread) {
      untold.fill(1, gap.first, gap.end);
      this.archive.lost(this.records.source[first + gap.first]!);
    }
    let place = 0;
    for (let record = 0; record < untold.length; record++) {
      const verdict = verdicts[record];
      if (verdict === GIVEN) {
        visitor.given(first + record, json.subarray(ends[place - 1] ?? 0, ends[place]));
        place++;
      } else if (verdict !== PASSED) visitor.judged(first + record, verdict === MATCHES);
      else if (untold[record] === 0) visitor.passed(first + record);
    }
    if (!visitor.goOn()) this.#ended = true;
  }

  /** Waits for a part, which may lie anywhere in a large file. @returns null when it is not wanted any more */
  async #whileWanted(found: Promise<FoundPart>): Promise<FoundPart | null> {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const tick = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ASK_EVERY)));
      const settled = await Promise.race([found, tick]);
      clearTimeout(timer);
      if (settled !== null || this.#ended) return settled;
      if (!this.visitor.goOn()) {
        this.#ended = true;
        return null;
      }
    }
  }

  async #othersTurn(): Promise<void> {
    if (performance.now() - this.#turn < TURN) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#turn = performance.now();
  }
}
