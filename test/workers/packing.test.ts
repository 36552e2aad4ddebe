/** How original bytes are laid together before they are stored. */
import { describe, expect, it } from 'vitest';
import { pack, type Arrived } from '../../workers/case/packing.ts';
import type { OriginalBytes } from '../../workers/contract.ts';

const sources = (...originals: OriginalBytes[]): Arrived[] =>
  originals.map((original, id) => ({ id, path: `${id}`, bytes: 0, sha256: '', original }));

const bytes = (...of: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(of);

/** What is read of each source, as the archive of the case does it. */
async function readBack(given: Arrived[]): Promise<(number[] | null)[]> {
  const { opened, packs } = pack('case', 7, given);
  return Promise.all(
    opened.map(async ({ original }) => {
      if (original === null) return null;
      const blob = new Blob([packs[original.pack - 7]!.bytes as BlobPart]);
      const part = blob.slice(original.offset, original.offset + original.length);
      return [...new Uint8Array(await part.arrayBuffer())];
    }),
  );
}

describe('original bytes', () => {
  it('are found again, in whatever way they came', async () => {
    const file = new Blob([bytes(...Array.from({ length: 100 }, (_, n) => n))]);
    const given = sources(
      bytes(1, 2),
      { file, from: 10, to: 13 },
      null,
      new Blob([bytes(9, 9)]),
      { file, from: 20, to: 22 },
      bytes(3),
      { file, from: 0, to: 1 },
    );
    expect(await readBack(given)).toEqual([[1, 2], [10, 11, 12], null, [9, 9], [20, 21], [3], [0]]);
  });

  it('of neighbours in an archive are one part of it, and what lies far between is left out', () => {
    const file = new Blob([new Uint8Array(4 << 20)]);
    const { packs, opened, held } = pack(
      'case',
      0,
      sources(
        { file, from: 100, to: 200 },
        { file, from: 300, to: 400 },
        { file, from: 3 << 20, to: (3 << 20) + 5 },
      ),
    );
    expect(packs.map((row) => (row.bytes as Blob).size)).toEqual([300, 5]);
    expect(opened.map(({ original }) => original)).toEqual([
      { pack: 0, offset: 0, length: 100 },
      { pack: 0, offset: 200, length: 100 },
      { pack: 1, offset: 0, length: 5 },
    ]);
    expect(held.map(({ id, offset, length }) => [id, offset, length])).toEqual([
      [0, 0, 100],
      [1, 200, 100],
      [2, 0, 5],
    ]);
  });

  it('of different archives are not mixed', () => {
    const [one, two] = [new Blob([bytes(1, 2, 3)]), new Blob([bytes(4, 5, 6)])];
    const { packs } = pack('case', 0, sources({ file: one, from: 0, to: 2 }, { file: two, from: 2, to: 3 }));
    expect(packs.map((row) => (row.bytes as Blob).size)).toEqual([2, 1]);
  });
});
