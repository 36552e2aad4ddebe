/**
 * The case that is open: its events in memory, its sources, and what of it is stored.
 *
 * Parcels come in one after another (`accept` queues them), and are stored one after another: while one is being stored, the
 * next is taken in. A parcel is acknowledged only after it is stored, and the page is told only of what is (`whenStored`),
 * so nothing that it was told of is lost with the tab.
 */
import type { Rule } from '../../src/core/rules/index.ts';
import { EventTable, type StoredBlock } from '../../src/core/table/event-table.ts';
import { accept, doubtfulOf } from '../../src/core/table/intake.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import type { CaseRow, ParcelRow, StoredFilter } from '../../src/store/database.ts';
import type {
  CaseEvent,
  CaseHeader,
  CaseProgress,
  Parcel,
  ParcelReceipt,
  RuleSettings,
} from '../contract.ts';
import { SourceArchive } from './archive.ts';
import { Completeness } from './completeness.ts';
import { equalDoubtful } from './compare.ts';
import { identify, type IdentifiedSource } from './digests.ts';
import { evaluateBook } from './evaluate.ts';
import type { Places } from './geo.ts';
import { MarkJournal } from './mark-journal.ts';
import { pack, type Arrived, type Packed } from './packing.ts';
import { RuleBook } from './rule-book.ts';
import { Sessions, type Session } from './sessions.ts';
import { SourceList } from './sources.ts';
import { CaseStorage } from './storage.ts';
import { tallyOf } from './stored-block.ts';
import { updateTotals } from './totals.ts';

export class OpenCase {
  readonly table = new EventTable();
  readonly sources = new SourceList();
  readonly archive: SourceArchive;
  readonly marks: MarkJournal;
  /** Changes with every parcel and every change of findings. */
  revision = 0;
  /** Where addresses are. */
  places: Places;
  readonly #sessions = new Sessions();
  /** Numbers the rules in force, for the ingest workers. */
  ruleSet = 1;
  #book: RuleBook;
  /** Some findings are of rules that are not in force any more. */
  #stale = false;
  readonly #completeness: Completeness;
  #evaluation = 0;
  readonly #storage: CaseStorage;
  #nextSeq = 0;
  #nextPack = 0;
  #undated = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * @param row the case as listed; its totals are kept up to date
   * @param store null: the case lives in memory only, for `memoryReason`
   * @param tell told when storing stops, and how far rules are matched anew
   */
  constructor(
    readonly row: CaseRow,
    store: CaseStore | null,
    memoryReason: string,
    places: Places,
    private readonly tell: (event: CaseEvent) => void,
  ) {
    this.#completeness = new Completeness(row);
    this.places = places;
    this.#book = new RuleBook(row.rules, places.key);
    this.table.placeOf = places.placeOf;
    this.archive = new SourceArchive(row.id, () => store);
    this.#storage = new CaseStorage(row, store, memoryReason, this.archive, this.#completeness, tell);
    const ruleIds = (): string[] => this.rules.map(({ id }) => id);
    this.marks = new MarkJournal(this.table, row, ruleIds, (write) => this.#storage.keep(write));
  }

  /**
   * Rebuilds the case from what is stored. Findings of rules that have changed since are found anew.
   *
   * @throws StoreFailure when it cannot be read
   */
  async load(): Promise<void> {
    this.table.reserve(this.row.events);
    await this.#storage.store?.eachParcel(this.row.id, (parcel) => {
      this.#nextSeq = parcel.seq + 1;
      if (!this.#book.matchesLike(parcel.rules)) this.#stale = true;
      for (const opened of parcel.opened) {
        this.sources.open(opened, false);
        if (opened.original) {
          this.archive.stored(opened.id, opened.original);
          this.#nextPack = Math.max(this.#nextPack, opened.original.pack + 1);
        }
      }
      if (parcel.block) {
        this.#append(parcel.block);
        this.sources.tally(tallyOf(parcel.block));
      }
      this.#close(parcel);
    });
    if (this.#stale) await this.#findAgain();
    this.marks.load((await this.#storage.store?.marks(this.row.id)) ?? []);
    this.#completeness.opened();
    this.revision++;
  }

  /** The rules in force: findings number them by their place here. */
  get rules(): readonly Rule[] {
    return this.#book.active.map(({ rule }) => rule);
  }

  get book(): RuleBook {
    return this.#book;
  }

  /** Puts other rules in force and finds anew what they find. A newer call gives the older one up. */
  async setRules(settings: RuleSettings): Promise<void> {
    this.row.rules = settings;
    await this.#enforce(new RuleBook(settings, this.places.key));
  }

  /**
   * Uses other geo databases, and finds anew what depends on them: at once, or, while files are being read, when that is
   * settled.
   */
  async setPlaces(places: Places, reading: boolean): Promise<void> {
    if (places.key === this.places.key) return;
    this.places = places;
    this.table.placeOf = places.placeOf;
    const book = new RuleBook(this.row.rules, places.key);
    if (!reading) return this.#enforce(book);
    this.ruleSet++;
    this.#evaluation++;
    await this.#inTurn(() => {
      this.#book = book;
      this.#stale = true;
      this.revision++;
      return Promise.resolve();
    });
  }

  /** Gives up what is being evaluated or waits to be, which is out of date from now on, and evaluates this in turn. */
  async #enforce(book: RuleBook): Promise<void> {
    this.ruleSet++;
    const ticket = ++this.#evaluation;
    await this.#afterParcels(() => this.#evaluate(book, ticket));
  }

  /** Why the case lives in memory only, '' while it is stored. */
  get memoryReason(): string {
    return this.#storage.memoryReason;
  }

  /** Keeps a filter with the case, in place of the one that has the name. @param by null keeps none @returns all of them */
  async replaceFilter(name: string, by: StoredFilter | null): Promise<StoredFilter[]> {
    const filters = this.row.filters.filter((one) => one.name !== name);
    if (by !== null) filters.push(by);
    this.row.filters = filters;
    await this.#storage.keep((store) => store.putFilters(this.row.id, filters, this.row.owner));
    return filters;
  }

  /** Reading has come to its end: settles what came in under other rules than those in force now. */
  async settle(): Promise<void> {
    await this.#afterParcels(async () => {
      if (this.#stale) await this.#evaluate(this.#book, this.#evaluation);
      if (this.memoryReason === '') this.#completeness.ended();
      // Where not even this can be stored, the case is remembered as one whose reading did not end.
      await this.#storage.store?.putReading(this.row).catch(() => undefined);
    });
  }

  /** After loading: the findings of changed rules, as stored, or found anew. */
  async #findAgain(): Promise<void> {
    const stored = await this.#storage.store?.findings(this.row.id);
    if (stored && stored.events === this.table.rows && this.#book.matchesLike(stored.rules)) {
      this.#replaceFindings(stored.hitRule, stored.hitRow);
    } else {
      await this.#evaluate(this.#book, this.#evaluation);
    }
  }

  async #evaluate(book: RuleBook, ticket: number): Promise<void> {
    if (ticket !== this.#evaluation) return;
    const { table } = this;
    const hits = await evaluateBook(
      book,
      this.#stale ? null : this.#book,
      table,
      this.archive,
      (done, total) => this.tell({ kind: 'evaluating', done, total }),
      () => ticket === this.#evaluation,
    );
    if (hits === null) return;
    this.#book = book;
    this.#replaceFindings(hits.rule, hits.row);
    const { rule: hitRule, row: hitRow } = hits;
    const row = { caseId: this.row.id, rules: [...book.keys], events: table.rows, hitRule, hitRow };
    await this.#storage.keep((store) => store.putFindings(row, this.row));
  }

  #replaceFindings(rule: Uint16Array, row: Uint32Array): void {
    this.table.clearFindings();
    this.table.addFindings(rule, row, 0);
    this.marks.replay();
    this.row.findings = this.table.findings;
    this.#stale = false;
    this.revision++;
  }

  /** Takes a parcel in, after those that came before it. */
  async accept(parcel: Parcel): Promise<ParcelReceipt> {
    try {
      const { storing, progress, sha256 } = await this.#inTurn(() => this.#accept(parcel));
      await storing;
      return { ok: true, progress, sha256 };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Runs what changes the case after what was asked for before it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** As `#inTurn`, and after all parcels that came before it are stored. */
  #afterParcels<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.#storage.done();
      return work();
    });
  }

  /** See CaseStorage: whoever waits to look has precedence over parcels that are to come. */
  whenStored<T>(look: () => T | Promise<T>): Promise<T> {
    return this.#storage.whenStored(look);
  }

  /** Resolves when every parcel that has come is in, and stored. */
  async settled(): Promise<void> {
    await this.#queue;
    await this.#storage.done();
  }

  /** @returns what the case comes to with it, and what ends when it is stored */
  async #accept(
    parcel: Parcel,
  ): Promise<{ progress: CaseProgress; sha256: string[]; storing: Promise<void> }> {
    const arriving = await identify(parcel.opened);
    await this.#storage.letLook();
    const session = this.#sessions.of(parcel.session);
    const { opened, packs } = this.#open(arriving, session);
    this.#completeness.begun();
    for (const { key, report } of parcel.closed)
      this.archive.setFormat(session.sources.get(key)!, report.formatId);
    let stored: StoredBlock | null = null;
    if (parcel.block && parcel.ruleSet !== this.ruleSet) {
      this.#stale = true;
      parcel.block.hitRule = new Uint16Array(0);
      parcel.block.hitRow = new Uint32Array(0);
    }
    if (parcel.block) {
      const sourceOf = (key: number): number => session.sources.get(key)!;
      const takenOf = (id: number): number => this.sources.taken(id);
      const { source, ordinal } = parcel.block;
      const doubtful = doubtfulOf(this.table, parcel.block).filter(
        ({ row }) => ordinal[row]! >= takenOf(sourceOf(source[row]!)),
      );
      const sameAs = await equalDoubtful(doubtful, parcel.block, sourceOf, this.table, this.archive);
      const added = accept(this.table, parcel.block, session.codes, sourceOf, sameAs, takenOf);
      stored = added.stored;
      this.sources.tally(added.tally);
      this.#countUndated(stored);
    }
    const row: ParcelRow = {
      caseId: this.row.id,
      seq: this.#nextSeq++,
      opened,
      closed: parcel.closed.map(({ key, report }) => {
        const id = session.sources.get(key)!;
        return { ...report, id, sha256: this.sources.all[id]!.sha256 };
      }),
      // Findings that were dropped above are no findings of the rules in force: the case is not to be believed to have them.
      rules: this.#stale ? [] : [...this.#book.keys],
      block: stored,
    };
    this.#close(row);
    this.revision++;
    updateTotals(this.row, this.table, this.sources.files);
    const { events, findings, files, from, to } = this.row;
    const totals = { events, findings, files, from, to };
    const sha256 = arriving.map((source) => source.sha256);
    return { progress: this.progress(), sha256, storing: this.#storage.put(row, packs, totals) };
  }

  /** Numbers the sources that began, and packs their bytes. */
  #open(arriving: readonly IdentifiedSource[], session: Session): Packed {
    const packed = pack(
      this.row.id,
      this.#nextPack,
      arriving.map((source) => this.#arrive(source, session)),
    );
    this.#nextPack += packed.packs.length;
    for (const { id, ...held } of packed.held) this.archive.hold(id, held);
    return packed;
  }

  /** Lists a source that begins; its bytes go along only when the case does not have them. */
  #arrive({ key, original, ...facts }: IdentifiedSource, session: Session): Arrived {
    const arrival = this.sources.arrive(facts, (id) => [...session.sources.values()].includes(id));
    const { path, bytes, sha256 } = facts;
    session.sources.set(key, arrival.id);
    const kept = arrival.repeats === undefined && !this.archive.has(arrival.id) ? original : null;
    const source = { ...arrival, path, bytes, sha256, original: kept };
    this.sources.open({ ...source, original: null }, true);
    return source;
  }

  #close(parcel: ParcelRow): void {
    for (const closed of parcel.closed) {
      this.sources.close(closed);
      if (this.sources.all[closed.id]!.state !== 'repeated') {
        this.archive.setFormat(closed.id, closed.formatId);
      }
    }
  }

  #append(block: StoredBlock): void {
    this.table.append(block);
    this.#countUndated(block);
  }

  #countUndated(block: StoredBlock): void {
    for (const time of block.time) if (time !== time) this.#undated++;
  }

  progress(): CaseProgress {
    return {
      events: this.table.rows,
      duplicates: this.table.duplicates,
      refusedRecords: this.sources.refusedRecords,
      findings: this.table.findings,
      files: this.sources.files,
      refusedFiles: this.sources.refused,
      repeatedFiles: this.sources.repeated,
    };
  }

  header(unevaluable: number): CaseHeader {
    const { row } = this;
    return {
      ...this.progress(),
      ...this.sources.places(),
      id: row.id,
      name: row.name,
      from: row.from,
      to: row.to,
      undated: this.#undated,
      conflicting: this.table.conflicting,
      revision: this.revision,
      storage: this.memoryReason === '' ? { kind: 'stored' } : { kind: 'memory', reason: this.memoryReason },
      unreadable: this.archive.unreadable(this.sources.all),
      incomplete: this.memoryReason === '' ? this.#completeness.lacks : null,
      unevaluable,
      filters: row.filters,
      marks: this.marks.totals(),
    };
  }
}
