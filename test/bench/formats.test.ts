/**
 * How fast records are found, with a sink that only matches braces. Set TRAILSIFT_BENCH_LOG to the path of a large
 * gzipped CloudTrail log to measure on that instead of the one made here.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { memorySource } from '../../src/core/bytes/index.ts';
import {
  BROKEN,
  INCOMPLETE,
  readFile,
  type LogVisitor,
  type RecordSink,
} from '../../src/core/formats/index.ts';

class BraceSink implements RecordSink {
  records = 0;

  record(bytes: Uint8Array, start: number, end: number): number {
    let depth = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === 0x22) {
        for (at++; at < end && bytes[at] !== 0x22; at++) if (bytes[at] === 0x5c) at++;
      } else if (byte === 0x7b) {
        depth++;
      } else if (byte === 0x7d && --depth === 0) {
        this.records++;
        return at + 1;
      }
    }
    return depth === 0 ? BROKEN : INCOMPLETE;
  }

  wrapped(): boolean {
    this.records++;
    return true;
  }

  drain(): Promise<void> {
    return Promise.resolve();
  }
}

/** CPU time of this process, which other processes do not lengthen. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function measure(name: string, file: Uint8Array, textBytes: number): Promise<number> {
  const sink = new BraceSink();
  const visitor: LogVisitor = {
    begin: () => sink,
    end: () => Promise.resolve(),
    progress: () => undefined,
    cancelled: () => false,
  };
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    sink.records = 0;
    const began = cpuMilliseconds();
    await readFile(memorySource(file), 'bench.json.gz', visitor);
    best = Math.min(best, cpuMilliseconds() - began);
  }
  const megabytes = textBytes / 1e6;
  console.log(
    `${name}: ${megabytes.toFixed(0)} MB of text, ${sink.records} records in ${best.toFixed(0)} ms of CPU: ` +
      `${((megabytes / best) * 1000).toFixed(0)} MB/s, ${((sink.records / best) * 1000).toFixed(0)} records/s`,
  );
  return sink.records;
}

function makeLog(records: number): Uint8Array {
  const record = (index: number): string =>
    JSON.stringify({
      eventVersion: '1.08',
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::123456789012:assumed-role/app/i-${index}` },
      eventTime: '2024-01-02T03:04:05Z',
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      awsRegion: 'eu-west-1',
      requestParameters: { tags: ['x'.repeat(600)], note: 'a "quoted" \\ text' },
      eventID: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    });
  return new TextEncoder().encode(
    `{"Records":[${Array.from({ length: records }, (_, index) => record(index)).join(',')}]}`,
  );
}

test('the splitter on one large log', async () => {
  const given = process.env['TRAILSIFT_BENCH_LOG'];
  const text = given === undefined ? makeLog(200_000) : new Uint8Array(gunzipSync(readFileSync(given)));
  const packed = given === undefined ? new Uint8Array(gzipSync(text)) : new Uint8Array(readFileSync(given));
  const records = await measure('plain text', text, text.length);
  expect(await measure('gzip', packed, text.length)).toBe(records);
});

test('many small logs', async () => {
  const text = makeLog(8);
  const packed = new Uint8Array(gzipSync(text));
  const sink = new BraceSink();
  const visitor: LogVisitor = {
    begin: () => sink,
    end: () => Promise.resolve(),
    progress: () => undefined,
    cancelled: () => false,
  };
  const files = 20_000;
  const began = cpuMilliseconds();
  for (let file = 0; file < files; file++) await readFile(memorySource(packed), 'a.json.gz', visitor);
  const took = cpuMilliseconds() - began;
  console.log(
    `${files} files of 8 records in ${took.toFixed(0)} ms of CPU: ${((took / files) * 1000).toFixed(0)} µs a file`,
  );
  expect(sink.records).toBe(8 * files);
});
