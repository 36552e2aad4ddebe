/** Files as byte sources. */
import type { ByteSource } from '../../src/core/formats/index.ts';

/** Files up to this size are read into memory at once and stored packed with others; larger ones by reference. */
export const KEPT_WHOLE = 4 << 20;

/** Neighbouring reads of a large file are served from one window of this size. */
const WINDOW = 4 << 20;

/** @returns access to the bytes of a file, or of one that is in memory already */
export function fileSource(file: Uint8Array | Blob): ByteSource {
  if (file instanceof Uint8Array) {
    return { size: file.length, read: (from, to) => Promise.resolve(file.subarray(from, to)) };
  }
  let start = 0;
  let window = new Uint8Array(0);
  return {
    size: file.size,
    async read(from, to) {
      const end = Math.min(to, file.size);
      if (from >= start && end <= start + window.length) return window.subarray(from - start, end - start);
      const ahead = Math.max(end, Math.min(from + WINDOW, file.size));
      window = new Uint8Array(await file.slice(from, ahead).arrayBuffer());
      start = from;
      return window.subarray(0, end - from);
    },
  };
}
