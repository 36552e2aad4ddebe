import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundPart, SoughtPart, SoughtText } from '../../workers/contract.ts';
import { Searcher } from '../../workers/search/searcher.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A log as it is kept, and its records as their texts. */
interface Log {
  records: string[];
  bytes: Uint8Array;
  spans: { offset: number; length: number }[];
  formatId: string;
}

function logOf(records: string[], packed: boolean): Log {
  const spans: Log['spans'] = [];
  let text = '{"Records":[';
  for (const record of records) {
    spans.push({ offset: encoder.encode(text).length, length: encoder.encode(record).length });
    text += `${record},`;
  }
  const bytes = encoder.encode(`${text.slice(0, -1)}]}`);
  return { records, spans, bytes: packed ? new Uint8Array(gzipSync(bytes)) : bytes, formatId: 'cloudtrail' };
}

/** Parts of so many records, of some logs one after another. */
function partsOf(logs: readonly Log[], size: number, wanted: (text: string) => boolean): SoughtPart[] {
  const all = logs.flatMap((log) => log.spans.map((span, i) => ({ log, span, text: log.records[i]! })));
  const parts: SoughtPart[] = [];
  for (let first = 0; first < all.length; first += size) {
    const records = all.slice(first, first + size);
    const texts: SoughtText[] = [];
    const packs = new Map<number, Uint8Array>();
    records.forEach(({ log }, i) => {
      const before = all[first + i - 1]?.log;
      if (i > 0 && before === log) texts.at(-1)!.records++;
      else {
        const pack = logs.indexOf(log);
        if (before !== log) packs.set(pack, log.bytes);
        const { bytes, formatId } = log;
        const goesOn = before === log;
        texts.push({ pack, offset: 0, length: bytes.length, goesOn, formatId, records: 1 });
      }
    });
    parts.push({
      packs: Array.from(packs, ([number, bytes]) => ({ number, bytes })),
      texts,
      offsets: Float64Array.from(records, ({ span }) => span.offset),
      lengths: Uint32Array.from(records, ({ span }) => span.length),
      wanted: Uint8Array.from(records, ({ text }) => Number(wanted(text))),
    });
  }
  return parts;
}

function textsOf({ records, json, ends }: FoundPart): string[] {
  return Array.from(records, (_, i) => decoder.decode(json.subarray(ends[i - 1] ?? 0, ends[i])));
}

const anyRecord = fc
  .tuple(fc.constantFrom('alpha', 'BETA', 'gamma', 'delta'), fc.nat(300))
  .map(([name, filling]) => JSON.stringify({ name, filling: 'x'.repeat(filling) }));
const anyLog = fc
  .tuple(fc.array(anyRecord, { minLength: 1, maxLength: 40 }), fc.boolean())
  .map(([records, packed]) => logOf(records, packed));

describe('Searcher', () => {
  test('finds the records with a piece, and those that are wanted, whatever they are in and however they are parted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLog, { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        async (logs, size) => {
          const searcher = new Searcher([
            { pieces: ['beta'], numbers: false, key: null },
            { pieces: ['gamm', 'nothing'], numbers: false, key: 'name' },
            { pieces: ['alpha'], numbers: true, key: 'surname' },
          ]);
          const found: string[] = [];
          const parts = partsOf(logs, size, (text) => text.includes('delta'));
          for (const answer of await Promise.all(parts.map((part) => searcher.look(part)))) {
            expect(answer.unread).toEqual([]);
            found.push(...textsOf(answer));
          }
          await searcher.end();
          expect(found).toEqual(
            logs.flatMap(({ records }) => records.filter((text) => !text.includes('alpha'))),
          );
        },
      ),
    );
  });

  test('finds what a NUL byte stands in the middle of', async () => {
    const [part] = partsOf(
      [logOf(['{"name":"be\0ta"}', '{"na\0me":"gamma"}', '{"name":"alpha"}\0'], false)],
      10,
      () => false,
    );
    const searcher = new Searcher([{ pieces: ['beta', 'gamma'], numbers: false, key: 'name' }]);
    expect(textsOf(await searcher.look(part!))).toEqual([
      '{"name":"beta"}',
      '{"name":"gamma"}',
      '{"name":"alpha"}',
    ]);
    await searcher.end();
  });

  test('that has ended looks through no more', async () => {
    const [part] = partsOf([logOf(['{"name":"beta"}'], true)], 10, () => true);
    const searcher = new Searcher([]);
    const looking = searcher.look(part!);
    await searcher.end();
    expect((await looking).records).toHaveLength(0);
  });
});
