/**
 * Original bytes on their way into the store: small ones together in one row, large ones by themselves, and what lies in
 * an archive with its neighbours there.
 */
import type { OpenedSource, OriginalsRow } from '../../src/store/database.ts';
import type { BlobRange, OriginalBytes } from '../contract.ts';

/** A source as it is listed, with those of its bytes that are to be kept. */
export type Arrived = Omit<OpenedSource, 'original'> & { original: OriginalBytes };

/** Bytes of one source among others: `length` bytes from `offset` on. */
export interface HeldBytes {
  bytes: Uint8Array | Blob;
  offset: number;
  length: number;
}

export interface Packed {
  opened: OpenedSource[];
  /** Numbered from the first free number on. */
  packs: OriginalsRow[];
  /** The bytes of each source that has any, until they are stored. */
  held: (HeldBytes & { id: number })[];
}

/** Neighbours in an archive are stored together unless more than this lies between them, bytes. */
const MOST_BETWEEN = 1 << 20;

/** @param firstPack number of the first row that is free */
export function pack(caseId: string, firstPack: number, sources: readonly Arrived[]): Packed {
  const packed: Packed = { opened: [], packs: [], held: [] };
  const together = joined(sources);
  const ranges = rangesOf(sources);
  const packOf = new Map<Uint8Array | Blob | BlobRange, number>();
  /** The pack that these bytes are, or are in; `row` is what it holds. */
  const numberOf = (of: Uint8Array | Blob | BlobRange, row: () => Uint8Array | Blob): number => {
    let number = packOf.get(of);
    if (number === undefined) {
      number = firstPack + packed.packs.length;
      packOf.set(of, number);
      packed.packs.push({ caseId, pack: number, bytes: row() });
    }
    return number;
  };
  let used = 0;
  sources.forEach(({ original, ...facts }, i) => {
    const source: OpenedSource = { ...facts, original: null };
    packed.opened.push(source);
    if (original === null) return;
    let offset = 0;
    let length: number;
    let number: number;
    if (original instanceof Uint8Array) {
      number = numberOf(together, () => together);
      together.set(original, used);
      offset = used;
      length = original.length;
      used += length;
    } else if (original instanceof Blob) {
      number = numberOf(original, () => original);
      length = original.size;
    } else {
      const range = ranges[i]!;
      number = numberOf(range, () => range.file.slice(range.from, range.to));
      offset = original.from - range.from;
      length = original.to - original.from;
    }
    source.original = { pack: number, offset, length };
    packed.held.push({ id: source.id, bytes: packed.packs[number - firstPack]!.bytes, offset, length });
  });
  return packed;
}

/** Room for all bytes that are stored in one row. */
function joined(sources: readonly Arrived[]): Uint8Array {
  let size = 0;
  for (const { original } of sources) size += original instanceof Uint8Array ? original.length : 0;
  return new Uint8Array(size);
}

/** For each source that lies in an archive the part of that which holds it and its neighbours. */
function rangesOf(sources: readonly Arrived[]): (BlobRange | null)[] {
  let last: BlobRange | null = null;
  return sources.map(({ original }) => {
    if (original === null || original instanceof Uint8Array || original instanceof Blob) return null;
    const { file, from, to } = original;
    if (last?.file === file && from >= last.to && from - last.to <= MOST_BETWEEN) last.to = to;
    else last = { file, from, to };
    return last;
  });
}
