import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArchiveEntry } from '../../../src/core/bytes/entry.ts';
import {
  ByteStream,
  memorySource,
  readTar,
  readThrough,
  type ByteReport,
} from '../../../src/core/bytes/index.ts';
import { makeTar } from './archives.ts';

async function untar(file: Uint8Array): Promise<{ entries: ArchiveEntry[]; report: ByteReport }> {
  const report: ByteReport = { damage: [], notes: [] };
  const entries: ArchiveEntry[] = [];
  for await (const entry of readTar(new ByteStream(readThrough(memorySource(file))), report))
    entries.push(entry);
  for (const { at, bytes } of entries) expect(file.subarray(at, at + bytes.length)).toEqual(bytes);
  return { entries, report };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const contents = (entries: readonly ArchiveEntry[]): string[][] =>
  entries.map((entry) => [entry.path, new TextDecoder().decode(entry.bytes)]);

const LONG = `AWSLogs/${'o-1234567890/'.repeat(12)}ü.json.gz`;

describe('readTar', () => {
  test('plain, prefixed and long names; folders and links are passed over', async () => {
    const { entries, report } = await untar(
      makeTar([
        { name: './a.json', data: text('a') },
        { name: 'folder/', data: text(''), type: '5' },
        { name: 'b.json', prefix: 'some/prefix', data: text('b'.repeat(512)) },
        { name: 'link', data: text(''), type: '2' },
        { name: LONG, longName: 'pax', data: text('c') },
        { name: `${LONG}2`, longName: 'gnu', data: text('d'.repeat(1000)) },
        { name: 'e.json', data: text('') },
      ]),
    );
    expect(contents(entries)).toEqual([
      ['a.json', 'a'],
      ['some/prefix/b.json', 'b'.repeat(512)],
      [LONG, 'c'],
      [`${LONG}2`, 'd'.repeat(1000)],
      ['e.json', ''],
    ]);
    expect(report).toEqual({ damage: [], notes: [] });
  });

  test('several archives put after one another', async () => {
    const one = makeTar([{ name: 'a', data: text('a') }]);
    const two = makeTar([{ name: 'b', data: text('b') }]);
    const { entries, report } = await untar(new Uint8Array(Buffer.concat([one, two])));
    expect(contents(entries)).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(report.damage).toEqual([]);
  });

  test('a damaged header: told, and reading resumes at the next', async () => {
    const file = makeTar([
      { name: 'a', data: text('a') },
      { name: 'b', data: text('b') },
      { name: 'c', data: text('c') },
    ]);
    file[1024 + 150] = 0x39;
    const { entries, report } = await untar(file);
    expect(contents(entries)).toEqual([
      ['a', 'a'],
      ['c', 'c'],
    ]);
    expect(report.damage).toEqual([expect.stringContaining('byte 1,024')]);
  });

  test('cut off within a file: what there is of it', async () => {
    const { entries, report } = await untar(
      makeTar([{ name: 'a', data: text('a'.repeat(2000)) }]).subarray(0, 1500),
    );
    expect(entries[0]!.bytes).toHaveLength(988);
    expect(entries[0]!.damage).toEqual([expect.stringContaining('cut off')]);
    expect(report.damage).toEqual([expect.stringContaining('cut off')]);
  });

  test('a sparse file is refused by name', async () => {
    const { entries } = await untar(makeTar([{ name: 'a', data: text('a'), type: 'S' }]));
    expect(entries[0]!.refusal).toContain('sparse');
  });

  test('no mutation makes it throw or hang', async () => {
    const file = makeTar([
      { name: LONG, longName: 'pax', data: text('a'.repeat(600)) },
      { name: `${LONG}b`, longName: 'gnu', data: text('b') },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(file.length),
        async (changes, end) => {
          const mutant = file.slice();
          for (const [at, byte] of changes) mutant[at] = byte;
          await untar(mutant.subarray(0, end));
        },
      ),
      { numRuns: 200 },
    );
  });
});
