/** Damaged and hostile variants of every sample: nothing may throw, hang, or end without saying what happened. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTar, makeZip } from '../bytes/archives.ts';
import { bytesOf, collect, filesBelow } from './collect.ts';
import { event } from './events.ts';

const SAMPLES = '../shared/data/format-samples';
const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const LOG = text({ Records: [event(0), event(1, { a: ['"', 1.5] }), event(2)] });

/** Own files, so that there is something to mutate without the samples. */
const FILES: [string, Uint8Array][] = [
  ['log.json', LOG],
  ['log.json.gz', new Uint8Array(gzipSync(LOG))],
  [
    'logs.zip',
    makeZip([
      { name: 'a.json', data: LOG },
      { name: 'b.json', data: LOG, streamed: true },
    ]),
  ],
  [
    'logs.tar',
    makeTar([
      { name: 'a.json', data: LOG },
      { name: 'b.json', data: LOG, longName: 'pax' },
    ]),
  ],
  ['logs.tgz', new Uint8Array(gzipSync(makeTar([{ name: 'a.json', data: LOG }])))],
  ...(existsSync(SAMPLES)
    ? filesBelow(SAMPLES).map((path): [string, Uint8Array] => [basename(path), bytesOf(path)])
    : []),
];

const mutation = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.nat(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 40 }) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(), length: fc.nat(600) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), length: fc.nat(600) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(file: Uint8Array, change: Mutation): Uint8Array {
  if (file.length === 0) return file;
  const at = change.at % file.length;
  const head = file.subarray(0, at);
  const tail = file.subarray(at);
  const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
  switch (change.kind) {
    case 'set':
      return join(head, change.bytes, tail.subarray(change.bytes.length));
    case 'insert':
      return join(head, change.bytes, tail);
    case 'remove':
      return join(head, tail.subarray(change.length));
    case 'cut':
      return head;
    case 'repeat':
      return join(head, tail.subarray(0, change.length), tail);
  }
}

describe.each(FILES)('%s', (name, file) => {
  test('any damage comes to an outcome, the same whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3000 }),
        async (changes, chunkSize) => {
          const mutant = changes.reduce(mutate, file);
          const logs = await collect(mutant, name, { chunkSize });
          for (const { outcome, records } of logs) {
            if (outcome.state === 'analysed') expect(outcome.reason).toBe('');
            else expect(outcome.reason).toMatch(/\w.*[.]$/s);
            if (outcome.state === 'refused') expect(records).toEqual([]);
            if (records.length > 0) expect(outcome.formatId).not.toBe('');
          }
          expect(await collect(mutant, name)).toEqual(logs);
        },
      ),
      { numRuns: Number(process.env['TRAILSIFT_MUTATIONS'] ?? 12) },
    );
  });
});
