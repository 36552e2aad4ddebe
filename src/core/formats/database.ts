/** Geo databases among what is given: they are no logs, and told by their content, however they are packed. */
import { MAX_IN_MEMORY } from '../bytes/limits.ts';
import { endsLikeMmdb, MMDB_TAIL } from '../geo/index.ts';
import type { Opened } from './text.ts';

const NAMED_SO = /\.mmdb(?:\.gz)?$/i;

/**
 * The bytes of a MaxMind DB file; null when it is something else, and then nothing of the stream is consumed. Throws
 * LimitError for one that is too large to be held in memory.
 *
 * @param path a file that is called `.mmdb` is taken for one even if its end, which has the mark, is missing
 */
export async function findDatabase(opened: Opened, path: string): Promise<Uint8Array | null> {
  const { source, stream } = opened;
  const head = await stream.peek(2);
  // The first record of the tree is a small number, its highest byte first: no text begins so.
  const mayBe = head.length === 2 && head[0] === 0 && head[1] === 0;
  const isNamedSo = NAMED_SO.test(path) && head[0] !== OPEN_BRACE && head[0] !== OPEN_BRACKET;
  if (!mayBe && !isNamedSo) return null;
  // A compressed one has to be unpacked whole to see its end: only where its name promises something.
  if (!isNamedSo) {
    if (source === null || source.size > MAX_IN_MEMORY) return null;
    if (!endsLikeMmdb(await source.read(Math.max(0, source.size - MMDB_TAIL), source.size))) return null;
  }
  return stream.collect(MAX_IN_MEMORY);
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
