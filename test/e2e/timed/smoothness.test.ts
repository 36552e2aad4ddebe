/** The main thread only draws: reading thousands of tiny files, as a bucket holds them, never holds the page up. */
import { expect, test } from 'vitest';
import { newFolder } from '../support/folder.ts';
import { longTasksDuring } from '../support/main-thread.ts';
import { openPage } from '../support/page.ts';
import { logText } from '../support/records.ts';
import { SOON, gridRows } from '../support/screen.ts';

const FILES = 4000;

/** Most that a task may need of the processor, ms. The aim is 50; the rest is for slower machines. */
const LONGEST = 100;

test('4,000 tiny files are read without a long task of the main thread', async () => {
  const files = Array.from({ length: FILES }, (_, n) => [`day-${n % 30}/log-${n}.json`, logText(n, n + 1)]);
  const folder = newFolder(Object.fromEntries(files) as Record<string, string>);
  const page = await openPage({ browser: 'chromium', scheme: 'http' });
  // Starting up is not what is measured.
  await page.driver.chromium!.getByRole('button', { name: 'Try the sample incident' }).waitFor();

  const tasks = await longTasksDuring(page, async () => {
    await page.drop([folder]);
    const { ms, events } = await page.waitDone({ files: FILES });
    expect(events).toBe(FILES);
    await page.click('tab', 'Events');
    await expect.poll(() => gridRows(page), SOON).toBe(FILES);
    console.info(`${FILES} files in ${ms} ms`);
  });
  const told = tasks.map(({ ms, cpu }) => `${ms} (${cpu} of the processor)`).join(', ');
  console.info(`tasks over 50 ms: ${told || 'none'}`);
  expect(Math.max(0, ...tasks.map(({ cpu }) => cpu))).toBeLessThan(LONGEST);
});
