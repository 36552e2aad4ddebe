import type { ByteSource } from './sink.ts';

/** The bytes of the given file could not be got: it was moved, or its disk failed. */
export class ReadError extends Error {}

/**
 * A source as given, with its failures told apart from all others.
 *
 * @param told is given the sum of bytes read so far, at most the size, for progress
 */
export function guardedSource(source: ByteSource, told: (bytes: number) => void): ByteSource {
  let sum = 0;
  return {
    size: source.size,
    async read(from, to) {
      let bytes: Uint8Array;
      try {
        bytes = await source.read(from, to);
      } catch (error) {
        // Browsers end their sentences or do not.
        const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
        throw new ReadError(
          `The file could not be read (${why}); it may have been moved or changed. Add it again.`,
        );
      }
      sum += bytes.length;
      told(Math.min(sum, source.size));
      return bytes;
    },
  };
}
