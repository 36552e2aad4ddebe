/** Files as byte sources. */
import type { ByteSource } from '../src/core/formats/index.ts';

/** Large files are read in windows of this size, one after another, each with what a small read at its end reaches into. */
const WINDOW = 8 << 20;
const BEYOND = 1 << 20;

/** @returns access to the bytes of a file, or of one that is in memory already */
export function fileSource(file: Uint8Array | Blob): ByteSource {
  if (file instanceof Uint8Array) {
    return { size: file.length, read: (from, to) => Promise.resolve(file.subarray(from, to)) };
  }
  const bytes = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const load = (number: number): Promise<Uint8Array> =>
    bytes(number * WINDOW, Math.min(file.size, (number + 1) * WINDOW + BEYOND));
  /** The window read last, by its number, and the one after it, which is asked for while that one is used. */
  let current = { number: -1, bytes: Promise.resolve(new Uint8Array(0)) as Promise<Uint8Array> };
  let next = current;
  return {
    size: file.size,
    async read(from, to) {
      const end = Math.min(to, file.size);
      const number = Math.floor(from / WINDOW);
      const start = number * WINDOW;
      if (end > start + WINDOW + BEYOND) return bytes(from, end);
      if (number !== current.number) {
        const follows = number === current.number + 1;
        current = number === next.number ? next : { number, bytes: load(number) };
        if (follows && start + WINDOW < file.size) {
          next = { number: number + 1, bytes: load(number + 1) };
          // Whoever reads it is told.
          next.bytes.catch(() => undefined);
        }
      }
      return (await current.bytes).subarray(from - start, end - start);
    },
  };
}
