/** Every screen works for people who use assistive technology, and without a mouse. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleIncident, sampleTruth } from '../../src/core/sample/index.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { newFolder } from './support/folder.ts';
import { openPage, type TestPage } from './support/page.ts';
import { logText } from './support/records.ts';
import { SOON, gridRows, rowsInSight } from './support/screen.ts';

describe.each(['light', 'dark'] as const)('axe-core finds nothing wrong, %s:', (theme) => {
  let page: TestPage;

  beforeAll(async () => {
    page = await openPage({ browser: 'chromium', scheme: 'http', theme });
    await page.driver.chromium!.getByRole('button', { name: 'Try the sample incident' }).waitFor();
  });

  afterAll(() => page.close());

  async function check(screen: string): Promise<void> {
    await page.screenshot(`axe-${screen}-${theme}`);
    expect(await accessibilityProblems(page), screen).toEqual([]);
  }

  test('the start page', () => check('start'));

  test('while reading', async () => {
    // Something that takes a while.
    await page.addFolder(newFolder({ 'large.json': logText(0, 60_000) }));
    await page.driver.chromium!.getByRole('progressbar').waitFor();
    await check('reading');
    await page.waitDone();
    await page.addFolder(
      newFolder(Object.fromEntries(sampleIncident().map(({ path, text }) => [path, text]))),
    );
    await page.waitDone({ files: sampleIncident().length + 1 });
  });

  test('findings', async () => {
    await page.click('tab', 'Findings');
    await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(5);
    await check('findings');
  });

  test('a record', async () => {
    await page.driver.chromium!.getByRole('row').nth(1).click();
    await expect.poll(() => page.evaluate(() => location.hash, null), SOON).toContain('event=');
    await page.driver.chromium!.getByRole('heading', { name: 'Why it fired' }).waitFor();
    await check('record');
    await page.press('Escape');
  });

  test('a filter that is wrong', async () => {
    await page.fill('searchbox', 'Filter', 'eventName:(');
    await page.press('Enter');
    await page.driver.chromium!.getByRole('alert').waitFor();
    await check('wrong-filter');
    await page.click('button', 'Clear the filter');
  });

  test('events', async () => {
    await page.click('tab', 'Events');
    await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(5);
    await check('events');
  });

  test('sources, and a file', async () => {
    await page.click('tab', 'Sources');
    await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(5);
    await check('sources');
    await page.driver.chromium!.getByRole('row').nth(1).click();
    await page.driver.chromium!.getByRole('region', { name: 'File' }).waitFor();
    await check('source');
  });

  test('rules', async () => {
    await page.click('tab', 'Rules');
    await expect
      .poll(() => page.evaluate(() => document.body.innerText, null), SOON)
      .toContain('Root user activity');
    await check('rules');
  });

  test('help', async () => {
    await page.click('button', 'Help');
    await page.driver.chromium!.getByRole('dialog').waitFor();
    await check('help');
    await page.press('Escape');
  });

  test('asking before a case is deleted', async () => {
    await page.driver.chromium!.locator('header h1 button').click();
    await check('case-menu');
    await page.click('menuitem', 'Delete the case…');
    await page.driver.chromium!.getByRole('dialog').waitFor();
    await check('delete');
    await page.click('button', 'Keep');
  });
});

describe.each(['chromium', 'firefox'] as const)('by keyboard alone, in %s', (browser) => {
  test('from the start page to a record and back', async () => {
    const page = await openPage({ browser, scheme: 'file' });
    await tabTo(page, 'Try the sample incident');
    await page.press('Enter');
    await page.waitDone({ files: sampleIncident().length });
    await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(0);

    await page.press('/');
    expect(await focused(page)).toBe('Filter');
    for (const key of 'eventName:ConsoleLogin') await page.press(key);
    await page.press('Enter');
    const logins = sampleIncident()
      .flatMap(
        ({ text }) => (JSON.parse(text) as { Records: { eventID: string; eventName: string }[] }).Records,
      )
      .filter(({ eventName }) => eventName === 'ConsoleLogin')
      .map(({ eventID }) => eventID);
    const { expected } = sampleTruth();
    const findings = [...new Set(logins)].reduce((sum, id) => sum + (expected.get(id)?.length ?? 0), 0);
    await expect.poll(() => gridRows(page), SOON).toBe(findings);

    await page.press('Escape');
    await page.press('g');
    await page.press('e');
    await expect.poll(() => gridRows(page), SOON).toBe(new Set(logins).size);
    await expect.poll(() => selectedTab(page), SOON).toMatch(/^Events/);
    await page.press('j');
    await expect.poll(() => selectedRow(page), SOON).toBe('2');
    await page.press('j');
    await expect.poll(() => selectedRow(page), SOON).toBe('3');
    await page.press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash, null), SOON).toMatch(/event=\d+/);
    await expect
      .poll(() => page.evaluate(() => document.body.innerText, null), SOON)
      .toContain('eventVersion');
    await page.press('Escape');
    await expect.poll(() => page.evaluate(() => location.hash, null), SOON).not.toContain('event=');
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
    await page.close();
  });
});

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: TestPage, name: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.body.innerText, null), SOON).toContain(name);
  for (let presses = 0; presses < 20; presses++) {
    await page.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab does not lead to "${name}".`);
}

/** The name of the control that has the focus. */
function focused(page: TestPage): Promise<string> {
  return page.evaluate(
    () =>
      (
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent ??
        ''
      ).trim(),
    null,
  );
}

function selectedTab(page: TestPage): Promise<string> {
  return page.evaluate(
    () => document.querySelector('[role=tab][aria-selected=true]')?.textContent.trim() ?? '',
    null,
  );
}

/** Number of the grid's row that the keyboard is on, the header being row 1; '' for none. */
function selectedRow(page: TestPage): Promise<string> {
  return page.evaluate(
    () => document.querySelector('[role=row][aria-selected=true]')?.getAttribute('aria-rowindex') ?? '',
    null,
  );
}
