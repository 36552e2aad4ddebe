/**
 * Collects records into blocks: the RecordSink of an ingest worker.
 *
 * The bytes of the records of the block in hand are kept, aligned to 32-bit words, until it is sealed:
 * for the digest, and so that a rule that asks for more than the columns can look at the record itself.
 */
import { BROKEN, INCOMPLETE, type RecordSink } from '../formats/sink.ts';
import { COLUMN_COUNT, FIRST_VALUE, columnIndex } from '../record/columns.ts';
import { digestWords } from '../record/digest.ts';
import { RecordScanner } from '../record/scanner.ts';
import { writeUuid } from '../record/token.ts';
import { BLOCK_ROWS, FLAG, type Block } from './block.ts';
import { RecordView } from '../query/index.ts';
import type { PartName, Rows } from './rows.ts';

const ACCOUNT = columnIndex('recipientAccountId');
const REGION = columnIndex('awsRegion');
/** Accounts and regions told of one source: a log file of AWS has one of each. */
const MOST_TALLIED = 64;

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** What the builder counted about the source in hand since `source` was called. */
export interface SourceCounts {
  records: number;
  badUtf8: number;
  from: number;
  to: number;
  accounts: Set<string>;
  regions: Set<string>;
}

/** Reads records of a block that is being sealed. */
export type RecordAt = (row: number) => unknown;

export class BlockBuilder implements RecordSink {
  readonly scanner = new RecordScanner();
  #rows = 0;
  #time = new Float64Array(BLOCK_ROWS);
  #eventId = new Uint8Array(BLOCK_ROWS * 16);
  #oddIds: [number, string][] = [];
  #oddTimes: [number, string][] = [];
  #flags = new Uint16Array(BLOCK_ROWS);
  #source = new Uint32Array(BLOCK_ROWS);
  #ordinal = new Uint32Array(BLOCK_ROWS);
  #offset = new Float64Array(BLOCK_ROWS);
  #length = new Uint32Array(BLOCK_ROWS);
  #digest = new Uint32Array(BLOCK_ROWS * 2);
  #columns = Array.from({ length: COLUMN_COUNT }, () => new Uint32Array(BLOCK_ROWS));
  /** Dictionary sizes that earlier blocks have told of. */
  readonly #told = new Array<number>(COLUMN_COUNT).fill(0);

  #words = new Uint32Array(1 << 20);
  #bytes = new Uint8Array(this.#words.buffer);
  #usedWords = 0;
  readonly #firstWord = new Uint32Array(BLOCK_ROWS);
  /** Where in its record each row's requestParameters and responseElements lie: start and end of one, then of the other. */
  readonly #parts = new Uint32Array(BLOCK_ROWS * 4);
  readonly #hash = { first: 0, second: 0, nonAscii: false };

  #sourceKey = 0;
  #counts = newCounts();
  readonly #lastTallied = new Uint32Array(COLUMN_COUNT);

  /**
   * @param onFull called when a block is full, between two records: seal it there and then
   * @param onDrain awaited between records, for back-pressure
   */
  constructor(
    private readonly onFull: () => void,
    private readonly onDrain: () => Promise<void>,
  ) {}

  get rows(): number {
    return this.#rows;
  }

  /** Says which source the records to come are from, and starts its counts. */
  beginSource(key: number): void {
    this.#sourceKey = key;
    this.#counts = newCounts();
    this.#lastTallied.fill(0);
  }

  get counts(): SourceCounts {
    return this.#counts;
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): number {
    const after = this.scanner.scan(bytes, start, end);
    if (after > 0) this.#append(bytes, start, after, offset, after - start);
    return after;
  }

  wrapped(json: Uint8Array, offset: number, length: number): boolean {
    const after = this.scanner.scan(json, 0, json.length);
    if (after === INCOMPLETE || after === BROKEN || !isBlank(json, after)) return false;
    this.#append(json, 0, after, offset, length);
    return true;
  }

  drain(): Promise<void> {
    return this.onDrain();
  }

  #append(bytes: Uint8Array, start: number, end: number, offset: number, length: number): void {
    const i = this.#rows;
    const row = this.scanner.row;
    const counts = this.#counts;
    let flags = row.flags;

    const size = end - start;
    const firstWord = this.#keep(bytes, start, end);
    this.#firstWord[i] = firstWord;
    this.#parts[4 * i] = row.requestStart - start;
    this.#parts[4 * i + 1] = row.requestEnd - start;
    this.#parts[4 * i + 2] = row.responseStart - start;
    this.#parts[4 * i + 3] = row.responseEnd - start;
    digestWords(this.#words, firstWord, (size + 3) >> 2, size, this.#hash);
    this.#digest[2 * i] = this.#hash.first;
    this.#digest[2 * i + 1] = this.#hash.second;
    if (this.#hash.nonAscii && !isUtf8(bytes.subarray(start, end))) {
      flags |= FLAG.BAD_UTF8;
      counts.badUtf8++;
    }

    if (row.idIsUuid) {
      writeUuid(bytes, row.idStart, this.#eventId, i * 16);
      flags |= FLAG.ID_UUID;
    } else {
      this.#eventId.fill(0, i * 16, i * 16 + 16);
      if (row.oddId !== '') {
        writeTextHash(row.oddId, this.#eventId, i * 16);
        this.#oddIds.push([i, row.oddId]);
      }
    }
    if (row.oddTime !== '') this.#oddTimes.push([i, row.oddTime]);

    const time = row.time;
    this.#time[i] = time;
    if (time < counts.from || counts.from !== counts.from) counts.from = time === time ? time : counts.from;
    if (time > counts.to || counts.to !== counts.to) counts.to = time === time ? time : counts.to;
    this.#flags[i] = flags;
    this.#source[i] = this.#sourceKey;
    this.#ordinal[i] = counts.records++;
    this.#offset[i] = offset;
    this.#length[i] = length;
    const codes = row.codes;
    for (let c = 0; c < COLUMN_COUNT; c++) this.#columns[c]![i] = codes[c]!;
    this.#tally(counts.accounts, ACCOUNT, codes[ACCOUNT]!);
    this.#tally(counts.regions, REGION, codes[REGION]!);

    this.#rows = i + 1;
    if (this.#rows === BLOCK_ROWS) this.onFull();
  }

  /** Notes the value of a column in a set, unless the row before had the same one. */
  #tally(set: Set<string>, column: number, code: number): void {
    if (this.#lastTallied[column] === code || set.size >= MOST_TALLIED) return;
    this.#lastTallied[column] = code;
    const value = this.scanner.dictionaries[column]!.values[code - FIRST_VALUE];
    if (typeof value === 'string') set.add(value);
  }

  /** Copies the record behind the others of the block. @returns index of its first word */
  #keep(bytes: Uint8Array, start: number, end: number): number {
    const words = (end - start + 3) >> 2;
    const first = this.#usedWords;
    if (first + words > this.#words.length) {
      let size = this.#words.length * 2;
      while (size < first + words) size *= 2;
      const larger = new Uint32Array(size);
      larger.set(this.#words.subarray(0, first));
      this.#words = larger;
      this.#bytes = new Uint8Array(larger.buffer);
    }
    this.#words[first + words - 1] = 0;
    this.#bytes.set(bytes.subarray(start, end), first * 4);
    this.#usedWords = first + words;
    return first;
  }

  /** The record of a row of the block in hand, parsed. Valid until `seal`. */
  readonly recordAt: RecordAt = (row) => {
    const first = this.#firstWord[row]!;
    const next = row + 1 < this.#rows ? this.#firstWord[row + 1]! : this.#usedWords;
    let end = next * 4;
    while (end > first * 4 && this.#bytes[end - 1] === 0) end--;
    return JSON.parse(lenient.decode(this.#bytes.subarray(first * 4, end)));
  };

  /** A part of the record of a row of the block in hand (see PartOf). Valid until `seal`. */
  #partAt(row: number, name: PartName): RecordView | null {
    if ((this.#flags[row]! & FLAG.PARSED) !== 0) return null;
    const at = 4 * row + (name === 'requestParameters' ? 0 : 2);
    const first = this.#firstWord[row]! * 4;
    const bytes = this.#bytes.subarray(first + this.#parts[at]!, first + this.#parts[at + 1]!);
    return new RecordView({ [name]: JSON.parse(lenient.decode(bytes)) });
  }

  /** The rows in hand, for matching before they are sealed. */
  inHand(): Rows {
    const parts = {
      requestParameters: new Map<number, RecordView | null>(),
      responseElements: new Map<number, RecordView | null>(),
    };
    return {
      partOf: (row, name) => {
        let part = parts[name].get(row);
        if (part === undefined) parts[name].set(row, (part = this.#partAt(row, name)));
        return part;
      },
      rows: this.#rows,
      columns: this.#columns,
      time: this.#time,
      eventId: this.#eventId,
      flags: this.#flags,
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
    const gained = this.scanner.dictionaries.map((dictionary, c) => {
      const values = dictionary.values.slice(this.#told[c]);
      this.#told[c] = dictionary.values.length;
      return values;
    });
    const block: Block = {
      rows: n,
      time: this.#time.slice(0, n),
      eventId: this.#eventId.slice(0, n * 16),
      oddIds: this.#oddIds,
      oddTimes: this.#oddTimes,
      flags: this.#flags.slice(0, n),
      source: this.#source.slice(0, n),
      ordinal: this.#ordinal.slice(0, n),
      offset: this.#offset.slice(0, n),
      length: this.#length.slice(0, n),
      digest: this.#digest.slice(0, n * 2),
      columns: this.#columns.map((column) => column.slice(0, n)),
      gained,
      hitRule: hits.rule,
      hitRow: hits.row,
      topLevelKeys: this.scanner.topLevelKeys(),
    };
    this.#rows = 0;
    this.#usedWords = 0;
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

function isUtf8(bytes: Uint8Array): boolean {
  try {
    fatal.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i]! > 0x20) return false;
  return true;
}

/** Fills 16 bytes from an ID that is no UUID; never all zero, which says "no ID". */
function writeTextHash(text: string, into: Uint8Array, at: number): void {
  const bytes = encoder.encode(text);
  const words = new Uint32Array((bytes.length + 3) >> 2);
  new Uint8Array(words.buffer).set(bytes);
  const hash = { first: 0, second: 0, nonAscii: false };
  const out = new DataView(into.buffer, into.byteOffset + at, 16);
  for (let half = 0; half < 2; half++) {
    digestWords(words, 0, words.length, bytes.length + half * 0x10000, hash);
    out.setUint32(half * 8, hash.first);
    out.setUint32(half * 8 + 4, hash.second);
  }
  into[at] = into[at]! | 0x80;
}
