/** From a finding to whom it is about, and from one of the numbers there to the events: by keyboard, on the built page. */
import { describe, expect, test } from 'vitest';
import { sampleIncident } from '../../src/core/sample/index.ts';
import { openPage, type TestPage } from './support/page.ts';
import { SOON, gridRows } from './support/screen.ts';

function pageHeading(page: TestPage): Promise<string> {
  return page.evaluate(
    () => document.querySelector('#entity h2')?.textContent.trim().replace(/\s+/g, ' ') ?? '',
    null,
  );
}

function focusedName(page: TestPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '', null);
}

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  test('from a finding to its principal, to its key, to the events behind a number, and back', async () => {
    const page = await openPage({ browser, scheme: 'file' });
    await page.click('button', 'Try the sample incident');
    await page.waitDone({ files: sampleIncident().length });
    await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(0);
    const findings = await gridRows(page);

    // The most severe finding comes first: somebody switched the trail off.
    await page.press('j');
    await page.press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash, null), SOON).toMatch(/event=\d+/);
    await page.press('p');
    await expect.poll(() => pageHeading(page), SOON).toBe('Principal svc-backup-sync');
    await expect
      .poll(() => page.evaluate(() => document.body.innerText, null), SOON)
      .toContain('What it changed');
    await page.screenshot(`principal-${browser}`);

    // Down its rows to a denied number, and along.
    let name = '';
    for (let step = 0; step < 80 && !name.endsWith(' of sts'); step++) {
      await page.press('j');
      name = await focusedName(page);
    }
    const count = Number(/^[\d,]+/.exec(name)?.[0].replaceAll(',', ''));
    expect(name).toMatch(/^[\d,]+ events, \w+ of sts$/);
    await page.press('Enter');
    await expect.poll(() => gridRows(page), SOON).toBe(count);
    const query = await page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('q'), null);
    expect(query).toMatch(
      /^principal\.keyword:"svc-backup-sync" AND eventSource\.keyword:"sts\.amazonaws\.com" AND eventName\.keyword:"\w+"$/,
    );

    // One of these events, its key, and back the way one came.
    await page.press('j');
    await page.press('a');
    await expect.poll(() => pageHeading(page), SOON).toMatch(/^Access key A[KS]IA\w+$/);
    await page.press('Escape');
    await expect.poll(() => gridRows(page), SOON).toBe(count);
    await page.evaluate(() => {
      history.go(-3);
    }, null);
    await expect.poll(() => pageHeading(page), SOON).toBe('Principal svc-backup-sync');
    await page.press('Escape');
    await expect.poll(() => gridRows(page), SOON).toBe(findings);
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
    await page.close();
  });
});
