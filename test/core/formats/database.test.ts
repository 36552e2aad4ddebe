/** Geo databases among what is given: found by content, however packed, and no logs. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { readFile } from '../../../src/core/formats/index.ts';
import { GeoError } from '../../../src/core/geo/index.ts';
import { makeTar, makeZip } from '../bytes/archives.ts';
import { writeMmdb } from '../geo/mmdb-writer.ts';
import { collect, CollectingVisitor, type CollectedLog } from './collect.ts';

const DATABASE = writeMmdb([['8.0.0.0/8', { country: { iso_code: 'US' } }]]);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const gz = (data: Uint8Array): Uint8Array => new Uint8Array(gzipSync(data));

/** Takes databases as well. */
class Taking extends CollectingVisitor {
  readonly found: { path: string; bytes: Uint8Array }[] = [];
  refusal = '';

  database({ path }: { path: string }, bytes: Uint8Array): Promise<string> {
    if (this.refusal !== '') return Promise.reject(new GeoError(this.refusal));
    this.found.push({ path, bytes: bytes.slice() });
    return Promise.resolve('Taken.');
  }
}

async function take(input: Uint8Array, path: string, refusal = ''): Promise<Taking> {
  const visitor = new Taking();
  visitor.refusal = refusal;
  await readFile(memorySource(input), path, visitor);
  return visitor;
}

const summary = ({ entry, outcome }: CollectedLog): unknown[] => [entry.path, outcome.state, outcome.format];

describe('a geo database', () => {
  test.each([
    ['as it is', DATABASE, 'countries.mmdb', 'countries.mmdb'],
    ['under any name', DATABASE, 'download', 'download'],
    ['gzipped, as DB-IP has them', gz(DATABASE), 'dbip-country-lite.mmdb.gz', 'dbip-country-lite.mmdb.gz'],
    ['in a zip archive', makeZip([{ name: 'a/x.mmdb', data: DATABASE }]), 'x.zip', 'x.zip/a/x.mmdb'],
  ])('is taken %s, and accounted for', async (_, bytes, path, found) => {
    const visitor = await take(bytes, path);
    expect(visitor.found).toEqual([{ path: found, bytes: DATABASE }]);
    expect(visitor.logs.map(summary)).toEqual([[found, 'analysed', 'geo database']]);
    expect(visitor.logs[0]!.outcome.notes).toEqual(['Taken.']);
  });

  test('is taken out of the archive that MaxMind packs, and the texts beside it are no trouble', async () => {
    const folder = 'GeoLite2-City_20260102';
    const archive = gz(
      makeTar([
        { name: `${folder}/COPYRIGHT.txt`, data: text('Database and Contents Copyright') },
        { name: `${folder}/LICENSE.txt`, data: text('Use of this MaxMind product') },
        { name: `${folder}/README.txt`, data: text('Latitude and longitude are not precise') },
        { name: `${folder}/GeoLite2-City.mmdb`, data: DATABASE },
      ]),
    );
    const visitor = await take(archive, `${folder}.tar.gz`);
    expect(visitor.found.map(({ path }) => path)).toEqual([`${folder}.tar.gz/${folder}/GeoLite2-City.mmdb`]);
    expect(visitor.logs.map((log) => log.outcome.state)).toEqual(['analysed']);
  });

  test('that cannot be used is refused with the sentence that says why', async () => {
    const visitor = await take(DATABASE, 'x.mmdb', 'It is damaged.');
    expect(visitor.logs.map((log) => [log.outcome.state, log.outcome.reason])).toEqual([
      ['refused', 'It is damaged.'],
    ]);
  });

  test('that has lost its end is known by its name, and any other is not', async () => {
    const cut = DATABASE.subarray(0, DATABASE.length - 200);
    expect((await take(cut, 'x.mmdb')).found).toHaveLength(1);
    const visitor = await take(cut, 'x.bin');
    expect(visitor.found).toEqual([]);
    expect(visitor.logs[0]!.outcome).toMatchObject({ state: 'refused' });
  });

  test('is refused where nobody takes databases', async () => {
    const [log] = await collect(DATABASE, 'x.mmdb');
    expect(log!.outcome).toMatchObject({ state: 'refused', reason: expect.stringContaining('geo database') });
  });

  test('is not what a log is taken for, whatever its name', async () => {
    const visitor = await take(text('{"Records":[]}'), 'x.mmdb');
    expect(visitor.found).toEqual([]);
    expect(visitor.logs[0]!.outcome.state).toBe('analysed');
  });
});
