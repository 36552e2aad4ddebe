/**
 * Original bytes on their way into the store: small ones together in one row, large ones by themselves.
 */
import type { OpenedSource, OriginalsRow } from '../../src/store/database.ts';
import type { OriginalBytes } from '../contract.ts';

/** A source as it is listed, with those of its bytes that are to be kept. */
export type Arrived = Omit<OpenedSource, 'original'> & { original: OriginalBytes };

export interface Packed {
  opened: OpenedSource[];
  /** Numbered from the first free number on. */
  packs: OriginalsRow[];
  /** The bytes of each source that has any, until they are stored. */
  held: { id: number; bytes: Uint8Array | Blob }[];
}

/** @param firstPack number of the first row that is free */
export function pack(caseId: string, firstPack: number, sources: readonly Arrived[]): Packed {
  const packed: Packed = { opened: [], packs: [], held: [] };
  const size = sources.reduce(
    (sum, { original }) => sum + (original instanceof Uint8Array ? original.length : 0),
    0,
  );
  const together = new Uint8Array(size);
  if (size > 0) packed.packs.push({ caseId, pack: firstPack, bytes: together });
  let used = 0;
  for (const { original, ...facts } of sources) {
    const source: OpenedSource = { ...facts, original: null };
    if (original instanceof Uint8Array) {
      together.set(original, used);
      source.original = { pack: firstPack, offset: used, length: original.length };
      packed.held.push({ id: source.id, bytes: together.subarray(used, used + original.length) });
      used += original.length;
    } else if (original !== null) {
      const pack = firstPack + packed.packs.length;
      source.original = { pack, offset: 0, length: original.size };
      packed.packs.push({ caseId, pack, bytes: original });
      packed.held.push({ id: source.id, bytes: original });
    }
    packed.opened.push(source);
  }
  return packed;
}
