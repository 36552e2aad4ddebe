/** Deciding on findings: marked by key, filtered, exported, told as a timeline, and there after the browser was closed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from './support/accessibility.ts';
import { newProfile, openPage, type TestPage } from './support/page.ts';
import { SOON, announced, exportRows, filter, gridRows, rowsInSight } from './support/screen.ts';

const NOTE = 'key leaked';

describe.each([
  { browser: 'chromium', scheme: 'file' },
  { browser: 'firefox', scheme: 'http' },
] as const)('in $browser from $scheme', (way) => {
  const profile = newProfile();
  let page: TestPage;
  let findings = 0;

  beforeAll(async () => {
    page = await openPage({ ...way, profile });
    await page.click('button', 'Try the sample incident');
    ({ findings } = await page.waitDone());
  });

  afterAll(() => page.close());

  /** Presses keys one after another. */
  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await page.press(key);
  }

  /** Opens the mark menu on what the keyboard is on, and waits for it. */
  async function menu(key = 'm'): Promise<void> {
    await page.press(key);
    await expect
      .poll(() => page.evaluate(() => document.querySelector('dialog[open]') !== null, null), SOON)
      .toBe(true);
  }

  const entries = (): Promise<string[]> =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('article[data-entry]')].map((one) =>
          one.textContent.replace(/\s+/g, ' '),
        ),
      null,
    );

  test('a finding is marked and noted by key, and the row says so', async () => {
    // All that was read is on display: rows do not move under the keyboard any more.
    await expect.poll(() => gridRows(page), SOON).toBe(findings);
    await expect.poll(() => idle(page), SOON).toBe(true);
    await press('j');
    await menu();
    await press('x', 'n');
    await press(...NOTE);
    await page.press('Enter');
    await expect.poll(() => announced(page), SOON).toContain('1 finding marked malicious, note kept');
    await expect
      .poll(async () => (await rowsInSight(page))[0]?.['Mark'], SOON)
      .toContain(`malicious ${NOTE}`);
  });

  test('all that a filter shows is marked at once', async () => {
    const low = await lowFindings(page);
    expect(low).toBeGreaterThan(1);
    await filter(page, 'severity:low', low);
    await leaveFilter(page);
    await menu('M');
    await press('b', 'Enter');
    await expect.poll(() => announced(page), SOON).toContain(`${low} findings marked benign`);
    await filter(page, 'mark:benign', low);
    await filter(page, 'NOT mark:open', low + 1);
    await filter(page, 'mark:malicious AND note:*leaked*', 1);
  });

  test('the mark is in the CSV', async () => {
    const { rows } = await exportRows(page);
    expect(rows).toMatchObject([{ mark: 'malicious', note: NOTE }]);
    await filter(page, '', findings);
  });

  test('the timeline tells of it, and of an event that was put there', async () => {
    await leaveFilter(page);
    await press('g', 'e');
    await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(5);
    await press('j');
    await press('t');
    await expect.poll(() => announced(page), SOON).toContain('1 event put on the timeline');
    await press('g', 't');
    await expect.poll(async () => (await entries()).length, SOON).toBe(2);
    expect((await entries())[1]).toContain(NOTE);
    await page.screenshot(`timeline-${way.browser}`);
    if (way.browser === 'chromium') expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('all of it is there after the browser was closed, and can be taken back', async () => {
    await page.close();
    page = await openPage({ ...way, profile });
    await page.click('button', 'Sample incident');
    await expect.poll(() => gridRows(page), SOON).toBe(findings);
    await filter(page, 'mark:malicious', 1);
    await leaveFilter(page);
    await press('g', 't');
    await expect.poll(async () => (await entries()).length, SOON).toBe(2);
    await takeBack(page);
    await expect.poll(async () => (await entries()).length, SOON).toBe(1);
    expect((await entries())[0]).toContain(NOTE);
  });

  test('kept its word throughout', async () => {
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  });
});

/** Findings of low severity, as the button for them says. */
function lowFindings(page: TestPage): Promise<number> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll('button[aria-pressed]')];
    const low = buttons.find(({ textContent }) => textContent.trim().startsWith('low'));
    return Number(low?.textContent.replace(/\D/g, ''));
  }, null);
}

/** Letters are commands again. */
function leaveFilter(page: TestPage): Promise<void> {
  return page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }, null);
}

/** Ctrl+Z, which the two browsers' drivers press in different ways. */
async function takeBack(page: TestPage): Promise<void> {
  const { chromium } = page.driver;
  if (chromium) await chromium.keyboard.press('Control+z');
  else {
    await page.evaluate(() => {
      const init = { key: 'z', ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', init));
    }, null);
  }
}

/** Whether the grid on display waits for nothing. */
function idle(page: TestPage): Promise<boolean> {
  return page.evaluate(
    () => document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'false',
    null,
  );
}
