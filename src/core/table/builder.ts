/**
 * Collects records into blocks: the RecordSink of an ingest worker. The scanner keeps the text of the records of the block
 * in hand until it is sealed, so that a rule that asks for more than the columns can look at the record itself.
 */
import { INCOMPLETE, BROKEN, type RecordSink } from '../formats/sink.ts';
import { FIRST_VALUE, columnIndex } from '../record/columns.ts';
import { writeOddId } from '../record/odd-id.ts';
import { RecordScanner, type Engine } from '../scan/index.ts';
import { BLOCK_ROWS, FLAG, type Block } from './block.ts';
import { RecordView } from '../query/index.ts';
import type { PartName, Rows } from './rows.ts';

const ACCOUNT = columnIndex('recipientAccountId');
const REGION = columnIndex('awsRegion');
/** Accounts and regions told of one source: a log file of AWS has one of each. */
const MOST_TALLIED = 64;

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** What the builder counted about the source in hand since `source` was called. */
export interface SourceCounts {
  records: number;
  badUtf8: number;
  from: number;
  to: number;
  accounts: Set<string>;
  regions: Set<string>;
}

/** By which number the scanner knows a part. */
function numberOf(name: PartName): 0 | 1 {
  return name === 'requestParameters' ? 0 : 1;
}

/** What a part of a row is asked for, worked out once. */
function byPart<T>(of: (row: number, name: PartName) => T): (row: number, name: PartName) => T {
  const known = { requestParameters: new Map<number, T>(), responseElements: new Map<number, T>() };
  return (row, name) => {
    let value = known[name].get(row);
    if (value === undefined) known[name].set(row, (value = of(row, name)));
    return value;
  };
}

/** Reads records of a block that is being sealed. */
export type RecordAt = (row: number) => unknown;

export class BlockBuilder implements RecordSink {
  readonly #scanner: RecordScanner;
  #rows = 0;
  #oddIds: [number, string][] = [];
  #oddTimes: [number, string][] = [];
  #source = new Uint32Array(BLOCK_ROWS);
  #ordinal = new Uint32Array(BLOCK_ROWS);
  #offset = new Float64Array(BLOCK_ROWS);
  #length = new Uint32Array(BLOCK_ROWS);
  /** Dictionary sizes that earlier blocks have told of. */
  readonly #told: number[];

  #sourceKey = 0;
  #counts = newCounts();
  /** Codes of account and region of the record before. */
  #lastAccount = 0;
  #lastRegion = 0;

  /**
   * @param onFull called when a block is full, between two records: seal it there and then
   * @param onDrain awaited between records, for back-pressure
   */
  constructor(
    readonly engine: Engine,
    private readonly onFull: () => void,
    private readonly onDrain: () => Promise<void>,
  ) {
    this.#scanner = new RecordScanner(engine);
    this.#told = engine.values.map(() => 0);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Says which source the records to come are from, and starts its counts. */
  beginSource(key: number): void {
    this.#scanner.forget();
    this.#sourceKey = key;
    this.#counts = newCounts();
    this.#lastAccount = this.#lastRegion = 0;
  }

  get counts(): SourceCounts {
    return this.#counts;
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): number {
    const after = this.#scanner.scan(bytes, start, end, this.#rows);
    if (after > 0) this.#append(offset, after - start);
    return after;
  }

  wrapped(json: Uint8Array, offset: number, length: number): boolean {
    const after = this.#scanner.scan(json, 0, json.length, this.#rows);
    if (after === INCOMPLETE || after === BROKEN || !isBlank(json, after)) return false;
    this.#append(offset, length);
    return true;
  }

  drain(): Promise<void> {
    // The readers move their text on before they go on.
    this.#scanner.forget();
    return this.onDrain();
  }

  /** Takes in the row that was just scanned. */
  #append(offset: number, length: number): void {
    const i = this.#rows;
    const { oddId, oddTime, rows } = this.engine;
    const counts = this.#counts;
    const flags = rows.flags[i]!;
    if ((flags & FLAG.BAD_UTF8) !== 0) counts.badUtf8++;
    if (oddId !== '') {
      writeOddId(oddId, rows.eventId, i * 16);
      this.#oddIds.push([i, oddId]);
    }
    if (oddTime !== '') this.#oddTimes.push([i, oddTime]);

    const time = rows.time[i]!;
    if (time === time) {
      if (!(time >= counts.from)) counts.from = time;
      if (!(time <= counts.to)) counts.to = time;
    }
    this.#source[i] = this.#sourceKey;
    this.#ordinal[i] = counts.records++;
    this.#offset[i] = offset;
    this.#length[i] = length;
    const account = rows.columns[ACCOUNT]![i]!;
    if (account !== this.#lastAccount) this.#tally(counts.accounts, ACCOUNT, (this.#lastAccount = account));
    const region = rows.columns[REGION]![i]!;
    if (region !== this.#lastRegion) this.#tally(counts.regions, REGION, (this.#lastRegion = region));

    this.#rows = i + 1;
    if (this.#rows === BLOCK_ROWS || this.#scanner.isFull) this.onFull();
  }

  #tally(set: Set<string>, column: number, code: number): void {
    if (set.size >= MOST_TALLIED) return;
    const value = this.engine.values[column]![code - FIRST_VALUE];
    if (typeof value === 'string') set.add(value);
  }

  /** The record of a row of the block in hand, parsed. Valid until `seal`. */
  readonly recordAt: RecordAt = (row) => JSON.parse(lenient.decode(this.#scanner.textOf(row)));

  /** A part of the record of a row of the block in hand (see PartOf). Valid until `seal`. */
  #partAt(row: number, name: PartName): RecordView | null {
    if ((this.engine.rows.flags[row]! & FLAG.PARSED) !== 0) return null;
    const bytes = this.#scanner.partOf(row, numberOf(name));
    return new RecordView({ [name]: JSON.parse(lenient.decode(bytes)) });
  }

  /** See PartLacks. Valid until `seal`. */
  #lacks(row: number, name: PartName, pieces: readonly string[]): boolean {
    if ((this.engine.rows.flags[row]! & FLAG.PARSED) !== 0) return false;
    return this.#scanner.partLacks(row, numberOf(name), pieces);
  }

  /** The rows in hand, for matching before they are sealed. */
  inHand(): Rows {
    const { columns, time, eventId, flags } = this.engine.rows;
    return {
      partOf: byPart((row, name) => this.#partAt(row, name)),
      lacks: (row, name, pieces) => this.#lacks(row, name, pieces),
      rows: this.#rows,
      columns,
      time,
      eventId,
      flags,
      oddIds: new Map(this.#oddIds),
      oddTimes: new Map(this.#oddTimes),
    };
  }

  /**
   * Takes the rows in hand out as a block and starts a new one.
   *
   * @param hits the findings of this block, by rule, then row
   */
  seal(hits: { rule: Uint16Array; row: Uint32Array }): Block {
    const n = this.#rows;
    const { rows, values } = this.engine;
    const gained = values.map((all, column) => {
      const added = all.slice(this.#told[column]);
      this.#told[column] = all.length;
      return added;
    });
    const block: Block = {
      rows: n,
      time: rows.time.slice(0, n),
      eventId: rows.eventId.slice(0, n * 16),
      oddIds: this.#oddIds,
      oddTimes: this.#oddTimes,
      flags: rows.flags.slice(0, n),
      source: this.#source.slice(0, n),
      ordinal: this.#ordinal.slice(0, n),
      offset: this.#offset.slice(0, n),
      length: this.#length.slice(0, n),
      digest: rows.digest.slice(0, n * 2),
      columns: rows.columns.map((column) => column.slice(0, n)),
      gained,
      hitRule: hits.rule,
      hitRow: hits.row,
      topLevelKeys: this.engine.topLevelKeys(),
    };
    this.#rows = 0;
    this.#scanner.clear();
    this.#oddIds = [];
    this.#oddTimes = [];
    return block;
  }
}

/** The buffers of a block that go along when it is posted. */
export function transferables(block: Block): ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [
    block.time,
    block.eventId,
    block.flags,
    block.source,
    block.ordinal,
    block.offset,
    block.length,
    block.digest,
    block.hitRule,
    block.hitRow,
    ...block.columns,
  ];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}

function newCounts(): SourceCounts {
  return { records: 0, badUtf8: 0, from: NaN, to: NaN, accounts: new Set(), regions: new Set() };
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i]! > 0x20) return false;
  return true;
}
