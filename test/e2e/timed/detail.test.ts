/** A record of 400 kB, with a value of 100 kB, is opened, searched and shown as logged without holding the page up. */
import { expect, test } from 'vitest';
import { newFolder } from '../support/folder.ts';
import { longTasksDuring } from '../support/main-thread.ts';
import { openPage } from '../support/page.ts';
import { record } from '../support/records.ts';
import { SOON, gridRows } from '../support/screen.ts';

/** Most that a task may need of the processor, ms: about twice what it takes. */
const LONGEST = 50;

test('a huge record opens without a long task of the main thread', async () => {
  const items = Array.from({ length: 3000 }, (_, id) => ({
    id,
    name: `item ${id}`,
    arn: `arn:aws:s3:::b/${id}`,
  }));
  const huge = { ...record(1), userAgent: 'A'.repeat(102_400), requestParameters: { items } };
  const text = JSON.stringify({ Records: [record(0), huge] });
  expect(JSON.stringify(huge).length).toBeGreaterThan(256_000);
  const page = await openPage({ browser: 'chromium', scheme: 'http' });
  const driver = page.driver.chromium!;
  await page.addFiles([`${newFolder({ 'huge.json': text })}/huge.json`]);
  await page.waitDone();
  await page.click('tab', 'Events');
  await expect.poll(() => gridRows(page), SOON).toBe(2);
  // The first record brings the pane in: that is not what is measured.
  await page.evaluate(() => void (location.hash = '#v1?tab=events&event=0'), null);
  await driver.getByText('1 of 2', { exact: true }).waitFor();

  // Of the huge record; all of it is there when it is laid out.
  const item = driver.getByRole('tree', { name: 'Request' }).getByText('item 0', { exact: true });
  const next = async (): Promise<void> => {
    await driver.getByRole('button', { name: 'Next', exact: true }).click();
    await item.waitFor();
    await driver.getByRole('tree', { name: 'Record' }).waitFor();
  };
  const tasks = await longTasksDuring(page, async () => {
    await next();
    // Coming back to it takes no longer than coming to it.
    await driver.getByRole('button', { name: 'Previous', exact: true }).click();
    await item.waitFor({ state: 'detached' });
    await next();
    await driver.getByRole('textbox', { name: 'Find in the record' }).fill('item 2999');
    await page.press('Enter');
    await driver.locator('.line.hit').waitFor();
    expect(await driver.locator('.line.hit').textContent()).toContain('"name": "item 2999"');
    await driver.getByRole('button', { name: 'As logged', exact: true }).click();
    await driver.locator('.raw').waitFor();
  });
  const told = tasks.map(({ ms, cpu }) => `${ms} (${cpu} of the processor)`).join(', ');
  console.info(`tasks over 50 ms: ${told || 'none'}`);
  expect(Math.max(0, ...tasks.map(({ cpu }) => cpu))).toBeLessThan(LONGEST);
});
