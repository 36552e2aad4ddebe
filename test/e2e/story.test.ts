/**
 * The work of a responder from the first finding to what is handed over, by keyboard alone: whose it is, with which key,
 * from where, what else; marks, timeline, report, CSV. On the sample incident, and on real logs where they are at hand.
 */
import { expect, test } from 'vitest';
import { sampleIncident } from '../../src/core/sample/index.ts';
import { parseCsv } from '../core/export/parse-csv.ts';
import { openPage, type TestPage } from './support/page.ts';
import { SOON, announced, gridRows, rowsInSight } from './support/screen.ts';
import { HAVE_SHARED, sharedPath } from './support/shared.ts';

/** What is told apart in the two stories. */
interface Story {
  /** Filter that leads to the finding that the story begins with. */
  filter: string;
  /** The event it is about, and who called it. */
  action: string;
  principal: RegExp;
}

test.each(['chromium', 'firefox'] as const)('the sample incident, in %s', async (browser) => {
  const page = await openPage({ browser, scheme: 'file' });
  await expect.poll(() => text(page), SOON).toContain('Try the sample incident');
  await command(page, 'sample');
  await page.waitDone({ files: sampleIncident().length });
  await tell(page, {
    filter: 'alert.keyword:cloudtrail-change',
    action: 'StopLogging',
    principal: /svc-backup-sync/,
  });
});

test.runIf(HAVE_SHARED)(
  'real logs: a detonated technique (needs ../shared beside the repository)',
  async () => {
    const page = await openPage({ browser: 'chromium', scheme: 'file' });
    await page.addFolder(sharedPath('invictus/CloudTrail'));
    await page.waitDone({ files: 55 });
    await tell(page, {
      filter: 'alert.keyword:cloudtrail-change AND eventName.keyword:StopLogging',
      action: 'StopLogging',
      principal: /\S/,
    });
  },
);

async function tell(page: TestPage, { filter, action, principal }: Story): Promise<void> {
  // All that was read is on display.
  const { findings } = await page.ingestState();
  await expect.poll(() => gridRows(page), SOON).toBe(findings);

  // From the alert to a finding of it.
  await page.press('/');
  await type(page, filter);
  await page.press('Enter');
  await expect.poll(() => gridRows(page), SOON).toBeLessThan(findings);
  expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('#filter')?.value, null)).toBe(
    filter,
  );
  await leaveFilter(page);
  const some = await gridRows(page);
  expect(some).toBeGreaterThan(0);
  await page.press('j');
  await page.press('Enter');
  await expect.poll(() => record(page), SOON).toContain('Why it fired');
  const isIt = async (): Promise<boolean> => (await record(page)).split('\n').slice(0, 3).includes(action);
  for (let i = 1; i < some && !(await isIt()); i++) {
    const before = await record(page);
    await page.press('j');
    await expect.poll(() => record(page), SOON).not.toBe(before);
  }
  expect(await isIt()).toBe(true);

  // It is bad: marked, with a note; so it stands on the timeline.
  await page.press('m');
  await expect.poll(() => has(page, 'dialog[open]'), SOON).toBe(true);
  await page.press('x');
  await page.press('n');
  await type(page, 'logging was cut');
  await page.press('Enter');
  await expect.poll(() => announced(page), SOON).toContain('1 finding marked malicious, note kept');

  // Who did it, and back; from where, and back.
  for (const [key, kind] of [
    ['p', 'Principal'],
    ['i', 'Address'],
  ] as const) {
    await page.press(key);
    await expect.poll(() => heading(page), SOON).toContain(kind);
    if (kind === 'Principal') expect(await heading(page)).toMatch(principal);
    await expect.poll(() => text(page), SOON).toContain('What it called');
    await page.press('Escape');
    await expect.poll(() => has(page, '#entity'), SOON).toBe(false);
  }
  // With which key, and one number of it: as many events as it says.
  await page.press('a');
  await expect.poll(() => heading(page), SOON).toContain('Access key');
  let name = '';
  for (let step = 0; step < 60 && !/^[\d,]+ events/.test(name); step++) {
    await page.press('j');
    name = await focusedName(page);
  }
  const count = Number(/^[\d,]+/.exec(name)![0].replaceAll(',', ''));
  await page.press('Enter');
  await expect.poll(() => gridRows(page), SOON).toBe(count);

  // One of them explains it: onto the timeline, which tells both in order of time.
  await expect.poll(async () => (await rowsInSight(page)).length, SOON).toBeGreaterThan(0);
  await page.press('j');
  await page.press('t');
  await expect.poll(() => announced(page), SOON).toContain('1 event put on the timeline');
  await page.press('g');
  await page.press('t');
  await expect.poll(async () => (await entries(page)).length, SOON).toBe(2);
  expect((await entries(page)).join(' ')).toContain('logging was cut');

  // What is handed over: the report and the findings that were marked, as CSV.
  await command(page, 'report of the case');
  await expect.poll(() => has(page, 'dialog[open]'), SOON).toBe(true);
  const report = await page.download(async () => {
    await tabTo(page, 'Save the report');
    await page.press('Enter');
  });
  const html = new TextDecoder().decode(report.bytes);
  expect(html).toContain('logging was cut');
  expect(html).toContain(action);
  await expect.poll(() => has(page, 'dialog[open]'), SOON).toBe(false);
  await page.press('g');
  await page.press('f');
  await page.press('/');
  await page.press('Control+a');
  await type(page, 'mark:malicious');
  await page.press('Enter');
  await expect.poll(() => gridRows(page), SOON).toBe(1);
  const csv = await page.download(() => command(page, 'export csv'));
  const [columns = [], ...rows] = parseCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv.bytes));
  expect(rows.map((cells) => cells[columns.indexOf('event_name')])).toEqual([action]);
  expect(rows.map((cells) => cells[columns.indexOf('note')])).toEqual(['logging was cut']);
  expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  await page.close();
}

/** Opens the command palette, types, and does what is found first. */
async function command(page: TestPage, letters: string): Promise<void> {
  await page.press('Control+k');
  // Not by `:focus`: Firefox's own list of downloads may have the window's focus.
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.role ?? '', null);
  await expect.poll(focused, SOON).toBe('combobox');
  await type(page, letters);
  await expect.poll(() => has(page, '[role=option] b'), SOON).toBe(true);
  await page.press('Enter');
}

async function type(page: TestPage, letters: string): Promise<void> {
  const { chromium, firefox } = page.driver;
  await (chromium ?? firefox!).keyboard.type(letters);
}

async function tabTo(page: TestPage, words: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '', null)).includes(words)) return;
    await page.press('Tab');
  }
  throw new Error(`Tab does not lead to ${words}.`);
}

/** Letters are commands again, as after a Tab out of the filter. */
function leaveFilter(page: TestPage): Promise<void> {
  return page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }, null);
}

function has(page: TestPage, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
}

function text(page: TestPage): Promise<string> {
  return page.evaluate(() => document.body.innerText, null);
}

function record(page: TestPage): Promise<string> {
  return page.evaluate(
    () => document.querySelector<HTMLElement>('section[aria-label=Record]')?.innerText.trim() ?? '',
    null,
  );
}

function heading(page: TestPage): Promise<string> {
  return page.evaluate(() => document.querySelector('#entity h2')?.textContent.trim() ?? '', null);
}

function focusedName(page: TestPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '', null);
}

function entries(page: TestPage): Promise<string[]> {
  return page.evaluate(
    () => Array.from(document.querySelectorAll('article[data-entry]'), (one) => one.textContent),
    null,
  );
}
