/** What a responder does to tell what happened, timed on a large case: pages, marks, timeline, what is handed over. */
import { expect } from 'vitest';
import type { TestPage } from '../../e2e/support/page.ts';
import { SOON, gridRows } from '../../e2e/support/screen.ts';
import { answered, type Answered } from './interaction.ts';
import type { Line } from './triage.ts';

/** Findings that are marked together. */
const MARKED = 1000;

/** In the page: the page of an entity stands with all its numbers. */
const profiled = (before: string): boolean => {
  const entity = document.querySelector('#entity');
  const name = entity?.querySelector('h2')?.textContent ?? '';
  return name !== before && entity?.querySelector('.columns[aria-busy=false]') !== null;
};

/** Times the pages of the busiest principal, address and key, marking, the timeline, JSON Lines and the report. */
export async function telling(page: TestPage): Promise<Line[]> {
  const chromium = page.driver.chromium!;
  const lines: Line[] = [];
  const note = ({ ms, longestTask }: Answered, what: string, rows: number): void => {
    lines.push({ what, ms: Math.round(ms), 'longest task ms': Math.round(longestTask), rows });
  };
  const exported = async (what: string, act: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    const { bytes } = await page.download(act);
    const ms = Math.round(performance.now() - began);
    lines.push({
      what: `${what} (${Math.round(bytes.length / 1e5) / 10} MB)`,
      ms,
      'longest task ms': NaN,
      rows: MARKED,
    });
  };

  await page.click('tab', 'Events');
  await expect.poll(() => gridRows(page), { ...SOON, timeout: 60_000 }).toBeGreaterThan(MARKED);
  for (const [kind, facet] of [
    ['principal', 'Principal'],
    ['address', 'Source address'],
    ['key', 'Access key'],
  ] as const) {
    const fold = chromium.getByRole('button', { name: new RegExp(`^${facet}(?: [0-9,]+)?$`) });
    if ((await fold.getAttribute('aria-expanded')) !== 'true') await fold.click();
    const label = chromium.locator(`ul[aria-label="${facet}"] button.value .label.mono`).first();
    const value = ((await label.textContent()) ?? '').trim();
    const hash = `#v1?tab=events&who=${encodeURIComponent(`${kind}:${value}`)}`;
    const open = (): Promise<void> => page.evaluate((to) => void (location.hash = to), hash);
    const took = await answered(chromium, open, profiled, '');
    const events = (await chromium.locator('#entity .numbers .big').first().textContent()) ?? '';
    note(took, `the page of the busiest ${kind}`, Number(events.replaceAll(',', '')));
    await page.press('Escape');
    await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(MARKED);
  }

  await page.click('tab', 'Findings');
  await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(MARKED);
  await chromium.locator('[role=row][aria-rowindex="2"]').click();
  await page.press('Escape');
  await chromium.getByRole('grid').focus();
  for (let row = 1; row < MARKED; row++) await page.press('Shift+ArrowDown');
  await page.press('m');
  await page.press('x');
  const marked = (): boolean => /marked malicious/.test(document.querySelector('aside[aria-label="Marking"]')?.textContent ?? ''); // prettier-ignore
  note(await answered(chromium, () => page.press('Enter'), marked, null), 'mark 1,000 findings', MARKED);
  const undone = (): boolean => /Taken back/.test(document.querySelector('aside[aria-label="Marking"]')?.textContent ?? ''); // prettier-ignore
  note(await answered(chromium, () => page.press('Control+z'), undone, null), 'take the marks back', MARKED);
  await page.press('Control+Shift+z');
  await expect.poll(() => page.evaluate(marked, null), SOON).toBe(true);

  await page.press('g');
  const told = (): boolean => document.querySelector('[data-entry]') !== null;
  note(await answered(chromium, () => page.press('t'), told, null), 'open the timeline', MARKED);

  await page.click('tab', 'Findings');
  await page.fill('searchbox', 'Filter', 'mark:malicious');
  await page.press('Enter');
  await expect.poll(() => gridRows(page), SOON).toBe(MARKED);
  await exported('export the marked findings as JSON Lines', () => page.click('button', 'Export JSON'));
  await page.click('button', 'Report');
  await exported('report of the case', () => page.click('button', 'Save the report'));
  await page.fill('searchbox', 'Filter', '');
  await page.press('Enter');
  await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(MARKED);
  return lines;
}
