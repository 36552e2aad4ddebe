import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SourceArchive, type Span } from '../../../workers/case/archive.ts';

const decoder = new TextDecoder();
const RECORDS = 60_000;

/** A log of some 50 MB, and where its records lie. */
let text = '';
const spans: Span[] = [];
let plain = new Blob();
let packed = new Blob();

beforeAll(async () => {
  const parts = ['{"Records":['];
  let offset = parts[0]!.length;
  for (let n = 0; n < RECORDS; n++) {
    const record = JSON.stringify({
      eventVersion: '1.08',
      eventName: 'GetObject',
      eventSource: 's3.amazonaws.com',
      number: n,
      filling: String(n % 7).repeat(800),
    });
    spans.push({ source: 0, offset, length: record.length });
    parts.push(record, n < RECORDS - 1 ? ',' : ']}');
    offset += record.length + 1;
  }
  text = parts.join('');
  plain = new Blob([text]);
  packed = await new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).blob();
});

async function read(archive: SourceArchive, ...numbers: number[]): Promise<number[]> {
  const found: number[] = [];
  await archive.read(
    numbers.map((n) => spans[n]!),
    (_, json) => found.push((JSON.parse(decoder.decode(json)) as { number: number }).number),
  );
  return found;
}

function archiveOf(blob: Blob): { archive: SourceArchive; asked: () => number } {
  const archive = new SourceArchive('case', () => null);
  archive.hold(0, { bytes: blob, offset: 0, length: blob.size });
  archive.setFormat(0, 'cloudtrail');
  const slice = vi.spyOn(blob, 'slice');
  slice.mockClear();
  return {
    archive,
    asked: () => slice.mock.calls.reduce((sum, [from = 0, to = blob.size]) => sum + (to - from), 0),
  };
}

describe('a record deep in a large file', () => {
  it('is read where it stands, when the file is not compressed', async () => {
    const { archive, asked } = archiveOf(plain);
    expect(await read(archive, RECORDS - 1)).toEqual([RECORDS - 1]);
    expect(asked()).toBeLessThan(4 << 20);
    expect(await read(archive, 0, 30_000, RECORDS - 1)).toEqual([0, 30_000, RECORDS - 1]);
  });

  it('is found again with its neighbours without inflating the file once more', async () => {
    const { archive, asked } = archiveOf(packed);
    expect(await read(archive, 50_000)).toEqual([50_000]);
    const once = asked();
    expect(once).toBeGreaterThan(packed.size / 2);
    const steps = [49_999, 50_001, 50_002, 45_000, 55_000];
    for (const step of steps) expect(await read(archive, step)).toEqual([step]);
    expect(await read(archive, 49_000, 50_000, 51_000)).toEqual([49_000, 50_000, 51_000]);
    expect(asked()).toBe(once);
    // Further away, and near the beginning, it is read anew.
    expect(await read(archive, 5, 30_000)).toEqual([5, 30_000]);
    expect(asked()).toBeGreaterThan(once);
    expect(await read(archive, RECORDS - 1)).toEqual([RECORDS - 1]);
    expect(await read(archive, RECORDS - 2, RECORDS - 1)).toEqual([RECORDS - 2, RECORDS - 1]);
    expect(text.length).toBeGreaterThan(50_000_000);
  });

  it('is not kept when the bytes are given up', async () => {
    const { archive } = archiveOf(packed);
    await read(archive, 50_000);
    archive.drop(0);
    await expect(read(archive, 50_000)).rejects.toThrow('could not be kept');
  });
});
