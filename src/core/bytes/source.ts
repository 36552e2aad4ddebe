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
