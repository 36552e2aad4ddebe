import type { ByteSource } from '../formats/sink.ts';
import { readThrough } from './source.ts';

/**
 * Bytes written at a time. Browsers queue all that one write inflates to, so a write is as large as what came of those
 * before lets expect no more than QUEUED: 64 kB of a log, 4 kB of a decompression bomb.
 */
const MOST = 2 ** 16;
const LEAST = 2 ** 12;
const QUEUED = 2 ** 22;
/** Bytes after which the browser gets a turn: Firefox lets go of pieces that are done with only between two turns. */
const REST_AFTER = 2 ** 25;
/** What deflate made of the bytes, before anything is known: more than of any log. */
const FIRST_RATIO = 2 ** 8;

/**
 * Inflates bytes of a source with the platform's own DecompressionStream. Throws where the platform does (after
 * having yielded what it gave), which is not to be relied on: browsers refuse a second gzip member, and on a
 * wrong CRC some deliver a part only.
 */
export async function* inflateNatively(
  source: ByteSource,
  format: 'gzip' | 'deflate-raw',
): AsyncGenerator<Uint8Array, void, void> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let failure: unknown = null;
  let written = 0;
  let inflated = 0;
  let rested = 0;
  const piece = (): number => {
    const ratio = written === 0 ? FIRST_RATIO : Math.max(1, inflated / written);
    return Math.max(LEAST, Math.min(MOST, Math.ceil(QUEUED / ratio)));
  };
  const writing = (async () => {
    for await (const chunk of readThrough(source)) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + piece()) as Uint8Array<ArrayBuffer>;
        await writer.write(part);
        at += part.length;
        written += part.length;
      }
    }
    await writer.close();
  })().catch(async (error: unknown) => {
    failure = error;
    // A source that cannot be read must end the reading side too.
    await writer.abort(error).catch(() => undefined);
  });
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      inflated += value.length;
      yield value;
      if (inflated - rested > REST_AFTER) {
        rested = inflated;
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    await writing;
    finished = true;
    if (failure !== null) throw failure;
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
  }
}
