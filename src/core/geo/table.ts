/**
 * The embedded database: a compact table of countries by address.
 *
 * It is the binary tree of address prefixes written down depth first: one bit a node (1 splits, 0 is a leaf)
 * and, apart, one byte a leaf (0: unknown, else the n-th country). That is exact to the last bit of an IPv6
 * address, and deflates to a third of what the sorted starts of the ranges do. Read, it becomes sorted range
 * starts, for binary search.
 *
 * Layout, all of it deflated (RFC 1951): a JSON header (`TableHeader`), a line feed, then for IPv4 and IPv6
 * each the bits (first node in the highest bit of the first byte) and the leaves' bytes.
 */
import { inflateSync } from 'fflate';
import { once } from '../once.ts';
import { publicAddress } from './address.ts';
import { countryName } from './countries.ts';
import { GeoError, type GeoDatabase, type GeoPlace } from './database.ts';

/** Version of the layout: the page carries table and reader together, so that one number is enough. */
export const TABLE_FORMAT = 1;

export interface TableHeader {
  format: number;
  name: string;
  /** `YYYY-MM-DD` */
  date: string;
  /** Country codes by label, from label 1. */
  countries: string[];
  trees: { ipv4: TreeSize; ipv6: TreeSize };
}

export interface TreeSize {
  leaves: number;
  /** Ranges that remain when neighbouring leaves of the same country are one. */
  ranges: number;
}

/** Ranges of addresses: each begins at its start and ends where the next one begins. */
interface Ranges {
  /** 32-bit words of an address: 1 for IPv4, 4 for IPv6. */
  words: 1 | 4;
  /** `words` words a range, ascending; the first range begins at zero. */
  starts: Uint32Array;
  labels: Uint8Array;
}

/**
 * Opens a compact table.
 *
 * @throws GeoError when it is not one, or of another version
 */
export function openTable(bytes: Uint8Array): GeoDatabase {
  return openUnpackedTable(unpackTable(bytes));
}

/**
 * Opens a table that `unpackTable` unpacked: whoever hands it on saves the others that work.
 *
 * @throws GeoError when it is none, or of another version
 */
export function openUnpackedTable(data: Uint8Array): GeoDatabase {
  const lineEnd = data.indexOf(0x0a);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(0, lineEnd))) as TableHeader;
  if (header.format !== TABLE_FORMAT) throw new GeoError('The table of countries is of another version.');
  const { ipv4, ipv6 } = header.trees;
  const shapeBytes = ({ leaves }: TreeSize) => Math.ceil((2 * leaves - 1) / 8);
  const at4 = lineEnd + 1;
  const at6 = at4 + shapeBytes(ipv4) + ipv4.leaves;
  if (data.length !== at6 + shapeBytes(ipv6) + ipv6.leaves)
    throw new GeoError('The table of countries is cut off.');
  // Read when first asked for: few trails hold an IPv6 address, and theirs is the larger tree.
  const ranges4 = once(() => readTree(data, at4, shapeBytes(ipv4), ipv4, 1));
  const ranges6 = once(() => readTree(data, at6, shapeBytes(ipv6), ipv6, 4));
  const places: (GeoPlace | null)[] = header.countries.map((code) => ({
    country_code: code,
    country_name: countryName(code),
  }));
  places.unshift(null);
  return {
    name: header.name,
    date: header.date,
    kind: 'country',
    lookup(source) {
      const address = publicAddress(source);
      if (address === null) return null;
      return places[find(address.version === 4 ? ranges4() : ranges6(), address.words)] ?? null;
    },
  };
}

/** @throws GeoError when the bytes are no compact table */
export function unpackTable(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes);
  } catch {
    throw new GeoError('The table of countries does not inflate.');
  }
}

/** Walks a tree depth first and notes where each range of one country begins. */
function readTree(data: Uint8Array, at: number, shapeBytes: number, size: TreeSize, words: 1 | 4): Ranges {
  const starts = new Uint32Array(size.ranges * words);
  const labels = new Uint8Array(size.ranges);
  const position = new Uint32Array(words);
  /** Depths of the right-hand children still to come. */
  const pending = new Uint8Array(words * 32);
  let pendingCount = 0;
  let depth = 0;
  let range = -1;
  let lastLabel = -1;
  let leaf = at + shapeBytes;
  for (let node = 0, nodes = 2 * size.leaves - 1; node < nodes; node++) {
    if ((data[at + (node >> 3)]! >> (7 - (node & 7))) & 1) {
      pending[pendingCount++] = ++depth;
      continue;
    }
    const label = data[leaf++]!;
    if (label !== lastLabel) {
      range++;
      labels[range] = lastLabel = label;
      for (let w = 0; w < words; w++) starts[range * words + w] = position[w]!;
    }
    if (depth > 0) advance(position, depth);
    if (pendingCount > 0) depth = pending[--pendingCount]!;
  }
  return { words, starts, labels };
}

/** Adds the size of a leaf at `depth` (from 1) to an address: a carry runs into the higher words. */
function advance(position: Uint32Array, depth: number): void {
  let word = (depth - 1) >> 5;
  const before = position[word]!;
  position[word] = before + (1 << (31 - ((depth - 1) & 31)));
  let carry = position[word]! < before;
  while (carry && word > 0) carry = ++position[--word]! === 0;
}

/** The label of the last range that begins at or before `address`. */
function find({ words, starts, labels }: Ranges, address: readonly number[]): number {
  let low = 0;
  let high = labels.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    let word = 0;
    while (word < words - 1 && starts[middle * words + word] === address[word]) word++;
    if (starts[middle * words + word]! <= address[word]!) low = middle;
    else high = middle;
  }
  return labels[low]!;
}
