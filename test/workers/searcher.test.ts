import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNKNOWN, type Needles } from '../../src/core/query/index.ts';
import type { FoundPart, Sought, SoughtPart, SoughtText } from '../../workers/contract.ts';
import { DIFFERS, GIVE, GIVEN, LOOK, MATCHES, PASSED } from '../../workers/search/how.ts';
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

/** Parts of so many records, of some logs one after another; nothing is known of any condition. */
function partsOf(
  logs: readonly Log[],
  size: number,
  howOf: (text: string) => number,
  conditions = 1,
): SoughtPart[] {
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
      how: Uint8Array.from(records, ({ text }) => howOf(text)),
      known: new Uint8Array(conditions * records.length).fill(UNKNOWN),
    });
  }
  return parts;
}

/** What became of the records of a part, by their texts: those given back have theirs with them. */
function cameOf(part: FoundPart, texts: readonly string[]): [verdict: number, text: string][] {
  let given = 0;
  return Array.from(part.verdicts, (verdict, record) => {
    if (verdict !== GIVEN) return [verdict, texts[record]!];
    const json = part.json.subarray(part.ends[given - 1] ?? 0, part.ends[given]);
    given++;
    return [verdict, decoder.decode(json)];
  });
}

const soughtOf = (query: string, ...needles: Needles[]): Sought => ({
  needles,
  places: [],
  query,
  now: 0,
  hidden: [],
});

const anyRecord = fc
  .tuple(fc.constantFrom('alpha', 'BETA', 'gamma', 'delta'), fc.nat(300))
  .map(([name, filling]) => JSON.stringify({ name, filling: 'x'.repeat(filling) }));
const anyLog = fc
  .tuple(fc.array(anyRecord, { minLength: 1, maxLength: 40 }), fc.boolean())
  .map(([records, packed]) => logOf(records, packed));

describe('Searcher', () => {
  test('looks into the records with a piece, and those that it is told to, whatever they are in and however they are parted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLog, { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        async (logs, size) => {
          const searcher = new Searcher(
            soughtOf(
              'name:(BETA OR delta) AND NOT filling:xxx*',
              { pieces: ['beta'], numbers: false, also: [] },
              { pieces: ['gamm', 'nothing'], numbers: false, also: ['name'] },
              { pieces: ['alpha'], numbers: true, also: ['surname'] },
            ),
          );
          const howOf = (text: string): number =>
            (text.includes('delta') ? LOOK : 0) | (text.includes('xxxxx') ? GIVE : 0);
          const verdictOf = (text: string): number => {
            if (text.includes('alpha')) return PASSED;
            if (text.includes('xxxxx')) return GIVEN;
            return text.includes('gamma') || text.includes('xxx') ? DIFFERS : MATCHES;
          };
          const texts = logs.flatMap(({ records }) => records);
          const came: [number, string][] = [];
          const parts = partsOf(logs, size, howOf, 3);
          for (const answer of await Promise.all(parts.map((part) => searcher.look(part)))) {
            expect(answer.unread).toEqual([]);
            came.push(...cameOf(answer, texts.slice(came.length)));
          }
          await searcher.end();
          expect(came).toEqual(texts.map((text) => [verdictOf(text), text]));
        },
      ),
    );
  });

  test('forgets what it found in a file whose bytes break off', async () => {
    const [whole, broken, last] = ['BETA', 'gamma', 'BETA'].map((name, i) =>
      logOf([JSON.stringify({ name, i }), JSON.stringify({ name: 'BETA', i })], false),
    );
    broken!.bytes = broken!.bytes.subarray(0, broken!.bytes.length - 9);
    const logs = [whole!, broken!, last!];
    const texts = logs.flatMap(({ records }) => records);
    const [part] = partsOf(logs, 10, (text) => LOOK | (text.includes('1') ? GIVE : 0));
    const searcher = new Searcher(soughtOf('name:BETA'));
    const answer = await searcher.look(part!);
    await searcher.end();
    expect(answer.unread).toEqual([{ first: 2, end: 4 }]);
    expect(cameOf(answer, texts).map(([verdict]) => verdict)).toEqual([
      MATCHES,
      MATCHES,
      PASSED,
      PASSED,
      MATCHES,
      MATCHES,
    ]);
    expect(answer.json).toHaveLength(0);
  });

  test('finds what a NUL byte stands in the middle of', async () => {
    const [part] = partsOf(
      [logOf(['{"name":"be\0ta"}', '{"na\0me":"gamma"}', '{"name":"alpha"}\0'], false)],
      10,
      () => GIVE,
    );
    const searcher = new Searcher(
      soughtOf('beta', { pieces: ['beta', 'gamma'], numbers: false, also: ['name'] }),
    );
    expect(cameOf(await searcher.look(part!), [])).toEqual([
      [GIVEN, '{"name":"beta"}'],
      [GIVEN, '{"name":"gamma"}'],
      [GIVEN, '{"name":"alpha"}'],
    ]);
    await searcher.end();
  });

  test('that has ended looks through no more', async () => {
    const [part] = partsOf([logOf(['{"name":"beta"}'], true)], 10, () => LOOK);
    const searcher = new Searcher(soughtOf('beta'));
    const looking = searcher.look(part!);
    await searcher.end();
    expect(Array.from((await looking).verdicts)).toEqual([PASSED]);
  });
});
