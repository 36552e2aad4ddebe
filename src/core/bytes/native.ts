import type { ByteSource } from '../formats/sink.ts';
import { readThrough } from './source.ts';

/** Written at a time: Chromium queues all that one write inflates to, and 64 kB is at most 66 MB of it. */
const PIECE = 2 ** 16;

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
  const writing = (async () => {
    for await (const chunk of readThrough(source)) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        await writer.write(chunk.subarray(at, at + PIECE) as Uint8Array<ArrayBuffer>);
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
      yield value;
    }
    await writing;
    finished = true;
    if (failure !== null) throw failure;
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
  }
}
