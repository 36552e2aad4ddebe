/**
 * Takes blocks of ingest workers into a case's table: numbers are translated, duplicates set aside.
 *
 * A duplicate is a record with the same event ID and the same content as an event of the case. The same ID
 * with other content is kept and flagged (both rows): an addendum, an edit, or a fixture.
 */
import { COLUMN_COUNT, FIRST_VALUE } from '../record/columns.ts';
import { FLAG, type Block } from './block.ts';
import type { EventTable, StoredBlock } from './event-table.ts';
import { idWords } from './id-index.ts';
import type { Codes } from './rows.ts';

/** Translates the codes of one ingest worker's dictionaries into the case's. */
export class CodeMap {
  readonly #maps: Uint32Array[] = Array.from({ length: COLUMN_COUNT }, () => Uint32Array.of(0, 1));
  readonly #sizes = new Array<number>(COLUMN_COUNT).fill(FIRST_VALUE);
  /** The largest code of the case in each. */
  readonly #largest = new Array<number>(COLUMN_COUNT).fill(FIRST_VALUE - 1);

  /** Learns the values that a block brought. */
  learn(table: EventTable, block: Block): void {
    block.gained.forEach((values, column) => {
      if (values.length === 0) return;
      const size = this.#sizes[column]!;
      let map = this.#maps[column]!;
      if (size + values.length > map.length) {
        const larger = new Uint32Array((size + values.length) * 2);
        larger.set(map);
        map = this.#maps[column] = larger;
      }
      values.forEach((value, i) => {
        const code = table.intern(column, value);
        map[size + i] = code;
        if (code > this.#largest[column]!) this.#largest[column] = code;
      });
      this.#sizes[column] = size + values.length;
    });
  }

  /** @returns a worker's codes as those of the case, in the narrowest array that holds all of the column */
  translate(column: number, codes: Uint32Array): Codes {
    const map = this.#maps[column]!;
    const largest = this.#largest[column]!;
    const n = codes.length;
    const to =
      largest < 0x100 ? new Uint8Array(n) : largest < 0x10000 ? new Uint16Array(n) : new Uint32Array(n);
    for (let i = 0; i < n; i++) to[i] = map[codes[i]!]!;
    return to;
  }
}

/** A record of a block whose ID an event of the case has with another digest. */
export interface Doubtful {
  row: number;
  /** The events that have the same ID. */
  events: readonly number[];
}

/** @returns the records of a block whose content must be compared before `accept` can tell duplicate from conflict */
export function doubtfulOf(table: EventTable, block: Block): Doubtful[] {
  const doubtful: Doubtful[] = [];
  const ids = idWords(block.eventId);
  const next = (from: number): number => table.nextMet(ids, from, block.rows);
  for (let row = next(0); row < block.rows; row = next(row + 1)) {
    const events = table.withId(ids, row);
    if (events.length === 0) continue;
    if (!events.some((event) => table.sameContent(event, block.digest, row * 2))) {
      doubtful.push({ row, events });
    }
  }
  return doubtful;
}

/** How many records of a source became events and how many were duplicates. */
export interface Tally {
  kept: number;
  duplicates: number;
}

/**
 * Adds a block to the table.
 *
 * @param sourceOf number in the case of a worker-side source key
 * @param sameAs for doubtful rows whose content turned out equal: the event they repeat
 * @param takenOf how many records of a source, by its number in the case, were taken in before: its first ones
 * @returns what was added, as it is to be stored, and the tally by source number
 */
export function accept(
  table: EventTable,
  block: Block,
  map: CodeMap,
  sourceOf: (key: number) => number,
  sameAs: ReadonlyMap<number, number>,
  takenOf: (source: number) => number = () => 0,
): { stored: StoredBlock; tally: Map<number, Tally> } {
  const before = table.values.map((values) => values.length);
  map.learn(table, block);
  const { kept, newRow, flags, source, conflicts, duplicateOf, duplicateRow, tally } = sift(
    table,
    block,
    sourceOf,
    sameAs,
    takenOf,
  );
  const hits = movedHits(block, newRow);
  const moved = (odd: [number, string][]): [number, string][] =>
    odd.flatMap(([row, text]) => (newRow[row]! < 0 ? [] : [[newRow[row]!, text] as [number, string]]));

  const stored: StoredBlock = {
    rows: kept.length,
    time: pick(block.time, kept, 1),
    eventId: pick(block.eventId, kept, 16),
    oddIds: moved(block.oddIds),
    oddTimes: moved(block.oddTimes),
    flags: pick(flags, kept, 1),
    source: pick(source, kept, 1),
    ordinal: pick(block.ordinal, kept, 1),
    offset: pick(block.offset, kept, 1),
    length: pick(block.length, kept, 1),
    digest: pick(block.digest, kept, 2),
    columns: block.columns.map((codes, column) => map.translate(column, pick(codes, kept, 1))),
    gained: table.values.map((values, column) => values.slice(before[column])),
    topLevelKeys: block.topLevelKeys.filter((key) => !table.topLevelKeys.has(key)),
    hitRule: hits.rule,
    hitRow: hits.row,
    duplicateOf: Uint32Array.from(duplicateOf),
    duplicateSource: Uint32Array.from(duplicateRow, (row) => source[row]!),
    duplicateOrdinal: Uint32Array.from(duplicateRow, (row) => block.ordinal[row]!),
    conflicts: Uint32Array.from(conflicts),
  };
  table.append(stored);
  return { stored, tally };
}

/** What becomes of the rows of a block. */
interface Sifted {
  /** Those that become events. */
  kept: Uint32Array;
  /** Row within what is kept, by row of the block; -1 = a duplicate, or read before. */
  newRow: Int32Array;
  /** By row of the block. */
  flags: Uint16Array;
  /** Numbers in the case, by row of the block. */
  source: Uint32Array;
  /** Earlier events that a row conflicts with. */
  conflicts: number[];
  /** Rows that are duplicates, and the events that they repeat. */
  duplicateRow: number[];
  duplicateOf: number[];
  tally: Map<number, Tally>;
}

/** Sets duplicates aside, and records that were taken in before. The IDs of what is kept are in the table's index then. */
function sift(
  table: EventTable,
  block: Block,
  sourceOf: (key: number) => number,
  sameAs: ReadonlyMap<number, number>,
  takenOf: (source: number) => number,
): Sifted {
  const n = block.rows;
  const base = table.rows;
  table.reserve(n);
  const ids = idWords(block.eventId);
  const flags = block.flags.slice();
  const source = new Uint32Array(n);
  const newRow = new Int32Array(n).fill(-1);
  const keptRows = new Uint32Array(n);
  const sifted = { conflicts: [] as number[], duplicateRow: [] as number[], duplicateOf: [] as number[] };
  const tally = new Map<number, Tally>();
  let kept = 0;

  const keep = (from: number, to: number): void => {
    for (let row = from; row < to; row++, kept++) {
      newRow[row] = kept;
      keptRows[kept] = row;
    }
  };
  /** Whether an event has the content of a row. */
  const repeats = (event: number, row: number): boolean =>
    event < base
      ? table.sameContent(event, block.digest, row * 2)
      : sameDigest(block.digest, keptRows[event - base]!, row);
  /** Notes that a row contradicts an event that has its ID. */
  const contradict = (event: number, row: number): void => {
    flags[row]! |= FLAG.CONFLICT;
    if (event < base) sifted.conflicts.push(event);
    else flags[keptRows[event - base]!]! |= FLAG.CONFLICT;
  };

  /** Decides on a row whose ID an event may have. @returns whether it is kept */
  const settleMet = (row: number, count: Tally): boolean => {
    const events = table.withId(ids, row);
    if (events.length === 0) return true;
    const original = sameAs.get(row) ?? events.find((event) => repeats(event, row));
    if (original === undefined) {
      contradict(events.at(-1)!, row);
      return true;
    }
    sifted.duplicateOf.push(original);
    sifted.duplicateRow.push(row);
    count.duplicates++;
    return false;
  };

  // Records of one source stand side by side, in their order.
  for (let from = 0; from < n;) {
    const key = block.source[from]!;
    let to = from + 1;
    while (to < n && block.source[to] === key) to++;
    const number = sourceOf(key);
    const taken = takenOf(number);
    source.fill(number, from, to);
    const count = tallyOf(tally, number);
    let row = from;
    while (row < to && block.ordinal[row]! < taken) row++;
    while (row < to) {
      const met = table.claimIds(ids, row, to, base + kept);
      keep(row, met);
      count.kept += met - row;
      row = met;
      if (row < to && settleMet(row, count)) {
        table.claimId(ids, row, base + kept);
        keep(row, row + 1);
        count.kept++;
      }
      row++;
    }
    from = to;
  }
  return { ...sifted, kept: keptRows.subarray(0, kept), newRow, flags, source, tally };
}

function tallyOf(tally: Map<number, Tally>, source: number): Tally {
  let count = tally.get(source);
  if (!count) tally.set(source, (count = { kept: 0, duplicates: 0 }));
  return count;
}

function sameDigest(digest: Uint32Array, a: number, b: number): boolean {
  return digest[2 * a] === digest[2 * b] && digest[2 * a + 1] === digest[2 * b + 1];
}

/** The findings of the rows that are kept. */
function movedHits(
  { hitRule, hitRow }: Block,
  newRow: Int32Array,
): { rule: Uint16Array<ArrayBuffer>; row: Uint32Array<ArrayBuffer> } {
  const rule = new Uint16Array(hitRule.length);
  const row = new Uint32Array(hitRow.length);
  let n = 0;
  for (let i = 0; i < hitRow.length; i++) {
    const to = newRow[hitRow[i]!]!;
    if (to < 0) continue;
    rule[n] = hitRule[i]!;
    row[n++] = to;
  }
  return { rule: rule.slice(0, n), row: row.slice(0, n) };
}

/** The entries of the kept rows, `width` a row. Most rows are kept, one behind the other: they are copied in runs. */
function pick<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  from: T,
  rows: Uint32Array,
  width: number,
): T {
  const n = rows.length;
  if (n * width === from.length) return from;
  const to = new (from.constructor as new (size: number) => T)(n * width);
  for (let i = 0; i < n;) {
    const first = rows[i]!;
    let next = i + 1;
    while (next < n && rows[next]! - first === next - i) next++;
    to.set(from.subarray(first * width, (first + next - i) * width) as never, i * width);
    i = next;
  }
  return to;
}
