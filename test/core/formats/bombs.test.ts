/** Small files that ask for much: each has to be refused soon, with little memory and the limit named. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { memorySource } from '../../../src/core/bytes/index.ts';
import { readFile, type LogOutcome } from '../../../src/core/formats/index.ts';
import { makeZip } from '../bytes/archives.ts';
import { collect, Collector, jsonOf } from './collect.ts';

const MB = 2 ** 20;
const RECORD = '{"eventVersion":"1.08","eventTime":"2024-01-02T03:04:05Z","eventSource":"a","eventName":"b"}';

/** gzip members of 8 MB each of one pattern: together as large as wanted, made in a moment. */
function bomb(begin: string, pattern: string, megabytes: number, end = ''): Uint8Array {
  const block = gzipSync(Buffer.from(pattern.repeat((8 * MB) / pattern.length)), { level: 1 });
  const parts = [gzipSync(begin), ...Array.from({ length: megabytes / 8 }, () => block), gzipSync(end)];
  return new Uint8Array(Buffer.concat(parts));
}

/** One member, as a browser's own decompressor takes it. */
function singleMemberBomb(pattern: string, megabytes: number, level: number): Uint8Array {
  return new Uint8Array(gzipSync(Buffer.alloc(megabytes * MB, pattern), { level }));
}

async function peakOf<T>(work: () => Promise<T>): Promise<{ result: T; grown: number }> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  const result = await work();
  clearInterval(timer);
  return { result, grown: Math.max(peak, process.memoryUsage().rss) - before };
}

describe('decompression bombs', () => {
  test.each([
    ['NULs', '\0'],
    ['spaces', ' '],
    ['brackets', '['],
    ['braces', '{'],
    ['nested objects', '{"a":'],
    ['quotes', '"'],
    ['a long string', 'x'],
    ['record starts', '[{"eventName":'],
    ['objects without an end', '{"eventName":"'],
    ['commas', ','],
    ['lines', '\n'],
    ['cells', 'eventName,'],
  ])('2 GB of %s', { timeout: 60_000 }, async (_name, pattern) => {
    const file = bomb('', pattern, 2048);
    const { result: logs, grown } = await peakOf(() => collect(file));
    const outcome = logs[0]!.outcome;
    expect(outcome.state).toBe('refused');
    expect(outcome.reason).toMatch(/32 MB|16 MB|not a CloudTrail log/);
    expect(grown).toBeLessThan(400 * MB);
  });

  test('an array that begins well and goes on with 2 GB of nothing', { timeout: 60_000 }, async () => {
    const logs = await collect(bomb(`{"Records":[${RECORD},`, ' ', 2048));
    expect(jsonOf(logs)).toEqual([RECORD]);
    expect(logs[0]!.outcome.state).toBe('partial');
    expect(logs[0]!.outcome.reason).toContain('32 MB');
  });

  test.each([1, 6])('a single member of 256 MB, level %i', { timeout: 60_000 }, async (level) => {
    const file = singleMemberBomb(' ', 256, level);
    const { result: logs, grown } = await peakOf(() => collect(file));
    expect(logs[0]!.outcome).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('32 MB') as string,
    });
    expect(grown).toBeLessThan(400 * MB);
  });

  test('gzip in gzip in gzip', { timeout: 60_000 }, async () => {
    const inner = gzipSync(bomb('', ' ', 4096));
    const logs = await collect(new Uint8Array(gzipSync(inner)));
    expect(logs[0]!.outcome.state).toBe('refused');
  });

  test('an archive of many large empty files', { timeout: 60_000 }, async () => {
    const data = new Uint8Array(64 * MB).fill(0x78);
    const shared = { data, packed: new Uint8Array(deflateRawSync(data)), crc: crc32(data) };
    const file = makeZip(Array.from({ length: 8 }, (_, at) => ({ ...shared, name: `${at}.json` })));
    const outcomes: LogOutcome[] = [];
    const { grown } = await peakOf(() =>
      readFile(memorySource(file), 'many.zip', {
        begin: () => new Collector(),
        end: (_entry, outcome) => Promise.resolve(void outcomes.push(outcome)),
        progress: () => undefined,
        cancelled: () => false,
      }),
    );
    expect(outcomes.at(-1)!.reason).toContain('decompression bomb');
    expect(outcomes.length).toBeLessThan(9);
    expect(grown).toBeLessThan(600 * MB);
  });
});
