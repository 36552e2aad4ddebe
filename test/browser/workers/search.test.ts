import { afterEach, describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../src/core/query/index.ts';
import { SourceArchive } from '../../../workers/case/archive.ts';
import type { AskedRecords } from '../../../workers/case/search/asked.ts';
import { searchRecords, type SearchVisitor } from '../../../workers/case/search/search.ts';
import { startHelper } from '../../../src/ingest/index.ts';
import { Searchers } from '../../../workers/case/search/searchers.ts';
import type { Sought } from '../../../workers/contract.ts';
import { GIVE, LOOK } from '../../../workers/search/how.ts';
import SearchWorker from '../../../workers/search.ts?worker&inline';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const workers: Worker[] = [];
const spawn = (): Worker => {
  const worker = new SearchWorker();
  workers.push(worker);
  return worker;
};

/** @param start of a worker, as the page has it */
const threads = (start: () => Worker): Searchers => {
  const searchers = new Searchers();
  searchers.use((life) => startHelper(start(), life));
  return searchers;
};

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

/** A log of so many records, numbered from `first` on: hardly compressible, so that there is much to look through. */
function logOf(first: number, count: number): { text: string; spans: { offset: number; length: number }[] } {
  const spans: { offset: number; length: number }[] = [];
  const parts = ['{"Records":['];
  let offset = parts[0]!.length;
  for (let n = first; n < first + count; n++) {
    const filling = Array.from(crypto.getRandomValues(new Uint8Array(300)), (byte) => byte.toString(16)).join(
      '',
    );
    const record = JSON.stringify({ number: `n${n}`, filling });
    spans.push({ offset, length: record.length });
    parts.push(record, ',');
    offset += record.length + 1;
  }
  parts[parts.length - 1] = ']}';
  return { text: parts.join(''), spans };
}

const zipped = (text: string): Promise<Blob> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

/** A case of three large files (one compressed), 60 small ones in one array, 60 in one Blob, and one whose bytes are lost. */
async function anyCase(): Promise<{ archive: SourceArchive; records: AskedRecords; lost: number }> {
  const archive = new SourceArchive('case', () => null);
  const spans: { source: number; offset: number; length: number }[] = [];
  let source = 0;
  let number = 0;
  const add = (count: number): string => {
    const log = logOf(number, count);
    number += count;
    spans.push(...log.spans.map((span) => ({ source, ...span })));
    archive.setFormat(source, 'cloudtrail');
    return log.text;
  };
  for (const packed of [true, false, false]) {
    const text = add(9_000);
    const bytes = packed ? await zipped(text) : new Blob([text]);
    archive.hold(source++, { bytes, offset: 0, length: bytes.size });
  }
  for (const isBlob of [false, true]) {
    const texts: string[] = [];
    const places: { id: number; offset: number; length: number }[] = [];
    let offset = 0;
    for (let i = 0; i < 60; i++) {
      const text = add(20);
      places.push({ id: source++, offset, length: text.length });
      texts.push(text);
      offset += text.length;
    }
    const bytes = isBlob ? new Blob(texts) : encoder.encode(texts.join(''));
    for (const { id, ...place } of places) archive.hold(id, { bytes, ...place });
  }
  const lost = source;
  add(100);
  return {
    archive,
    lost,
    records: {
      count: spans.length,
      row: Uint32Array.from(spans.keys()),
      source: Uint32Array.from(spans, (span) => span.source),
      offset: Float64Array.from(spans, (span) => span.offset),
      length: Uint32Array.from(spans, (span) => span.length),
      firstItem: Uint32Array.from([...spans.keys(), spans.length]),
      items: Uint32Array.from(spans.keys()),
    },
  };
}

/** Records in which stands what is looked for, one of which the query does not match; and one that is looked into though nothing does. */
const HELD = [5, 8_999, 9_000, 20_001, 27_003, 27_777, 28_250, 29_399];
const OTHER = 9_000;
const WANTED = 12_345;

interface Told {
  found: Map<number, string>;
  passed: Set<number>;
  visitor: SearchVisitor;
}

function listener(onFound: () => void = () => undefined): Told {
  const found = new Map<number, string>();
  const passed = new Set<number>();
  const take = (record: number, what: string): void => {
    expect(found.has(record) || passed.has(record)).toBe(false);
    found.set(record, what);
    onFound();
  };
  return {
    found,
    passed,
    visitor: {
      conditions: 2,
      describe: (record, known, at) => {
        known.fill(UNKNOWN, at, at + 2);
        return (record === WANTED ? LOOK : 0) | (record % 2 === 1 ? GIVE : 0);
      },
      judged: (record, matches) => {
        expect(record % 2).toBe(0);
        take(record, matches ? 'matches' : 'differs');
      },
      given: (record, json) => {
        take(record, (JSON.parse(decoder.decode(json)) as { number: string }).number);
      },
      passed: (record) => passed.add(record),
      goOn: () => true,
    },
  };
}

const sought: Sought = {
  needles: [
    { pieces: HELD.map((n) => `"n${n}"`), numbers: false, also: ['number'] },
    { pieces: ['"n1"'], numbers: false, also: ['no such key'] },
  ],
  places: [],
  query: `number:n* AND NOT number:n${OTHER}`,
  now: 0,
  hidden: [],
};

function expectAll({ found, passed }: Told, archive: SourceArchive, lost: number): void {
  expect([...found.keys()].sort((a, b) => a - b)).toEqual([...HELD, WANTED].sort((a, b) => a - b));
  for (const [n, what] of found) {
    // Any may be given back; those that must be, are.
    if (what !== `n${n}`) expect([n % 2, what]).toEqual([0, n === OTHER ? 'differs' : 'matches']);
  }
  expect(passed.size).toBe(29_400 - HELD.length - 1);
  expect(
    archive.unreadable([
      { id: lost, kept: 100 },
      { id: 0, kept: 1 },
    ]),
  ).toBe(1);
}

describe('a search through the records of a case', () => {
  it.each([
    ['on several threads', threads(spawn)],
    ['on one', new Searchers()],
  ])('finds what is looked for, wherever it is kept, %s', async (_, searchers) => {
    const { archive, records, lost } = await anyCase();
    const told = listener();
    await searchRecords(records, sought, archive, searchers, told.visitor);
    expectAll(told, archive, lost);
    // The threads are kept.
    const started = workers.length;
    const again = listener();
    await searchRecords(records, sought, archive, searchers, again.visitor);
    expectAll(again, archive, lost);
    expect(workers.length).toBe(started);
  });

  it('goes on when threads end in the middle of it, and takes others the next time', async () => {
    const searchers = threads(spawn);
    const { archive, records, lost } = await anyCase();
    const told = listener(() => workers.forEach((worker) => worker.terminate()));
    await searchRecords(records, sought, archive, searchers, told.visitor);
    expectAll(told, archive, lost);
    const ended = workers.length;
    expect(ended).toBeGreaterThan(0);
    const again = listener();
    await searchRecords(records, sought, archive, searchers, again.visitor);
    expectAll(again, archive, lost);
    expect(workers.length).toBeGreaterThan(ended);
  });

  it('starts another thread for one that has failed, and one only', async () => {
    const searchers = threads(spawn);
    const { archive, records, lost } = await anyCase();
    await searchRecords(records, sought, archive, searchers, listener().visitor);
    const started = workers.length;
    for (const worker of workers) worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    for (let time = 0; time < 2; time++) {
      // The second time it is known of the first ones in another way, too, that they have ended.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const told = listener();
      await searchRecords(records, sought, archive, searchers, told.visitor);
      expectAll(told, archive, lost);
      expect(workers.length).toBe(2 * started);
    }
  });

  it('goes on where threads cannot be had', async () => {
    const { archive, records, lost } = await anyCase();
    const told = listener();
    const none = threads(() => {
      throw new Error('No more workers.');
    });
    await searchRecords(records, sought, archive, none, told.visitor);
    expectAll(told, archive, lost);
  });

  it.each([
    ['some', (place: number) => place === 0],
    ['all', () => false],
  ])('goes on when %s of its threads do not even start', async (_, isSound) => {
    const { archive, records, lost } = await anyCase();
    const told = listener();
    const broken = URL.createObjectURL(new Blob(['throw new Error("Out of memory.");']));
    let asked = 0;
    const searchers = threads(() => (isSound(asked++) ? spawn() : new Worker(broken)));
    await searchRecords(records, sought, archive, searchers, told.visitor);
    expectAll(told, archive, lost);
    expect(asked).toBeGreaterThan(1);
    URL.revokeObjectURL(broken);
  });

  it('ends when told so', async () => {
    const { archive, records } = await anyCase();
    const told = listener();
    await searchRecords(records, sought, archive, threads(spawn), {
      ...told.visitor,
      goOn: () => told.passed.size === 0,
    });
    expect(told.passed.size).toBeGreaterThan(0);
    expect(told.passed.size + told.found.size).toBeLessThan(records.count / 2);
  });

  it('reads no further than it is wanted, though the record may lie far on', async () => {
    const log = logOf(0, 60_000);
    const bytes = await zipped(log.text);
    const archive = new SourceArchive('case', () => null);
    archive.hold(0, { bytes, offset: 0, length: bytes.size });
    archive.setFormat(0, 'cloudtrail');
    const last = log.spans.at(-1)!;
    const records: AskedRecords = {
      count: 1,
      row: Uint32Array.of(0),
      source: Uint32Array.of(0),
      offset: Float64Array.of(last.offset),
      length: Uint32Array.of(last.length),
      firstItem: Uint32Array.of(0, 1),
      items: Uint32Array.of(0),
    };
    // A slow disk: the whole file takes longer than it is waited for without asking.
    let read = 0;
    const { slice } = bytes;
    bytes.slice = (from = 0, to = bytes.size): Blob => {
      const part = slice.call(bytes, from, to);
      part.arrayBuffer = async () => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        read += part.size;
        return new Response(part).arrayBuffer();
      };
      return part;
    };
    const whole = listener();
    const searchers = new Searchers();
    const nothing = { ...sought, needles: [] };
    await searchRecords(records, nothing, archive, searchers, {
      ...whole.visitor,
      describe: () => LOOK | GIVE,
    });
    expect([...whole.found.values()]).toEqual(['n59999']);
    const all = read;
    expect(all).toBeGreaterThan(2 * (8 << 20));
    read = 0;
    const given = listener();
    const visitor = { ...given.visitor, goOn: () => false, describe: () => LOOK | GIVE };
    await searchRecords(records, nothing, archive, searchers, visitor);
    expect(given.found.size + given.passed.size).toBe(0);
    expect(read).toBeLessThan(all);
    expect(archive.unreadable([{ id: 0, kept: 1 }])).toBe(0);
  }, 60_000);
});
