/**
 * One .gz whose text is longer than any string of the browser may be (1.5 GB), through the built page: read in bounded
 * memory, and its last record shown, then the one before. `npm run bench -- huge`; TRAILSIFT_BENCH_FOLDER keeps the corpus.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProfile, openPage } from '../e2e/support/page.ts';
import { SOON, gridRows } from '../e2e/support/screen.ts';
import { corpus } from './support/corpus.ts';
import { peakOfRenderer } from './support/memory.ts';

/** Records that come to some 1.5 GB of text. */
const EVENTS = 1_000_000;
/** Most memory that the page may take while it reads, MB: what a million events are allowed. */
const MOST_MB = 900;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

test('1.5 GB of JSON behind one .gz is read in bounded memory, and its last record shown', async () => {
  const kept = process.env['TRAILSIFT_BENCH_FOLDER'];
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'trailsift-huge-'));
  mkdirSync(folder, { recursive: true });
  const { path, from } = corpus(EVENTS, 'one', folder);
  const profile = newProfile();
  const page = await openPage({ browser: 'chromium', scheme: 'file', profile });
  await page.evaluate(() => document.readyState, null);
  const idle = peakOfRenderer(profile);
  await page.addFiles([path]);
  const { events, duplicates, refused, ms } = await page.waitDone({ timeout: 900_000 });
  const reading = peakOfRenderer(profile);
  expect(events + duplicates).toBeGreaterThanOrEqual(EVENTS);
  expect(refused).toBe(0);

  await page.click('tab', 'Sources');
  await expect.poll(() => gridRows(page), SOON).toBe(1);
  const text = await page.evaluate(() => document.querySelector('[role=grid]')?.textContent ?? '', null);
  expect(text).toContain('analysed');

  // The last event of the file lies at the very end of what has to be inflated again to show it.
  await page.click('tab', 'Events');
  await expect.poll(() => gridRows(page), SOON).toBe(events);
  const chromium = page.driver.chromium!;
  await chromium.getByRole('grid').focus();
  await page.press('End');
  const record = chromium.getByRole('region', { name: 'Contents of the record' });
  const shown = (): Promise<string> =>
    record
      .locator('dd')
      .allTextContents()
      .then((texts) => texts.join());
  const opened = async (key: string): Promise<number> => {
    const before = (await record.count()) > 0 ? await shown() : '';
    const began = performance.now();
    await page.press(key);
    await chromium.getByRole('tree').first().waitFor({ timeout: 300_000 });
    await expect.poll(shown, { ...SOON, timeout: 300_000 }).not.toBe(before);
    return performance.now() - began;
  };
  const said = chromium.getByText('It lies deep in a large file').waitFor({ timeout: 300_000 });
  const last = await opened('Enter');
  await said;
  const next = await opened('k');
  const peak = peakOfRenderer(profile);
  await page.close();

  console.table([
    {
      from,
      'behind .gz': megabytes(statSync(path).size),
      events,
      'read in s': (ms / 1000).toFixed(1),
      'peak idle MB': Math.round(idle),
      'peak reading MB': Math.round(reading),
      'peak MB': Math.round(peak),
      'last record in s': (last / 1000).toFixed(1),
      'the one before, ms': Math.round(next),
    },
  ]);
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  if (!Number.isNaN(reading)) expect(reading).toBeLessThan(MOST_MB);
});
