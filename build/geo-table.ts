/**
 * Makes the compact table of countries (src/core/geo/table.ts tells its layout) of a MaxMind DB file.
 */
import { deflateRawSync } from 'node:zlib';
import { MmdbFile, type TreeRecord } from '../src/core/geo/mmdb-file.ts';
import { placeOf } from '../src/core/geo/mmdb.ts';
import { TABLE_FORMAT, type TableHeader, type TreeSize } from '../src/core/geo/table.ts';

/** Not a leaf: what `TreeWriter.write` returns of a node that splits. */
const SPLIT = -1;

/** Writes one tree depth first; neighbours of the same label become one leaf. */
class TreeWriter {
  /** 1 a node that splits, 0 a leaf. */
  private readonly shape: number[] = [];
  private readonly labels: number[] = [];

  constructor(
    private readonly file: MmdbFile,
    private readonly labelOf: (record: TreeRecord) => number,
  ) {}

  /** Writes what lies below `record`; returns its label, or SPLIT. */
  write(record: TreeRecord): number {
    if (record >= this.file.nodeCount) return this.leaf(this.labelOf(record));
    return this.split(
      () => this.write(this.file.child(record, 0)),
      () => this.write(this.file.child(record, 1)),
    );
  }

  /** As `write` from the root, with nothing in ::/96: IPv4 has its own tree. */
  writeIpv6(record: TreeRecord = 0, depth = 0): number {
    if (depth === 96) return this.leaf(0);
    if (record >= this.file.nodeCount) return this.leaf(this.labelOf(record));
    return this.split(
      () => this.writeIpv6(this.file.child(record, 0), depth + 1),
      () => this.write(this.file.child(record, 1)),
    );
  }

  size(): TreeSize {
    const ranges = this.labels.filter((label, i) => i === 0 || label !== this.labels[i - 1]).length;
    return { leaves: this.labels.length, ranges };
  }

  bytes(): Buffer {
    const bits = Buffer.alloc(Math.ceil(this.shape.length / 8));
    for (const [i, bit] of this.shape.entries()) bits[i >> 3]! |= bit << (7 - (i & 7));
    return Buffer.concat([bits, Buffer.from(this.labels)]);
  }

  private leaf(label: number): number {
    this.shape.push(0);
    this.labels.push(label);
    return label;
  }

  private split(left: () => number, right: () => number): number {
    const node = this.shape.push(1) - 1;
    const label = left();
    if (right() !== label || label === SPLIT) return SPLIT;
    this.shape.length = node;
    this.labels.length -= 2;
    return this.leaf(label);
  }
}

/**
 * Converts the countries of a MaxMind DB file for IPv6 (which holds IPv4 too).
 *
 * @returns the compact table, deflated
 */
export function makeTable(mmdb: Uint8Array, name: string): Uint8Array {
  const file = new MmdbFile(mmdb);
  const countries: string[] = [];
  const labels = new Map<TreeRecord, number>([[file.nodeCount, 0]]);
  const labelOf = (record: TreeRecord): number => {
    const known = labels.get(record);
    if (known !== undefined) return known;
    const code = placeOf(file.value(record))?.country_code ?? '';
    let label = countries.indexOf(code) + 1;
    if (code !== '' && label === 0) label = countries.push(code);
    if (label > 255) throw new Error('More than 255 countries: a label has one byte.');
    labels.set(record, label);
    return label;
  };
  const ipv4 = new TreeWriter(file, labelOf);
  ipv4.write(file.ipv4Root);
  const ipv6 = new TreeWriter(file, labelOf);
  ipv6.writeIpv6();
  const header: TableHeader = {
    format: TABLE_FORMAT,
    name,
    date: file.built,
    countries,
    trees: { ipv4: ipv4.size(), ipv6: ipv6.size() },
  };
  const table = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ipv4.bytes(), ipv6.bytes()]);
  return deflateRawSync(table, { level: 9, memLevel: 9 });
}
