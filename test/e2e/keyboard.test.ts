/** The rows of a case, by keyboard alone: commands, columns, cells, kept filters. */
import { expect, test } from 'vitest';
import { sampleIncident } from '../../src/core/sample/index.ts';
import { openPage, type TestPage } from './support/page.ts';
import { SOON, gridRows, rowsInSight } from './support/screen.ts';

test('from a command to a column, a cell and a filter with a name', async () => {
  const page = await openPage({ browser: 'chromium', scheme: 'file' });
  await expect.poll(() => text(page), SOON).toContain('Try the sample incident');
  await command(page, 'sample');
  await page.waitDone({ files: sampleIncident().length });
  await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(0);

  await command(page, 'events');
  await expect.poll(() => page.evaluate(() => location.hash, null), SOON).toContain('tab=events');
  await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(5);
  const all = await gridRows(page);

  // The second column one place to the left, by its header.
  await tabToGrid(page);
  const [first, second] = await titles(page);
  for (const key of ['Home', 'ArrowUp', 'ArrowRight', 'Control+ArrowLeft']) await page.press(key);
  await expect.poll(async () => (await titles(page)).slice(0, 2), SOON).toEqual([second, first]);

  // The first cell of the first row as a filter, by its menu.
  const action = (await rowsInSight(page))[0]?.[second ?? ''] ?? '';
  for (const key of ['ArrowDown', 'ArrowRight', 'Shift+F10', 'Enter']) await page.press(key);
  await expect.poll(() => filter(page), SOON).toBe(`eventName.keyword:"${action}"`);
  await expect.poll(() => gridRows(page), SOON).toBeLessThan(all);
  const some = await gridRows(page);
  expect(await focusedRole(page)).toBe('grid');

  // Kept under a name, taken away, and brought back by its name.
  await page.press('/');
  await page.press('Alt+ArrowDown');
  await expect.poll(() => focusedName(page), SOON).toBe('Name for this filter');
  await type(page, 'mine');
  await page.press('Enter');
  await page.press('Escape');
  await command(page, 'clear the filter');
  await expect.poll(() => gridRows(page), SOON).toBe(all);
  await command(page, 'mine');
  await expect.poll(() => gridRows(page), SOON).toBe(some);

  await command(page, 'machine');
  await expect.poll(async () => (await titles(page))[1], SOON).toBe('Time (local)');
  expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  await page.close();
});

/** Opens the command palette, types, and does what is found first. */
async function command(page: TestPage, letters: string): Promise<void> {
  await page.press('Control+k');
  await expect.poll(() => focusedRole(page), SOON).toBe('combobox');
  await type(page, letters);
  // Saved filters come with the case, which the page may still be told of.
  await expect
    .poll(() => page.evaluate(() => document.querySelectorAll('[role=option] b').length, null), SOON)
    .toBeGreaterThan(0);
  await page.press('Enter');
}

async function type(page: TestPage, letters: string): Promise<void> {
  for (const letter of letters) await page.press(letter === ' ' ? 'Space' : letter);
}

async function tabToGrid(page: TestPage): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if ((await focusedRole(page)) === 'grid') return;
    await page.press('Tab');
  }
  throw new Error('Tab does not lead to the grid.');
}

function text(page: TestPage): Promise<string> {
  return page.evaluate(() => document.body.innerText, null);
}

function titles(page: TestPage): Promise<string[]> {
  return page.evaluate(
    () => Array.from(document.querySelectorAll('[role=columnheader]'), (cell) => cell.textContent.trim()),
    null,
  );
}

function filter(page: TestPage): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLInputElement>('#filter')?.value ?? '', null);
}

function focusedRole(page: TestPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('role') ?? '', null);
}

function focusedName(page: TestPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '', null);
}
