import { randomBytes } from 'node:crypto';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArchiveEntry } from '../../../src/core/bytes/entry.ts';
import { InflationBudget, memorySource, readZip, type ByteReport } from '../../../src/core/bytes/index.ts';
import { makeZip, type ZipFile } from './archives.ts';

async function unzip(file: Uint8Array): Promise<{ entries: ArchiveEntry[]; report: ByteReport }> {
  const report: ByteReport = { damage: [], notes: [] };
  const entries: ArchiveEntry[] = [];
  for await (const entry of readZip(memorySource(file), report, new InflationBudget(file.length)))
    entries.push(entry);
  for (const { at, bytes } of entries) {
    if (at >= 0) expect(file.subarray(at, at + bytes.length)).toEqual(bytes);
  }
  return { entries, report };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const textOf = (entry: ArchiveEntry | undefined): string => new TextDecoder().decode(entry?.bytes);
const intact = { damage: [], refusal: '' };

const FILES: ZipFile[] = [
  { name: 'folder/', data: text(''), stored: true },
  { name: 'folder/stored.json', data: text('stored'), stored: true },
  { name: 'folder\\windows.json', data: text('deflated '.repeat(100)) },
  { name: 'streamed.json', data: text('streamed '.repeat(100)), streamed: true },
  { name: 'large.json', data: text('large'), zip64: true },
  { name: 'größe.json', data: text('utf-8 without the flag') },
  { name: new Uint8Array([0x67, 0x72, 0x94, 0xe1, 0x65]), data: text('code page 437') },
  { name: 'empty.json', data: text(''), stored: true },
];
const PATHS = [
  'folder/stored.json',
  'folder/windows.json',
  'streamed.json',
  'large.json',
  'größe.json',
  'größe',
  'empty.json',
];

describe('readZip', () => {
  test('every kind of entry, by the directory', async () => {
    const { entries, report } = await unzip(makeZip(FILES, { comment: 'PK\x05\x06 is only a comment' }));
    expect(report.damage).toEqual([]);
    expect(entries.map((entry) => entry.path)).toEqual(PATHS);
    expect(entries.every((entry) => entry.refusal === '' && entry.damage.length === 0)).toBe(true);
    expect(textOf(entries[1])).toBe('deflated '.repeat(100));
    expect(textOf(entries[3])).toBe('large');
    expect(entries.filter(({ at }) => at >= 0).map(({ path }) => path)).toEqual([
      'folder/stored.json',
      'empty.json',
    ]);
  });

  test('every kind of entry, by the local headers when the directory is cut off', async () => {
    const { entries, report } = await unzip(makeZip(FILES, { directory: false }));
    expect(report.damage).toEqual([expect.stringContaining('directory')]);
    expect(entries.map((entry) => entry.path)).toEqual(PATHS);
    expect(entries.flatMap((entry) => entry.damage)).toEqual([]);
    expect(textOf(entries[2])).toBe('streamed '.repeat(100));
  });

  test('a directory that is wrong about how a file is packed', async () => {
    const zip = makeZip(FILES.slice(1, 4));
    const directory = zip.findIndex((_, at) => zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === 1);
    new DataView(zip.buffer, zip.byteOffset).setUint16(directory + 10, 32_199, true);
    const { entries, report } = await unzip(zip);
    expect(entries.map((entry) => [entry.path, entry.refusal]).sort()).toEqual(
      ['folder/stored.json', 'folder/windows.json', 'streamed.json'].map((path) => [path, '']),
    );
    expect(report.damage).toEqual([expect.stringContaining('directory')]);
  });

  test('an archive behind other bytes (a self-extractor)', async () => {
    const file = Buffer.concat([Buffer.from('MZ...'), makeZip(FILES)]);
    const { entries } = await unzip(new Uint8Array(file));
    expect(entries.map((entry) => entry.path)).toEqual(PATHS);
  });

  test('an archive that lost as many bytes as its first file takes', async () => {
    const files = ['one', 'two', 'three'].map((name) => ({
      name: `${name}.json`,
      data: new TextEncoder().encode(`${name} `.repeat(name.length)),
      stored: true,
    }));
    const length = makeZip(files.slice(0, 1), { directory: false }).length;
    const zip = makeZip(files);
    // Where the directory says that the second file is, shifted, stands the first.
    const at = makeZip(files.slice(0, 2), { directory: false }).length;
    const { entries } = await unzip(Uint8Array.from([...zip.slice(0, at), ...zip.slice(at + length)]));
    expect(entries.map(({ path, bytes }) => [path, bytes.length])).toEqual(
      expect.arrayContaining([
        ['one.json', 12],
        ['two.json', 12],
      ]),
    );
  });

  test('a large entry goes the native way', async () => {
    const data = new Uint8Array(randomBytes(2 ** 21));
    const { entries } = await unzip(makeZip([{ name: 'large.bin', data }]));
    expect(Buffer.from(entries[0]!.bytes).equals(data)).toBe(true);
  });

  test.each([
    ['encrypted', { encrypted: true }, /encrypted/],
    ['Deflate64', { method: 9 }, /Deflate64/],
    ['an unknown method', { method: 42 }, /method 42/],
  ])('%s: refused by name', async (_name, oddity, reason) => {
    const { entries } = await unzip(makeZip([{ name: 'a.json', data: text('a'), ...oddity }]));
    expect(entries[0]).toMatchObject({ path: 'a.json', refusal: expect.stringMatching(reason) as string });
  });

  test('a wrong checksum, a wrong size, damaged data: told with the file', async () => {
    const data = text('some text '.repeat(50));
    const wrongCrc = await unzip(makeZip([{ name: 'a', data, crc: 1 }]));
    expect(wrongCrc.entries[0]!.damage).toEqual([expect.stringContaining('CRC-32')]);
    expect(textOf(wrongCrc.entries[0])).toBe('some text '.repeat(50));
    const short = await unzip(makeZip([{ name: 'a', data, inflated: 100 }]));
    expect(short.entries[0]!.damage).toHaveLength(1);
    expect(short.entries[0]!.bytes).toHaveLength(100);
    const long = await unzip(makeZip([{ name: 'a', data, inflated: 400_000_000 }]));
    expect(long.entries[0]!.damage).toHaveLength(1);
    expect(long.entries[0]!.bytes).toHaveLength(500);
  });

  test('entries that share their data are read once', async () => {
    const file = makeZip([
      { name: 'a', data: text('a') },
      { name: 'b', data: text('b') },
    ]);
    // Let the second entry of the directory point to the first one's data.
    const at = file.length - 22 - 47 + 42;
    new DataView(file.buffer).setUint32(at, 0, true);
    const { entries } = await unzip(file);
    expect(entries[0]).toMatchObject({ path: 'a', ...intact });
    expect(entries[1]!.refusal).toContain('twice');
  });

  test('what fflate writes', async () => {
    const { entries, report } = await unzip(
      zipSync({ 'x/a.json': text('aaa'), 'b.json': [text('b'), { level: 0 }] }),
    );
    expect(entries.map((entry) => [entry.path, textOf(entry)])).toEqual([
      ['x/a.json', 'aaa'],
      ['b.json', 'b'],
    ]);
    expect(report.damage).toEqual([]);
  });

  test('no mutation makes it throw or hang', async () => {
    const file = makeZip(FILES);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(file.length),
        async (changes, end) => {
          const mutant = file.slice();
          for (const [at, byte] of changes) mutant[at] = byte;
          const { entries, report } = await unzip(mutant.subarray(0, end));
          // What was not touched is found: cut off at any place, the files before it come out whole.
          if (changes.length === 0 && end > 0 && end < file.length) {
            expect(report.damage).toHaveLength(1);
            for (const entry of entries.slice(0, -1)) expect(entry).toMatchObject(intact);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
