/**
 * Takes blocks of ingest workers into a case's table: numbers are translated, duplicates set aside.
 *
 * A duplicate is a record with the same event ID and the same content as an event of the case. The same ID
 * with other content is kept and flagged (both rows): an addendum, an edit, or a fixture.
 */
import { COLUMN_COUNT, FIRST_VALUE } from '../record/columns.ts';
import { FLAG, type Block } from './block.ts';
import type { EventTable, StoredBlock } from './event-table.ts';
import { IdIndex, hasId, idWords } from './id-index.ts';
import type { Codes } from './rows.ts';

/** Translates the codes of one ingest worker's dictionaries into the case's. */
export class CodeMap {
  readonly #maps: Uint32Array[] = Array.from({ length: COLUMN_COUNT }, () => Uint32Array.of(0, 1));
  readonly #sizes = new Array<number>(COLUMN_COUNT).fill(FIRST_VALUE);

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
        map[size + i] = table.intern(column, value);
      });
      this.#sizes[column] = size + values.length;
    });
  }

  of(column: number): Uint32Array {
    return this.#maps[column]!;
  }
}

/** A record of a block whose ID an event of the case has with another digest. */
export interface Doubtful {
  row: number;
  /** The events that have the same ID. */
  events: readonly number[];
}

/** Which records of a block have the ID of an event of the case. */
export interface Met {
  /** 1 for each row that does. */
  rows: Uint8Array;
  /** Those whose content must be compared before `accept` can tell duplicate from conflict. */
  doubtful: Doubtful[];
}

/** Looks each record's ID up among the events of the case, as it is before `accept`. */
export function meet(table: EventTable, block: Block): Met {
  const met: Met = { rows: new Uint8Array(block.rows), doubtful: [] };
  const ids = idWords(block.eventId);
  for (let row = 0; row < block.rows; row++) {
    if (!hasId(ids, row)) continue;
    const events = table.withId(ids, row);
    if (events.length === 0) continue;
    met.rows[row] = 1;
    if (!events.some((event) => table.sameContent(event, block.digest, row * 2))) {
      met.doubtful.push({ row, events });
    }
  }
  return met;
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
 * @param ruleOf number in the case of a worker-side rule index
 * @param sameAs for doubtful rows whose content turned out equal: the event they repeat
 * @param met what `meet` found of this block
 * @param isNew whether a record, by its source's key and its number there, was not taken in before
 * @returns what was added, as it is to be stored, and the tally by source number
 */
export function accept(
  table: EventTable,
  block: Block,
  map: CodeMap,
  sourceOf: (key: number) => number,
  ruleOf: (index: number) => number,
  sameAs: ReadonlyMap<number, number>,
  met: Met = meet(table, block),
  isNew: (key: number, ordinal: number) => boolean = () => true,
): { stored: StoredBlock; tally: Map<number, Tally> } {
  const before = table.values.map((values) => values.length);
  map.learn(table, block);
  const base = table.rows;
  const tally = new Map<number, Tally>();
  const keptRows = new Uint32Array(block.rows);
  let keptCount = 0;
  const conflicts: number[] = [];
  const duplicateOf: number[] = [];
  const duplicateRow: number[] = [];
  const ids = idWords(block.eventId);
  const inBlock = new IdIndex(block.rows);
  const flags = block.flags.slice();
  /** Row within what is kept, by row of the block; -1 = a duplicate, or read before. */
  const newRow = new Int32Array(block.rows).fill(-1);

  for (let row = 0; row < block.rows; row++) {
    if (!isNew(block.source[row]!, block.ordinal[row]!)) continue;
    const count = tallyOf(tally, sourceOf(block.source[row]!));
    const identified = hasId(ids, row);
    const original = identified ? originalOf(row) : null;
    if (original !== null && original.same) {
      duplicateOf.push(original.event);
      duplicateRow.push(row);
      count.duplicates++;
      continue;
    }
    if (original !== null) {
      flags[row]! |= FLAG.CONFLICT;
      if (original.event >= base) flags[keptRows[original.event - base]!]! |= FLAG.CONFLICT;
      else conflicts.push(original.event);
    }
    if (identified) inBlock.add(ids, row);
    newRow[row] = keptCount;
    keptRows[keptCount++] = row;
    count.kept++;
  }

  /** The event that a row repeats or contradicts, null when its ID is new. */
  function originalOf(row: number): { event: number; same: boolean } | null {
    const proven = sameAs.get(row);
    if (proven !== undefined) return { event: proven, same: true };
    let other = -1;
    const events = met.rows[row] === 1 ? table.withId(ids, row) : [];
    for (const event of events) {
      if (table.sameContent(event, block.digest, row * 2)) return { event, same: true };
      other = event;
    }
    for (const earlier of inBlock.find(ids, ids, row)) {
      const event = base + newRow[earlier]!;
      if (sameDigest(block.digest, earlier, row)) return { event, same: true };
      other = event;
    }
    return other < 0 ? null : { event: other, same: false };
  }

  const kept = keptRows.subarray(0, keptCount);
  const hits = { rule: [] as number[], row: [] as number[] };
  for (let i = 0; i < block.hitRow.length; i++) {
    const row = newRow[block.hitRow[i]!]!;
    if (row < 0) continue;
    hits.rule.push(ruleOf(block.hitRule[i]!));
    hits.row.push(row);
  }
  const moved = (odd: [number, string][]): [number, string][] =>
    odd.flatMap(([row, text]) => (newRow[row]! < 0 ? [] : [[newRow[row]!, text] as [number, string]]));

  const stored: StoredBlock = {
    rows: kept.length,
    time: pick(block.time, kept, 1),
    eventId: pick(block.eventId, kept, 16),
    oddIds: moved(block.oddIds),
    oddTimes: moved(block.oddTimes),
    flags: pick(flags, kept, 1),
    source: pick(block.source, kept, 1).map(sourceOf),
    ordinal: pick(block.ordinal, kept, 1),
    offset: pick(block.offset, kept, 1),
    length: pick(block.length, kept, 1),
    digest: pick(block.digest, kept, 2),
    columns: block.columns.map((codes, column) => translate(codes, kept, map.of(column))),
    gained: table.values.map((values, column) => values.slice(before[column])),
    topLevelKeys: block.topLevelKeys.filter((key) => !table.topLevelKeys.has(key)),
    hitRule: Uint16Array.from(hits.rule),
    hitRow: Uint32Array.from(hits.row),
    duplicateOf: Uint32Array.from(duplicateOf),
    duplicateSource: Uint32Array.from(duplicateRow, (row) => sourceOf(block.source[row]!)),
    duplicateOrdinal: Uint32Array.from(duplicateRow, (row) => block.ordinal[row]!),
    conflicts: Uint32Array.from(conflicts),
  };
  table.append(stored);
  return { stored, tally };
}

function tallyOf(tally: Map<number, Tally>, source: number): Tally {
  let count = tally.get(source);
  if (!count) tally.set(source, (count = { kept: 0, duplicates: 0 }));
  return count;
}

function sameDigest(digest: Uint32Array, a: number, b: number): boolean {
  return digest[2 * a] === digest[2 * b] && digest[2 * a + 1] === digest[2 * b + 1];
}

/** The entries of the kept rows, `width` a row. */
function pick<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  from: T,
  rows: Uint32Array,
  width: number,
): T {
  if (rows.length * width === from.length) return from;
  const to = new (from.constructor as new (size: number) => T)(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]! * width;
    for (let k = 0; k < width; k++) to[i * width + k] = from[row + k]!;
  }
  return to;
}

/** Codes of the kept rows in the case's dictionary, in the narrowest array that holds them. */
function translate(codes: Uint32Array, rows: Uint32Array, map: Uint32Array): Codes {
  let largest = 0;
  const wide = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const code = map[codes[rows[i]!]!]!;
    wide[i] = code;
    if (code > largest) largest = code;
  }
  if (largest < 0x100) return Uint8Array.from(wide);
  return largest < 0x10000 ? Uint16Array.from(wide) : wide;
}
