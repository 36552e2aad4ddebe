/** What a responder does with a large case, timed. */
import { SOON, gridRows } from '../../e2e/support/screen.ts';
import type { TestPage } from '../../e2e/support/page.ts';
import { expect } from 'vitest';
import { answered, type Answered } from './interaction.ts';
import { telling } from './telling.ts';

export type Line = { what: string; ms: number; 'longest task ms': number; rows: number };

/** In the page: the grid stands for another number of rows than `before`, and for all of them. */
const otherRows = (before: number): boolean => {
  if (document.querySelector('.working')) return false;
  const rows = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  return rows !== null && rows !== undefined && Number(rows) !== before + 1;
};

/** Times a filter, facets, a brush, screens, a record, searches, an export, what `telling` does, and opening again. */
export async function interactions(page: TestPage): Promise<Line[]> {
  const chromium = page.driver.chromium!;
  const lines: Line[] = [];
  const note = async (what: string, { ms, longestTask }: Answered): Promise<void> => {
    const rows = await gridRows(page);
    lines.push({ what, ms: Math.round(ms), 'longest task ms': Math.round(longestTask), rows });
  };
  /** Something after which the grid has another number of rows. */
  const select = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    const before = await gridRows(page);
    await note(what, await answered(chromium, act, otherRows, before));
  };
  const filter = async (what: string, query: string): Promise<void> => {
    await page.fill('searchbox', 'Filter', query);
    await select(what, () => page.press('Enter'));
  };
  const tab = async (name: 'Findings' | 'Events'): Promise<void> => {
    const before = await gridRows(page);
    const act = (): Promise<void> => page.click('tab', name);
    await note(`tab ${name}`, await answered(chromium, act, otherRows, before));
  };

  await page.click('tab', 'Findings');
  await expect.poll(() => gridRows(page), { ...SOON, timeout: 60_000 }).toBeGreaterThan(0);
  await tab('Events');
  await tab('Findings');
  await tab('Events');
  await filter('filter on a column', 'errorCode:AccessDenied');
  await filter(
    'filter on three columns',
    'eventSource:iam* AND NOT userIdentity.type:AWSService AND readOnly:false',
  );
  await filter('no filter', '');
  await select('click on a facet', () =>
    chromium.locator('ul[aria-label="Event"] button, ul[aria-label="Action"] button').first().click(),
  );
  await filter('no filter', '');
  const chart = (await chromium.locator('[role=slider][aria-label^="Events and findings"]').boundingBox())!;
  await select('brush over a quarter of the chart', async () => {
    await chromium.mouse.move(chart.x + chart.width * 0.4, chart.y + chart.height / 2);
    await chromium.mouse.down();
    await chromium.mouse.move(chart.x + chart.width * 0.65, chart.y + chart.height / 2, { steps: 4 });
    await chromium.mouse.up();
  });
  await select('back to the whole time', () => chromium.goBack());
  const row = chromium.locator('[role=row][aria-rowindex="5"]');
  await note(
    'open a record',
    await answered(
      chromium,
      () => row.click(),
      () => document.querySelector('[aria-label="Contents of the record"]') !== null,
      null,
    ),
  );
  await page.press('Escape');
  await filter('filter on a path that is no column', 'requestParameters.roleName:*admin*');
  await filter('no filter', '');
  await note(
    'type a letter into the filter',
    await answered(
      chromium,
      () => chromium.getByRole('searchbox', { name: 'Filter' }).press('e'),
      () => document.querySelector<HTMLInputElement>('#filter')?.value === 'e',
      null,
    ),
  );
  await filter('free text', '"203.0.113.9"');
  await filter('no filter', '');

  const began = performance.now();
  const { bytes } = await page.download(() => page.click('button', 'Export CSV'));
  lines.push({
    what: `export all events as CSV (${Math.round(bytes.length / 2 ** 20)} MB)`,
    ms: Math.round(performance.now() - began),
    'longest task ms': NaN,
    rows: await gridRows(page),
  });

  lines.push(...(await telling(page)));

  await page.reload();
  await expect.poll(() => gridRows(page), { ...SOON, timeout: 120_000 }).toBeGreaterThan(0);
  lines.push({
    what: 'reload: the case opened again, first rows shown (since navigation)',
    ms: Math.round(await page.evaluate(() => performance.now(), null)),
    'longest task ms': NaN,
    rows: await gridRows(page),
  });
  return lines;
}
