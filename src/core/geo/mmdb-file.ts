/**
 * A MaxMind DB file: metadata, and the binary tree that leads from an address to a record.
 * Format: "MaxMind DB File Format Specification" 2.0. The file is a stranger's: a look-up reads at most as
 * many nodes as an address has bits, and nothing outside the file.
 */
import type { Address } from './address.ts';
import { GeoError } from './database.ts';
import { ValueReader, type MmdbValue } from './mmdb-value.ts';

/** 0xABCDEF and "MaxMind.com": what the metadata begin with. */
const MARKER = [0xab, 0xcd, 0xef, ...new TextEncoder().encode('MaxMind.com')];
/** The metadata lie within the last 128 KiB. */
const METADATA_REACH = 128 * 1024;
/** Zero bytes between the tree and the data. */
const SEPARATOR = 16;

/**
 * A record of the tree: below `nodeCount` a node, equal to it "nothing here", above it a value's place.
 * (The specification's word; no record of CloudTrail.)
 */
export type TreeRecord = number;

export class MmdbFile {
  /** "GeoLite2-City", "DBIP-ASN-Lite", ... */
  readonly type: string;
  /** `YYYY-MM-DD`; '' when the file does not say. */
  readonly built: string;
  readonly nodeCount: number;
  private readonly bytes: Uint8Array;
  private readonly ipVersion: 4 | 6;
  /** Bits of a record: a node is two of them. */
  private readonly recordBits: 24 | 28 | 32;
  private readonly values: ValueReader;
  /** Where IPv4 addresses begin: in a tree for IPv6 they are ::/96. */
  readonly ipv4Root: TreeRecord;

  /** @throws GeoError when the bytes are no MaxMind DB file, or a damaged one */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const metadataAt = findMarker(bytes);
    if (metadataAt < 0) throw new GeoError('This is not a MaxMind DB file (or its end is missing).');
    const metadata = new ValueReader(bytes.subarray(metadataAt)).read(0);
    if (!(metadata instanceof Map)) throw new GeoError('This MaxMind DB file has no metadata.');
    const major = metadata.get('binary_format_major_version');
    if (major !== 2)
      throw new GeoError(`This MaxMind DB file is of format version ${String(major)}; 2 is read.`);
    this.nodeCount = count(metadata, 'node_count');
    this.recordBits = oneOf(metadata, 'record_size', [24, 28, 32]);
    this.ipVersion = oneOf(metadata, 'ip_version', [4, 6]);
    this.type = text(metadata, 'database_type');
    this.built = isoDate(metadata.get('build_epoch'));
    const dataAt = (this.nodeCount * this.recordBits) / 4 + SEPARATOR;
    const dataEnd = metadataAt - MARKER.length;
    if (dataAt > dataEnd) throw new GeoError('This MaxMind DB file is cut off: its tree is not whole.');
    this.values = new ValueReader(bytes.subarray(dataAt, dataEnd));
    this.ipv4Root = this.ipVersion === 4 ? 0 : this.descend(0, [0, 0, 0], 96);
  }

  /**
   * The record an address leads to. IPv6 addresses lead nowhere in a tree for IPv4.
   *
   * @throws GeoError when the tree is deeper than the address is long
   */
  find(address: Address): TreeRecord {
    if (address.version === 6 && this.ipVersion === 4) return this.nodeCount;
    const [root, bits] = address.version === 4 ? [this.ipv4Root, 32] : [0, 128];
    const record = this.descend(root, address.words, bits);
    if (record < this.nodeCount) {
      throw new GeoError('This MaxMind DB file is damaged: its tree is deeper than an address.');
    }
    return record;
  }

  /** One of the two records of a node, `node` below `nodeCount`: the left for a 0, the right for a 1. */
  child(node: TreeRecord, bit: number): TreeRecord {
    const { bytes } = this;
    if (this.recordBits === 24) {
      const at = node * 6 + bit * 3;
      return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    }
    if (this.recordBits === 28) {
      // The byte between the records holds the highest 4 bits of both.
      const at = node * 7 + bit * 4;
      const middle = bytes[node * 7 + 3]!;
      const high = bit === 0 ? middle >> 4 : middle & 0x0f;
      return (high << 24) | (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    }
    const at = node * 8 + bit * 4;
    return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
  }

  /**
   * The value of a record above `nodeCount`.
   *
   * @throws GeoError when it is damaged
   */
  value(record: TreeRecord): MmdbValue {
    const offset = record - this.nodeCount - SEPARATOR;
    if (offset < 0) throw new GeoError('This MaxMind DB file is damaged: its tree points to no value.');
    return this.values.read(offset);
  }

  /**
   * That a record above `nodeCount` leads into the data.
   *
   * @throws GeoError when it does not
   */
  checkPlace(record: TreeRecord): void {
    if (record - this.nodeCount - SEPARATOR < 0 || record - this.nodeCount - SEPARATOR >= this.values.length)
      throw new GeoError('This MaxMind DB file is damaged: its tree points to no value.');
  }

  /** Follows the first `bits` bits of an address from `record` on, down to a leaf or to where they end. */
  private descend(record: TreeRecord, words: readonly number[], bits: number): TreeRecord {
    for (let bit = 0; bit < bits && record < this.nodeCount; bit++) {
      record = this.child(record, (words[bit >> 5]! >>> (31 - (bit & 31))) & 1);
    }
    return record;
  }
}

/** Bytes at the end of a file that are enough for `endsLikeMmdb`. */
export const MMDB_TAIL = METADATA_REACH;

/** Whether a file whose last MMDB_TAIL bytes these are is a MaxMind DB file, by the mark before its metadata. */
export function endsLikeMmdb(tail: Uint8Array): boolean {
  return findMarker(tail) >= 0;
}

/** Where the metadata begin, behind the last marker; -1 without one. */
function findMarker(bytes: Uint8Array): number {
  const stop = Math.max(0, bytes.length - METADATA_REACH);
  for (let at = bytes.length - MARKER.length; at >= stop; at--) {
    if (MARKER.every((byte, i) => bytes[at + i] === byte)) return at + MARKER.length;
  }
  return -1;
}

type Metadata = ReadonlyMap<string, MmdbValue>;

function badMetadata(key: string): GeoError {
  return new GeoError(`This MaxMind DB file is damaged: its ${key} makes no sense.`);
}

function count(metadata: Metadata, key: string): number {
  const value = metadata.get(key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw badMetadata(key);
  return value;
}

function oneOf<N extends number>(metadata: Metadata, key: string, allowed: readonly N[]): N {
  const value = allowed.find((number) => number === metadata.get(key));
  if (value === undefined) throw badMetadata(key);
  return value;
}

function text(metadata: Metadata, key: string): string {
  const value = metadata.get(key);
  if (typeof value !== 'string') throw badMetadata(key);
  return value;
}

/** Seconds since the epoch as `YYYY-MM-DD`; '' when that is no date of four digits' years. */
function isoDate(epoch: MmdbValue | undefined): string {
  const LAST = Date.UTC(9999, 11, 31) / 1000;
  if (typeof epoch !== 'number' || !(epoch > 0 && epoch <= LAST)) return '';
  return new Date(epoch * 1000).toISOString().slice(0, 10);
}
