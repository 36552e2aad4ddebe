/** Stores a parcel, even where a file has changed under the hands of whoever read it. */
import { StoreFailure, type CaseStore } from '../../src/store/case-store.ts';
import type { CaseRow, OriginalsRow, ParcelRow } from '../../src/store/database.ts';

/**
 * Stores a parcel with the original bytes that came with it. A large file is stored by reference, and the browser will not
 * copy one that was changed, moved or deleted since it was given: its events are stored all the same, without its bytes.
 *
 * @param parcel what it says of bytes that could not be stored is taken back
 * @returns the sources whose bytes could not be stored
 * @throws StoreFailure when nothing could be stored
 */
export async function keepParcel(
  store: CaseStore,
  parcel: ParcelRow,
  packs: readonly OriginalsRow[],
  totals: CaseRow,
): Promise<number[]> {
  try {
    await store.putParcel(parcel, packs, totals);
    return [];
  } catch (error) {
    const lost = error instanceof StoreFailure && error.why !== 'lost' ? await changed(packs) : [];
    if (lost.length === 0) throw error;
    const ids = [];
    for (const source of parcel.opened) {
      if (!lost.some(({ pack }) => pack === source.original?.pack)) continue;
      ids.push(source.id);
      source.original = null;
    }
    for (const { bytes } of lost) totals.bytes -= (bytes as Blob).size;
    // Another of them may have changed meanwhile.
    const rest = packs.filter((pack) => !lost.includes(pack));
    return [...ids, ...(await keepParcel(store, parcel, rest, totals))];
  }
}

/** The packs that are files which cannot be read any more. */
async function changed(packs: readonly OriginalsRow[]): Promise<OriginalsRow[]> {
  const found: OriginalsRow[] = [];
  for (const pack of packs) {
    if (!(pack.bytes instanceof Blob)) continue;
    try {
      await pack.bytes.slice(0, 1).arrayBuffer();
    } catch {
      found.push(pack);
    }
  }
  return found;
}
