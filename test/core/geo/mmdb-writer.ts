/** Writes MaxMind DB files for tests, whole or with a fault built in. */
import { parseAddress } from '../../../src/core/geo/index.ts';

export type Json = string | number | bigint | boolean | Json[] | { [key: string]: Json };

export interface MmdbOptions {
  ipVersion?: 4 | 6;
  recordSize?: 24 | 28 | 32;
  metadata?: Record<string, Json>;
}

/** Control byte(s), by type number and size. */
function control(type: number, size: number): number[] {
  const head = (inControl: number) => (type > 7 ? [inControl, type - 7] : [(type << 5) | inControl]);
  if (size < 29) return head(size);
  if (size < 285) return [...head(29), size - 29];
  if (size < 65_821) return [...head(30), (size - 285) >> 8, (size - 285) & 0xff];
  return [...head(31), (size - 65_821) >> 16, ((size - 65_821) >> 8) & 0xff, (size - 65_821) & 0xff];
}

function unsigned(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  return bytes;
}

/** A pointer of the narrowest width that reaches. */
export function pointer(offset: number): number[] {
  if (offset < 2048) return [(1 << 5) | (offset >> 8), offset & 0xff];
  if (offset < 526_336) {
    const rest = offset - 2048;
    return [(1 << 5) | (1 << 3) | (rest >> 16), (rest >> 8) & 0xff, rest & 0xff];
  }
  const rest = offset - 526_336;
  return [(1 << 5) | (2 << 3) | (rest >> 24), (rest >> 16) & 0xff, (rest >> 8) & 0xff, rest & 0xff];
}

/** Encodes a value; how texts are written is the caller's. */
function encode(value: Json, text: (text: string) => number[]): number[] {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean') return control(14, value ? 1 : 0);
  if (typeof value === 'bigint') {
    const bytes = unsigned(value);
    return [...control(bytes.length > 8 ? 10 : 9, bytes.length), ...bytes];
  }
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0) {
      const bytes = unsigned(BigInt(value));
      return [...control(6, bytes.length), ...bytes];
    }
    const view = new DataView(new ArrayBuffer(8));
    if (Number.isInteger(value)) {
      view.setInt32(0, value);
      return [...control(8, 4), ...new Uint8Array(view.buffer, 0, 4)];
    }
    view.setFloat64(0, value);
    return [...control(3, 8), ...new Uint8Array(view.buffer)];
  }
  if (Array.isArray(value))
    return [...control(11, value.length), ...value.flatMap((item) => encode(item, text))];
  const entries = Object.entries(value);
  return [...control(7, entries.length), ...entries.flatMap(([k, v]) => [...text(k), ...encode(v, text)])];
}

function inPlace(text: string): number[] {
  const utf8 = new TextEncoder().encode(text);
  return [...control(2, utf8.length), ...utf8];
}

/** Encodes a value without any pointer. */
export function encodePlain(value: Json): number[] {
  return encode(value, inPlace);
}

/** A data section that says every text once and points to it from then on. */
class DataSection {
  readonly bytes: number[] = [];
  private readonly texts = new Map<string, number>();

  /** Appends a value; returns its offset. */
  add(value: Json): number {
    const encoded = encode(value, (text) => pointer(this.offsetOf(text)));
    return this.append(encoded);
  }

  private offsetOf(text: string): number {
    let offset = this.texts.get(text);
    if (offset === undefined) this.texts.set(text, (offset = this.append(inPlace(text))));
    return offset;
  }

  private append(bytes: number[]): number {
    const offset = this.bytes.length;
    for (const byte of bytes) this.bytes.push(byte);
    return offset;
  }
}

type Tree = { value: number } | { children: [Tree | null, Tree | null] };

/** Bits of an address, in a tree for IPv6 with IPv4 below ::/96. */
function bitsOf(cidr: string, ipVersion: 4 | 6): number[] {
  const [text, length] = cidr.split('/');
  const address = parseAddress(text!)!;
  const bits = address.words.flatMap((word) => Array.from({ length: 32 }, (_, i) => (word >>> (31 - i)) & 1));
  const lead = address.version === 4 && ipVersion === 6 ? new Array<number>(96).fill(0) : [];
  return [...lead, ...bits.slice(0, Number(length))];
}

/** Puts a value at a prefix; later ones cut into earlier ones. */
function insert(tree: Tree | null, bits: number[], value: number): Tree {
  if (bits.length === 0) return { value };
  const children: [Tree | null, Tree | null] =
    tree === null ? [null, null] : 'value' in tree ? [tree, tree] : [...tree.children];
  const side = bits[0] as 0 | 1;
  children[side] = insert(children[side], bits.slice(1), value);
  return { children };
}

const MARKER = [0xab, 0xcd, 0xef, ...new TextEncoder().encode('MaxMind.com')];

/** Assembles a file of records (two a node), data and metadata as they are given. */
export function assemble(records: number[], data: number[], options: MmdbOptions = {}): Uint8Array {
  const { ipVersion = 6, recordSize = 24, metadata = {} } = options;
  const tree: number[] = [];
  const bytesOf = (record: number, count: number) =>
    Array.from({ length: count }, (_, i) => Math.floor(record / 256 ** (count - 1 - i)) & 0xff);
  for (let i = 0; i < records.length; i += 2) {
    const [left, right] = [records[i]!, records[i + 1]!];
    if (recordSize === 28) {
      const middle = ((left >>> 24) << 4) | (right >>> 24);
      tree.push(...bytesOf(left & 0xffffff, 3), middle, ...bytesOf(right & 0xffffff, 3));
    } else {
      tree.push(...bytesOf(left, recordSize / 8), ...bytesOf(right, recordSize / 8));
    }
  }
  return Uint8Array.from([
    ...tree,
    ...new Array<number>(16).fill(0),
    ...data,
    ...MARKER,
    ...encodePlain({
      binary_format_major_version: 2,
      binary_format_minor_version: 0,
      build_epoch: 1_750_000_000n,
      database_type: 'Test-Country',
      description: { en: 'A test' },
      ip_version: ipVersion,
      languages: ['en'],
      node_count: records.length / 2,
      record_size: recordSize,
      ...metadata,
    }),
  ]);
}

/** Writes a database of `[prefix, value]` pairs; later prefixes cut into earlier ones. */
export function writeMmdb(
  entries: readonly (readonly [cidr: string, value: Json])[],
  options: MmdbOptions = {},
): Uint8Array {
  const { ipVersion = 6 } = options;
  const data = new DataSection();
  const offsets = new Map<string, number>();
  const offsetOf = (value: Json) => {
    const key = JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v));
    let offset = offsets.get(key);
    if (offset === undefined) offsets.set(key, (offset = data.add(value)));
    return offset;
  };
  let root: Tree = { children: [null, null] };
  for (const [cidr, value] of entries) root = insert(root, bitsOf(cidr, ipVersion), offsetOf(value));
  if ('value' in root) root = { children: [root, root] };

  const nodes: { children: [Tree | null, Tree | null] }[] = [root];
  const records: (number | { data: number } | null)[] = [];
  for (let i = 0; i < nodes.length; i++) {
    for (const child of nodes[i]!.children) {
      if (child === null) records.push(null);
      else if ('value' in child) records.push({ data: child.value });
      else records.push(nodes.push(child) - 1);
    }
  }
  const nodeCount = nodes.length;
  return assemble(
    records.map((r) => (r === null ? nodeCount : typeof r === 'number' ? r : nodeCount + 16 + r.data)),
    data.bytes,
    options,
  );
}
