/** Bytes of a large file, asked for in pieces of any size and order. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fileSource } from '../../workers/file-source.ts';

const SIZE = (20 << 20) + 12_345;
const whole = Uint8Array.from({ length: SIZE }, (_, n) => (n * 31 + (n >> 13)) & 255);
const file = new Blob([whole]);

test('are what stands there, wherever they are read', async () => {
  const at = fc.oneof(
    fc.nat(SIZE),
    fc.nat(4096).map((n) => (8 << 20) - 2048 + n),
  );
  const pieces = fc.array(fc.tuple(at, fc.oneof(fc.nat(2000), fc.nat(12 << 20))), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(pieces, async (wanted) => {
      const source = fileSource(file);
      for (const [from, length] of wanted) {
        const read = await source.read(from, from + length);
        expect(Buffer.compare(read, whole.subarray(from, from + length))).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
});

test('are asked for once when they are read one after another', async () => {
  const slice = vi.spyOn(file, 'slice');
  const source = fileSource(file);
  for (let from = 0; from < SIZE; from += 100_000) await source.read(from, Math.min(SIZE, from + 100_000));
  expect(slice.mock.calls.map(([from]) => from)).toEqual([0, 8 << 20, 16 << 20]);
});

test('that cannot be had are told of when they are read, and not before', async () => {
  const gone = new Blob([whole]);
  const real = gone.slice.bind(gone);
  const lost = { arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
  vi.spyOn(gone, 'slice').mockImplementation((from = 0, to) => (from > 0 ? lost : real(from, to)));
  const source = fileSource(gone);
  expect(await source.read(0, 10)).toEqual(whole.subarray(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 10));
  await expect(source.read(9 << 20, (9 << 20) + 1)).rejects.toThrow('gone');
});
