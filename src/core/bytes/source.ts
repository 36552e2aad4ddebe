import type { ByteSource } from '../formats/sink.ts';

/** How much of a source is read at a time, in bytes. */
const STEP = 2 ** 20;

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (from, to) => Promise.resolve(bytes.subarray(from, Math.min(to, bytes.length))),
  };
}

/** A source that tells how many bytes were read from it, for progress; never more than its size. */
export function countingSource(source: ByteSource, told: (bytes: number) => void): ByteSource {
  let sum = 0;
  return {
    size: source.size,
    async read(from, to) {
      const bytes = await source.read(from, to);
      sum += bytes.length;
      told(Math.min(sum, source.size));
      return bytes;
    },
  };
}

/** The bytes `from` to `to` of a source, in pieces of at most 1 MB. */
export async function* readThrough(
  source: ByteSource,
  from = 0,
  to = source.size,
): AsyncGenerator<Uint8Array, void, void> {
  for (let at = from; at < to;) {
    const piece = await source.read(at, Math.min(at + STEP, to));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}
