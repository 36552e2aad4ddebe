import type { ByteStream } from '../bytes/stream.ts';

/** UTF-16 text as UTF-8, without its byte-order mark. */
export async function* decodeUtf16(
  stream: ByteStream,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Uint8Array, void, void> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  try {
    for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
      yield encoder.encode(decoder.decode(chunk, { stream: true }));
    }
    yield encoder.encode(decoder.decode());
  } finally {
    await stream.close();
  }
}
