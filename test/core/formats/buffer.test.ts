import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteStream } from '../../../src/core/bytes/stream.ts';
import { TextBuffer } from '../../../src/core/formats/buffer.ts';

const LENGTH = 100_000;
const text = Uint8Array.from({ length: LENGTH }, (_, at) => (at * 2_654_435_761) >>> 24);

/** The text in chunks of these sizes, again and again. */
async function* inChunks(sizes: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0, n = 0; at < LENGTH; n++) {
    const size = sizes[n % sizes.length]!;
    yield text.slice(at, at + size);
    at += size;
  }
}

it('shows the text in order and whole, however it comes and however it is consumed', async () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 4_000, max: 40_000 }));
  const left = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 2_000 }),
    fc.integer({ min: 0, max: 9_000 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(size, { minLength: 1, maxLength: 6 }),
      fc.array(left, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 2_000, max: 50_000 }),
      async (sizes, pending, chunkSize) => {
        const window = new TextBuffer(new ByteStream(inChunks(sizes)), chunkSize);
        let end = 0;
        for (let turn = 0; ; turn++) {
          const before = window.pending;
          const offset = window.offset;
          if (!(await window.more())) break;
          expect(window.offset).toBe(offset);
          end = window.offset + window.pending;
          // At least as much as was pending came, unless the text is at its end.
          expect(window.pending >= 2 * before || end === LENGTH).toBe(true);
          const shown = window.bytes.subarray(window.start, window.end);
          expect(Buffer.compare(shown, text.subarray(window.offset, end))).toBe(0);
          window.start = Math.max(window.start, window.end - pending[turn % pending.length]!);
        }
        expect(end).toBe(LENGTH);
      },
    ),
    { numRuns: 300 },
  );
});
