/**
 * All events of a case as columns, about 80 bytes each, with their findings. Lives in the case worker.
 *
 * Rows are numbered in order of arrival and never move; sorting and filtering make lists of row numbers.
 */
import { COLUMN_PATHS, FIRST_VALUE, columnIndex, type Value } from '../record/columns.ts';
import { principalOf, type Principal } from '../record/identity.ts';
import { FLAG } from './block.ts';
import { CodeColumn, withRoom } from './growing.ts';
import { IdIndex, hasId, idWords } from './id-index.ts';
import type { Codes, PlaceOf, Rows, Vocabulary } from './rows.ts';
import { TupleIndex } from './tuple-index.ts';

/** Identity columns, in the order in which `#principalOf` takes their values apart again. */
const IDENTITY = [
  'userIdentity.type',
  'userIdentity.arn',
  'userIdentity.userName',
  'userIdentity.principalId',
  'userIdentity.accountId',
  'userIdentity.invokedBy',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sessionIssuer.userName',
].map(columnIndex);

/** Rows of a table as they are stored: kept events only, codes of the case's own dictionaries. */
export interface StoredBlock {
  rows: number;
  time: Float64Array;
  eventId: Uint8Array;
  oddIds: [row: number, text: string][];
  oddTimes: [row: number, text: string][];
  flags: Uint16Array;
  source: Uint32Array;
  ordinal: Uint32Array;
  offset: Float64Array;
  length: Uint32Array;
  digest: Uint32Array;
  columns: Codes[];
  /** Values that the case's dictionaries gained with this block, by column. */
  gained: Value[][];
  topLevelKeys: string[];
  hitRule: Uint16Array;
  /** Row within this block. */
  hitRow: Uint32Array;
  /** Records that were duplicates: the event they repeat (case-wide row) and where they lie. */
  duplicateOf: Uint32Array;
  duplicateSource: Uint32Array;
  duplicateOrdinal: Uint32Array;
  /** Earlier rows that a row of this block turned out to conflict with. */
  conflicts: Uint32Array;
}

export class EventTable implements Rows, Vocabulary {
  rows = 0;
  time = new Float64Array(0);
  eventId = new Uint8Array(0);
  flags = new Uint16Array(0);
  source = new Uint32Array(0);
  ordinal = new Uint32Array(0);
  offset = new Float64Array(0);
  length = new Uint32Array(0);
  digest = new Uint32Array(0);
  /** Index into `principals` by row. */
  principal = new Uint32Array(0);
  readonly principals: Principal[] = [];
  readonly oddIds = new Map<number, string>();
  readonly oddTimes = new Map<number, string>();
  readonly values: Value[][] = COLUMN_PATHS.map(() => []);
  readonly topLevelKeys = new Set<string>();
  placeOf: PlaceOf | null = null;

  /** Findings: parallel arrays in order of arrival, `findings` long. */
  findings = 0;
  /** How often the findings were forgotten. */
  clearings = 0;
  hitRule = new Uint16Array(0);
  hitRow = new Uint32Array(0);

  /** Duplicates: parallel arrays, `duplicates` long. */
  duplicates = 0;
  duplicateOf = new Uint32Array(0);
  duplicateSource = new Uint32Array(0);
  duplicateOrdinal = new Uint32Array(0);
  conflicting = 0;

  readonly #columns = COLUMN_PATHS.map(() => new CodeColumn());
  /** The codes of `#columns`, at hand for hot loops. */
  columns: readonly Codes[] = this.#columns.map((column) => column.codes);
  readonly #codeOf: Map<Value, number>[] = COLUMN_PATHS.map(() => new Map());
  #ids: IdIndex | null = null;
  /** Rows that are in the index of IDs: a case that is opened again may never need it. */
  #indexed = 0;
  /** `eventId` as words. */
  #idWords: Uint32Array = new Uint32Array(0);
  readonly #identities = new TupleIndex(IDENTITY.length);

  column(index: number): Codes {
    return this.columns[index]!;
  }

  /** @returns the code of a value in a column, making one when it is new */
  intern(column: number, value: Value): number {
    const codes = this.#codeOf[column]!;
    let code = codes.get(value);
    if (code === undefined) {
      code = this.values[column]!.length + FIRST_VALUE;
      this.values[column]!.push(value);
      codes.set(value, code);
    }
    return code;
  }

  /** @returns rows that have the ID that stands at row `at` of `ids` */
  withId(ids: Uint32Array, at: number): readonly number[] {
    return this.#index().find(this.#idWords, ids, at);
  }

  /** @returns the first of some rows of `ids` whose ID a row of the table may have; `to` when none does */
  nextMet(ids: Uint32Array, from: number, to: number): number {
    return this.#index().nextMet(ids, from, to);
  }

  /** `append` is about to add a row that has the ID at row `at` of `ids`, and room for it: `withId` finds it from now on. */
  claimId(ids: Uint32Array, at: number, row: number): void {
    const index = this.#index();
    this.#takeIds(ids, at, at + 1, row);
    if (hasId(ids, at)) index.add(this.#idWords, row);
  }

  /**
   * The same for consecutive rows, up to one whose ID a row may have already.
   *
   * @returns the row of `ids` that was not claimed; `to` when all were
   */
  claimIds(ids: Uint32Array, from: number, to: number, row: number): number {
    const met = this.#index().addUntilMet(ids, from, to, row);
    this.#takeIds(ids, from, met, row);
    return met;
  }

  #takeIds(ids: Uint32Array, from: number, to: number, row: number): void {
    this.#idWords.set(ids.subarray(4 * from, 4 * to), 4 * row);
    this.#indexed = row + to - from;
  }

  /** The index of IDs, up to date. */
  #index(): IdIndex {
    this.#ids ??= new IdIndex(this.rows);
    for (; this.#indexed < this.rows; this.#indexed++) {
      if (hasId(this.#idWords, this.#indexed)) this.#ids.add(this.#idWords, this.#indexed);
    }
    return this.#ids;
  }

  /** @returns rows that have the same ID as this one, itself included; none when it has no ID */
  sharingId(row: number): readonly number[] {
    return hasId(this.#idWords, row) ? this.withId(this.#idWords, row) : [];
  }

  /** @returns whether a row's record has the digest that stands at `at` */
  sameContent(row: number, digest: Uint32Array, at: number): boolean {
    return this.digest[2 * row] === digest[at] && this.digest[2 * row + 1] === digest[at + 1];
  }

  /** @returns where the record of a row lies */
  spanOf(row: number): { source: number; offset: number; length: number } {
    return { source: this.source[row]!, offset: this.offset[row]!, length: this.length[row]! };
  }

  /** Makes room for `more` rows, so that `set` calls need not grow one by one. */
  reserve(more: number): void {
    const n = this.rows + more;
    this.time = withRoom(this.time, n);
    this.eventId = withRoom(this.eventId, n * 16);
    this.#idWords = idWords(this.eventId);
    this.flags = withRoom(this.flags, n);
    this.source = withRoom(this.source, n);
    this.ordinal = withRoom(this.ordinal, n);
    this.offset = withRoom(this.offset, n);
    this.length = withRoom(this.length, n);
    this.digest = withRoom(this.digest, n * 2);
    this.principal = withRoom(this.principal, n);
  }

  /** Appends all rows of a stored block: on reopening a case, and by `TableIntake` for new ones. */
  append(block: StoredBlock): void {
    const base = this.rows;
    this.reserve(block.rows);
    block.gained.forEach((values, column) => {
      for (const value of values) this.intern(column, value);
    });
    this.time.set(block.time, base);
    this.eventId.set(block.eventId, base * 16);
    this.flags.set(block.flags, base);
    this.source.set(block.source, base);
    this.ordinal.set(block.ordinal, base);
    this.offset.set(block.offset, base);
    this.length.set(block.length, base);
    this.digest.set(block.digest, base * 2);
    block.columns.forEach((codes, c) => this.#columns[c]!.write(base, codes));
    this.columns = this.#columns.map((column) => column.codes);
    for (const [row, text] of block.oddIds) this.oddIds.set(base + row, text);
    for (const [row, text] of block.oddTimes) this.oddTimes.set(base + row, text);
    for (const key of block.topLevelKeys) this.topLevelKeys.add(key);
    this.#identify(base, base + block.rows);
    this.rows = base + block.rows;
    for (const row of block.conflicts) this.#markConflict(row);
    for (let i = 0; i < block.rows; i++) if (block.flags[i]! & FLAG.CONFLICT) this.conflicting++;

    this.addFindings(block.hitRule, block.hitRow, base);
    const duplicates = block.duplicateOf.length;
    this.duplicateOf = withRoom(this.duplicateOf, this.duplicates + duplicates);
    this.duplicateSource = withRoom(this.duplicateSource, this.duplicates + duplicates);
    this.duplicateOrdinal = withRoom(this.duplicateOrdinal, this.duplicates + duplicates);
    this.duplicateOf.set(block.duplicateOf, this.duplicates);
    this.duplicateSource.set(block.duplicateSource, this.duplicates);
    this.duplicateOrdinal.set(block.duplicateOrdinal, this.duplicates);
    this.duplicates += duplicates;
  }

  /** Appends findings; `row + base` is the event's row. */
  addFindings(rule: Uint16Array, row: Uint32Array, base: number): void {
    const n = this.findings + rule.length;
    this.hitRule = withRoom(this.hitRule, n);
    this.hitRow = withRoom(this.hitRow, n);
    this.hitRule.set(rule, this.findings);
    for (let i = 0; i < row.length; i++) this.hitRow[this.findings + i] = row[i]! + base;
    this.findings = n;
  }

  /** Forgets all findings, before rules are matched anew. */
  clearFindings(): void {
    this.clearings++;
    this.findings = 0;
    this.hitRule = new Uint16Array(0);
    this.hitRow = new Uint32Array(0);
  }

  #markConflict(row: number): void {
    if (this.flags[row]! & FLAG.CONFLICT) return;
    this.flags[row]! |= FLAG.CONFLICT;
    this.conflicting++;
  }

  /** Tells the principals of new rows. */
  #identify(from: number, to: number): void {
    const tuples = new Uint32Array((to - from) * IDENTITY.length);
    IDENTITY.forEach((column, i) =>
      scatter(this.columns[column]!.subarray(from, to), tuples, i, IDENTITY.length),
    );
    this.#identities.number(tuples, this.principal.subarray(from, to));
    for (let n = this.principals.length; n < this.#identities.count; n++) {
      this.principals.push(this.#principalOf(this.#identities.tuple(n)));
    }
  }

  #principalOf(tuple: Uint32Array): Principal {
    const text = (i: number): string => {
      const code = tuple[i]!;
      return code < FIRST_VALUE ? '' : String(this.values[IDENTITY[i]!]![code - FIRST_VALUE]);
    };
    return principalOf({
      type: text(0),
      arn: text(1),
      userName: text(2),
      principalId: text(3),
      accountId: text(4),
      invokedBy: text(5),
      sessionIssuerArn: text(6),
      sessionIssuerUserName: text(7),
    });
  }
}

/** Puts codes into every so many places of an array. */
function scatter(codes: Codes, into: Uint32Array, first: number, step: number): void {
  for (let i = 0, at = first; i < codes.length; i++, at += step) into[at] = codes[i]!;
}
