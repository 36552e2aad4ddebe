/** A geo database of the person's own, dropped on the built page: in force at once, still there later, and removed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sampleIncident } from '../../src/core/sample/index.ts';
import { writeMmdb } from '../core/geo/mmdb-writer.ts';
import { openPage, type TestPage } from './support/page.ts';
import { SOON, filter, gridRows } from './support/screen.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailsift-geo-'));
const database = join(folder, 'mine.mmdb');
writeFileSync(
  database,
  // Every address there is, of either version.
  writeMmdb([['::/0', { country: { iso_code: 'IS', names: { en: 'Iceland' } } }]], {
    metadata: { database_type: 'My-Country' },
  }),
);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ICELAND = 'sourceIPAddress_geoip.country_name.keyword:Iceland';
const PLACED = '_exists_:sourceIPAddress_geoip.country_name';

/** Rows that pass a filter. */
async function count(page: TestPage, query: string): Promise<number> {
  await page.fill('searchbox', 'Filter', query);
  await page.press('Enter');
  await expect
    .poll(() => page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('q'), null), SOON)
    .toBe(query);
  return shownRows(page);
}

/** The number of rows once it stands still: the page shows the old rows until the new ones are there. */
async function shownRows(page: TestPage): Promise<number> {
  let [before, now] = [-2, await gridRows(page)];
  while (before !== now) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    [before, now] = [now, await gridRows(page)];
  }
  return now;
}

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  test('an own database changes where addresses are, outlives a reload, and can be removed', async () => {
    const page = await openPage({ browser, scheme: 'http' });
    const files = sampleIncident().length;
    await page.click('button', 'Try the sample incident');
    const { findings } = await page.waitDone({ files });
    await page.click('tab', 'Events');
    expect(await count(page, ICELAND)).toBe(0);
    const placed = await count(page, PLACED);
    expect(placed).toBeGreaterThan(0);

    await page.drop([database]);
    const changed = await page.waitDone({ files: files + 1 });
    expect(changed).toMatchObject({ refused: 0 });
    // Nobody is at home any more: the alert on other countries fires for every public address.
    await expect.poll(async () => (await page.ingestState()).findings, SOON).toBeGreaterThan(findings);
    const abroad = (await page.ingestState()).findings;
    await filter(page, ICELAND, placed);

    await page.reload();
    await expect.poll(() => gridRows(page), SOON).toBe(placed);
    expect((await page.ingestState()).findings).toBe(abroad);

    await page.click('tab', 'Sources');
    await page.click('button', 'Geo databases');
    await page.screenshot(`geo-${browser}`);
    await page.click('button', 'Remove My-Country');
    await expect.poll(async () => (await page.ingestState()).findings, SOON).toBe(findings);
    await page.press('Escape');
    await page.click('tab', 'Events');
    await filter(page, ICELAND, 0);
    await filter(page, PLACED, placed);
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
    await page.close();
  });
});
