/** A large archive of logs: what it stores is kept by reference, and can be read when the archive is gone. */
import { rmSync } from 'node:fs';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './support/folder.ts';
import { WAYS, newProfile, openPage, type TestPage } from './support/page.ts';
import { SOON, filter, gridRows } from './support/screen.ts';

const LOGS = 60;
const RECORDS = 100;

/** Stored logs of some 100 kB: more than the 4 MB up to which a file is read whole. */
function archive(): Uint8Array {
  const logs: Record<string, Uint8Array> = {};
  for (let n = 0; n < LOGS; n++) {
    const records = Array.from({ length: RECORDS }, (_, i) => ({
      eventVersion: '1.08',
      userIdentity: { type: 'IAMUser', userName: 'alice' },
      eventTime: new Date(Date.UTC(2026, 9, 5) + (n * RECORDS + i) * 1000).toISOString().replace('.000', ''),
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      awsRegion: 'us-east-1',
      eventID: `00000000-0000-4000-8000-${String(n * RECORDS + i).padStart(12, '0')}`,
      requestParameters: { key: `log${n}`, filling: 'of some length '.repeat(50) },
    }));
    logs[`AWSLogs/${n}.json`] = new TextEncoder().encode(JSON.stringify({ Records: records }));
  }
  return zipSync(logs, { level: 0 });
}

describe.each(WAYS)('in $browser from $scheme', (way) => {
  const profile = newProfile();
  let page: TestPage;

  beforeAll(async () => {
    page = await openPage({ ...way, profile });
  });

  afterAll(() => page.close());

  test('its records are read again, after a reload and without the archive', async () => {
    const folder = newFolder({ 'logs.zip': archive() });
    await page.addFiles([`${folder}/logs.zip`]);
    const state = await page.waitDone({ files: LOGS });
    expect(state).toMatchObject({ events: LOGS * RECORDS, refused: 0, duplicates: 0 });
    rmSync(folder, { recursive: true });
    await page.click('tab', 'Events');
    await filter(page, 'requestParameters.key.keyword:log7', RECORDS);
    await page.reload();
    await page.click('tab', 'Events');
    await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(0);
    await filter(page, 'requestParameters.key.keyword:(log3 OR log59)', 2 * RECORDS);
  });
});
