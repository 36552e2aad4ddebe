import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordText, type TextChunk } from '../../../src/core/formats/index.ts';

/** A text in chunks that are overwritten when the next one is asked for, as an inflater does it. */
async function* chunksOf(
  text: Uint8Array,
  cuts: readonly number[],
  from = 0,
): AsyncGenerator<TextChunk, void, void> {
  const bounds = [from, ...cuts.filter((cut) => cut > from && cut < text.length), text.length];
  for (let i = 1; i < bounds.length; i++) {
    const bytes = text.slice(bounds[i - 1], bounds[i]);
    yield { bytes, offset: bounds[i - 1]! };
    bytes.fill(0xff);
  }
}

const ascending = (most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.nat(most), { maxLength: 30 }).map((numbers) => numbers.sort((a, b) => a - b));

describe('RecordText', () => {
  test('gives each record, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        ascending(200),
        ascending(200),
        async (bytes, cuts, bounds) => {
          const text = new RecordText(chunksOf(bytes, cuts));
          for (let i = 1; i < bounds.length; i++) {
            const [offset, length] = [bounds[i - 1]!, bounds[i]! - bounds[i - 1]!];
            const record = await text.reach(offset, length);
            const isThere = offset + length <= bytes.length;
            expect(record).toEqual(isThere ? bytes.slice(offset, offset + length) : null);
            if (!isThere) return;
          }
          await text.close();
        },
      ),
    );
  });

  test('begins where its text does', async () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
    const text = new RecordText(chunksOf(bytes, [60, 70], 50));
    expect(text.holds(50, 1)).toBe(false);
    expect(await text.reach(52, 3)).toEqual(Uint8Array.of(52, 53, 54));
    expect(text.holds(55, 5)).toBe(true);
    expect(text.holds(55, 6)).toBe(false);
    expect(await text.reach(55, 20)).toEqual(bytes.slice(55, 75));
  });
});
