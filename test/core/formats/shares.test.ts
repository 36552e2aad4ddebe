/** An archive that several read, each a part of it: together they read what one reads. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTar, makeZip } from '../bytes/archives.ts';
import { collect } from './collect.ts';
import { event } from './events.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** More than one group of neighbours (share.ts), and some files that are no logs. */
const files = Array.from({ length: 150 }, (_, i) => ({
  name: `logs/${i}.json`,
  data: i % 20 === 7 ? encode('no log') : encode(JSON.stringify({ Records: [event(i), event(1000 + i)] })),
  stored: i % 3 > 0,
}));

/** What is told of each file, in the order of their paths. */
async function told(bytes: Uint8Array, name: string, of: number): Promise<string[]> {
  const all: string[] = [];
  for (let part = 0; part < of; part++) {
    for (const { entry, outcome, records } of await collect(bytes, name, { share: { part, of } })) {
      all.push(JSON.stringify([entry.path, entry.at, outcome, records]));
    }
  }
  return all.sort();
}

describe.each([
  ['a zip', makeZip(files), 'logs.zip'],
  ['a tar', makeTar(files), 'logs.tar'],
  ['a zip without a directory', makeZip(files, { directory: false }), 'logs.zip'],
  ['a zip in a gzip file', new Uint8Array(gzipSync(makeZip(files))), 'logs.zip.gz'],
  ['a tar in a gzip file', new Uint8Array(gzipSync(makeTar(files))), 'logs.tar.gz'],
  ['a zip in a zip', makeZip([{ name: 'inner.zip', data: makeZip(files), stored: true }]), 'outer.zip'],
  ['a log', encode(JSON.stringify({ Records: [event(1)] })), 'log.zip'],
  ['no log', encode('something else'), 'log.zip'],
  ['nothing', new Uint8Array(0), 'log.tar'],
  ['an archive of nothing', makeZip([]), 'logs.zip'],
])('%s', (_, bytes, name) => {
  test.each([2, 3, 4])('read by %d', async (of) => {
    expect(await told(bytes, name, of)).toEqual(await told(bytes, name, 1));
  });
});

test('each reads a part', async () => {
  for (const archive of [makeZip(files), makeTar(files)]) {
    const counts = [];
    for (let part = 0; part < 3; part++)
      counts.push((await collect(archive, 'logs.zip', { share: { part, of: 3 } })).length);
    expect(Math.min(...counts)).toBeGreaterThan(30);
  }
});

test('damage anywhere costs no more records than when one reads it', async () => {
  const wound = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255));
  const kind = fc.constantFrom<[Uint8Array, string][]>(
    [makeZip(files), 'logs.zip'],
    [makeTar(files), 'logs.tar'],
  );
  const jsons = async (bytes: Uint8Array, name: string, of: number): Promise<Set<string>> => {
    const found = new Set<string>();
    for (let part = 0; part < of; part++)
      for (const { records } of await collect(bytes, name, { share: { part, of } }))
        for (const { json } of records) found.add(json);
    return found;
  };
  await fc.assert(
    fc.asyncProperty(kind, fc.array(wound, { minLength: 1, maxLength: 6 }), async ([bytes, name], wounds) => {
      const damaged = bytes.slice();
      for (const [where, byte] of wounds) damaged[Math.max(600, Math.floor(where * bytes.length))] = byte;
      const found = await jsons(damaged, name, 3);
      const lost = [...(await jsons(damaged, name, 1))].filter((json) => !found.has(json));
      expect(lost).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
