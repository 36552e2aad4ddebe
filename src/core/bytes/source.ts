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

/**
 * A source that reads ahead: for many small reads that mostly follow one another, each of which would cost a turn of
 * the platform. What it returns may be a view on a larger buffer.
 */
export function readAhead(source: ByteSource): ByteSource {
  let base = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    async read(from, to) {
      const end = Math.min(to, source.size);
      if (end - from >= STEP) return source.read(from, end);
      if (from < base || end > base + window.length) {
        base = from;
        window = await source.read(from, Math.min(from + STEP, source.size));
      }
      return window.subarray(from - base, end - base);
    },
  };
}
