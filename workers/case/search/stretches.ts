/** How the records of a search are shared out: stretches are for one thread, and are looked through part by part. */
import type { SourceArchive } from '../archive.ts';
import type { AskedRecords } from './asked.ts';

/** Small files make up a stretch until they come to so many bytes, as they are stored. */
const STRETCH = 4 << 20;
/** A part has so many records at most, and so many bytes of their texts. */
const PART_RECORDS = 16_384;
const PART_BYTES = 8 << 20;

/** Records `first` to `end` (exclusive), by their place among those that are asked. */
export interface Range {
  first: number;
  end: number;
}

/** @returns consecutive files, each whole: a large one, or several small ones; and how many bytes they are in all, as stored */
export function stretchesOf(
  { count, source }: AskedRecords,
  archive: SourceArchive,
): { stretches: Range[]; bytes: number } {
  const stretches: Range[] = [];
  let bytes = 0;
  let inStretch = 0;
  let pack: unknown = null;
  for (let first = 0; first < count;) {
    let end = first + 1;
    while (end < count && source[end] === source[first]) end++;
    const place = archive.placeOf(source[first]!);
    const size = place?.length ?? 0;
    // What lies in one pack is read at once.
    const together = place !== null && place.pack === pack;
    if (stretches.length === 0 || (inStretch + size > STRETCH && !together)) {
      stretches.push({ first, end });
      inStretch = 0;
    }
    stretches.at(-1)!.end = end;
    inStretch += size;
    bytes += size;
    pack = place?.pack ?? null;
    first = end;
  }
  return { stretches, bytes };
}

/** @returns the parts of a stretch, one after another */
export function* partsOf(stretch: Range, { length }: AskedRecords): Generator<Range, void, void> {
  for (let { first } = stretch; first < stretch.end;) {
    let end = first;
    for (let bytes = 0; end < stretch.end && end - first < PART_RECORDS && bytes < PART_BYTES; end++) {
      bytes += length[end]!;
    }
    yield { first, end };
    first = end;
  }
}
