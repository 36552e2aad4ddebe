/** Logs in a large archive: they are kept by reference to it, and read from what is stored. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CaseStore } from '../../../src/store/case-store.ts';
import { create, files, openPage, record, type Page } from './support.ts';

const encoder = new TextEncoder();
const LOGS = 60;
const RECORDS = 120;

/** Logs of some 100 kB each: more than the 4 MB up to which a file is read whole. Only every tenth is packed. */
async function archive(): Promise<File> {
  const logs: Record<string, [Uint8Array, { level: 0 | 6 }]> = {};
  for (let n = 0; n < LOGS; n++) {
    const records = Array.from({ length: RECORDS }, (_, i) =>
      record(n * RECORDS + i, { requestParameters: { filling: `log ${n} `.repeat(80) } }),
    );
    const level = n % 10 === 0 ? 6 : 0;
    logs[`AWSLogs/${n}.json`] = [encoder.encode(JSON.stringify({ Records: records })), { level }];
  }
  return new File([zipSync(logs) as Uint8Array<ArrayBuffer>], 'logs.zip');
}

/** The text that stands in the record of an event. */
async function fillingOf(page: Page, event: number): Promise<string> {
  const answer = await page.cases.detail(event, '');
  if (!answer.ok) throw new Error(answer.message);
  return JSON.stringify(answer.detail);
}

async function packsOf(id: string): Promise<(Uint8Array | Blob)[]> {
  const store = await CaseStore.open(() => undefined);
  const packs = [];
  for (let pack = 0; ; pack++) {
    const bytes = await store.originals(id, pack);
    if (bytes === undefined) break;
    packs.push(bytes);
  }
  store.close();
  return packs;
}

describe('logs in a large archive', () => {
  it('are read from what is stored of it, when the case is opened again too', async () => {
    const file = await archive();
    expect(file.size).toBeGreaterThan(4 << 20);
    const page = openPage(1);
    const id = await create(page);
    await page.read(files({ path: 'logs.zip', file }));
    const header = await page.cases.settle();
    expect(header).toMatchObject({ events: LOGS * RECORDS, files: LOGS, unreadable: 0 });
    for (const event of [0, RECORDS * 10, RECORDS * 33 + 7, LOGS * RECORDS - 1])
      expect(await fillingOf(page, event)).toContain(`log ${Math.floor(event / RECORDS)} log`);

    const packs = await packsOf(id);
    const kept = packs.reduce((sum, bytes) => sum + (bytes instanceof Blob ? bytes.size : bytes.length), 0);
    expect(packs.some((bytes) => bytes instanceof Blob)).toBe(true);
    expect(packs.some((bytes) => bytes instanceof Uint8Array)).toBe(true);
    // Nothing is stored twice: the archive, and what was packed in it.
    expect(kept).toBeLessThan(file.size + (LOGS / 10) * 150_000);

    page.worker.terminate();
    const again = openPage(1);
    const opened = await again.cases.open(id, true);
    if (!opened.ok) throw new Error('not opened');
    expect(opened.header).toMatchObject({ events: LOGS * RECORDS, unreadable: 0 });
    for (const event of [LOGS * RECORDS - 1, RECORDS * 21])
      expect(await fillingOf(again, event)).toContain(`log ${Math.floor(event / RECORDS)} log`);
  });

  it('are shared among the workers when the archive is large, and come to the same', async () => {
    const logs: Record<string, [Uint8Array, { level: 0 }]> = {};
    for (let n = 0; n < 300; n++) {
      const records = Array.from({ length: 20 }, (_, i) =>
        record(n * 20 + i, { requestParameters: { filling: `log ${n} `.repeat(250) } }),
      );
      logs[`logs/${n}.json`] = [encoder.encode(JSON.stringify({ Records: records })), { level: 0 }];
    }
    const file = new File([zipSync(logs) as Uint8Array<ArrayBuffer>], 'logs.zip');
    expect(file.size).toBeGreaterThan(8 << 20);
    const page = openPage(3);
    await create(page);
    const told: number[] = [];
    const last = await page.read(files({ path: 'logs.zip', file }), ({ files, bytes }) =>
      told.push(files, bytes),
    );
    expect(page.readers).toHaveLength(3);
    expect(last).toMatchObject({ files: 1, filesTotal: 1, bytesTotal: file.size, problem: '' });
    expect(last.bytes).toBeCloseTo(file.size, 0);
    expect(Math.max(...told)).toBeLessThanOrEqual(file.size);
    expect(await page.cases.settle()).toMatchObject({
      events: 6000,
      files: 300,
      refusedFiles: 0,
      unreadable: 0,
    });
    for (const event of [0, 2999, 5999]) expect(await fillingOf(page, event)).toMatch(/log \d+ log/);

    // The same again: all of it is known.
    await page.read(files({ path: 'again.zip', file }));
    expect(await page.cases.settle()).toMatchObject({ events: 6000, duplicates: 0 });
  });
});
