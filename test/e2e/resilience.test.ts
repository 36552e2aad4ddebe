/** What a person was shown as done stays done, whatever ends early: the person, the tab, a worker, another tab. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Worker } from 'playwright-core';
import { sampleIncident, sampleTruth } from '../../src/core/sample/index.ts';
import { newFolder } from './support/folder.ts';
import { openPage, type IngestState, type TestPage } from './support/page.ts';
import { eventId, logText } from './support/records.ts';
import { SOON, announced, exportRows, gridRows, heading, sourcesInSight } from './support/screen.ts';

/** A folder that takes long enough to read for something to happen meanwhile: about 13 MB in each file. */
const FILES = 5;
const RECORDS = 18_000;
const TOTAL = FILES * RECORDS;

let folder = '';
let page: TestPage;

beforeAll(() => {
  folder = newFolder(
    Object.fromEntries(
      Array.from({ length: FILES }, (_, i) => [`log-${i}.json`, logText(i * RECORDS, (i + 1) * RECORDS)]),
    ),
  );
});

afterEach(() => page.close());

test('cancelling keeps what was read, and says of the file in hand that it was read in part', async () => {
  page = await start();
  // A small file, so that something is stored at once; then one that is large enough not to be read before the click.
  const many = 3 * TOTAL;
  await page.drop([newFolder({ '0.json': logText(0, 100), '1.json': logText(100, many) })]);
  await cancelWhenSomeIsStored(page);
  const { events, files } = await page.waitDone({ files: 0 });
  expect(events).toBeGreaterThan(0);
  expect(events).toBeLessThan(many);
  const sources = await sourcesInSight(page);
  expect(sources).toHaveLength(files);
  expect(sum(sources.map(({ kept }) => kept))).toBe(events);
  const partial = sources.filter(({ state }) => state !== 'analysed');
  expect(partial).toEqual([expect.objectContaining({ state: 'in part' })]);
  expect(partial[0]!.remark).toMatch(/cancel|stopped/i);
  await page.screenshot('cancelled');
  await hasEachEventOnce(page, events, many);
});

test('a reload while reading loses nothing that was shown, and giving the folder again adds the rest', async () => {
  page = await start();
  // Nobody clicks in this browser, so it does not ask; where it asks, the answer is to leave.
  page.driver.chromium!.on('dialog', (dialog) => void dialog.accept());
  await page.drop([folder]);
  const before = await untilSomeIsStored(page);
  const shown = await gridRows(page);
  await page.reload();
  await expect
    .poll(async () => (await page.ingestState()).events, SOON)
    .toBeGreaterThanOrEqual(before.events);
  const after = await page.ingestState();
  expect(after.events).toBeLessThan(TOTAL);
  expect(after.findings).toBeGreaterThanOrEqual(shown);
  await expect.poll(() => gridRows(page), SOON).toBe(after.findings);
  await expect.poll(() => announced(page), SOON).toContain('Reading had not ended');
  await page.screenshot('not-ended');

  await page.addFolder(folder);
  await expect.poll(async () => (await page.ingestState()).state, SOON).toBe('done');
  const again = await page.ingestState();
  expect(again).toMatchObject({ events: TOTAL, duplicates: 0, files: after.files + FILES });
  const sources = await sourcesInSight(page);
  expect(sources.filter(({ state }) => state === 'repeated')).toHaveLength(after.files);
  expect(sources.filter(({ state }) => state === 'analysed')).toHaveLength(FILES);
  await page.screenshot('rest-added');
  expect(await announced(page)).not.toContain('Reading had not ended');
  await hasEachEventOnce(page, TOTAL);
});

test('the same folder twice is recognised, said, and shows nothing twice', async () => {
  const files = sampleIncident();
  const { events, expected } = sampleTruth();
  const findings = sum([...expected.values()].map((rules) => rules.length));
  const twice = newFolder(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  page = await start();
  await page.drop([twice]);
  const first = await page.waitDone({ files: files.length });
  await page.drop([twice]);
  const second = await page.waitDone({ files: 2 * files.length });
  expect(second).toMatchObject({
    events: events.length,
    findings,
    duplicates: first.duplicates,
    refused: 0,
  });
  await expect.poll(() => gridRows(page), SOON).toBe(findings);
  const said = await page.evaluate(
    () => document.querySelector('[data-testid=ingest]')?.textContent ?? '',
    null,
  );
  expect(said).toContain(`${files.length} files were already in this case`);
});

describe('a second tab', () => {
  test('is told that the case is open, may take it over, and the first tab lets go', async () => {
    page = await start();
    await page.click('button', 'Try the sample incident');
    const { events, findings } = await page.waitDone({ files: sampleIncident().length });
    const other = await page.newTab();
    await other.click('button', 'Sample incident');
    await expect.poll(() => heading(other), SOON).toBe('This case is open in another tab');
    await other.screenshot('busy');
    await other.click('button', 'Take over');
    await expect.poll(() => gridRows(other), SOON).toBe(findings);
    await expect.poll(() => heading(page), SOON).toBe('Another tab has taken this case over');
    await page.screenshot('taken-over');
    await page.click('button', 'Take it back');
    await expect.poll(() => gridRows(page), SOON).toBe(findings);
    await expect.poll(() => heading(other), SOON).toBe('Another tab has taken this case over');
    expect(await page.ingestState()).toMatchObject({ events, findings });
  });

  test('that takes over in the middle of reading has a sound case, and can read on', async () => {
    page = await start();
    await page.drop([folder]);
    const before = await untilSomeIsStored(page);
    const other = await page.newTab();
    await other.driver.chromium!.getByRole('cell').first().getByRole('button').click();
    await other.click('button', 'Take over');
    await expect
      .poll(async () => (await other.ingestState()).events, SOON)
      .toBeGreaterThanOrEqual(before.events);
    await expect.poll(() => heading(page), SOON).toBe('Another tab has taken this case over');

    await other.addFolder(folder);
    await expect.poll(async () => (await other.ingestState()).state, SOON).toBe('done');
    expect(await other.ingestState()).toMatchObject({ events: TOTAL, duplicates: 0 });
    expect(await announced(other)).not.toContain('memory');
    await other.reload();
    await expect.poll(async () => (await other.ingestState()).events, SOON).toBe(TOTAL);
    await hasEachEventOnce(other, TOTAL);
  });

  test('that deletes the case leaves none of it behind', async () => {
    page = await start();
    await page.drop([folder]);
    await untilSomeIsStored(page);
    const other = await page.newTab();
    await other.driver.chromium!.getByRole('button', { name: /^Delete trailsift-logs/ }).click();
    await other.click('button', 'Delete');
    await other.driver.chromium!.getByRole('cell').first().waitFor({ state: 'detached' });
    await page.waitDone({ files: 0 }).catch(() => undefined);
    await other.reload();
    await other.driver.chromium!.getByRole('button', { name: 'Try the sample incident' }).waitFor();
    expect(await other.driver.chromium!.getByRole('cell').count()).toBe(0);
  });
});

describe('a worker that dies', () => {
  test('while reading is replaced, and the numbers are right', async () => {
    page = await start();
    await page.drop([folder]);
    await untilSomeIsStored(page);
    // The case worker is the first one. A reader may have been there before: the page makes one ready while it waits.
    const [, reader] = page.driver.chromium!.workers();
    expect(reader).toBeDefined();
    await kill(reader!);
    const state = await page.waitDone({ files: FILES });
    expect(state).toMatchObject({ events: TOTAL, files: FILES, refused: 0 });
    const read = (await sourcesInSight(page)).filter((source) => source.state === 'analysed');
    expect(sum(read.map(({ records }) => records))).toBe(TOTAL);
    await hasEachEventOnce(page, TOTAL);
  });

  test('with the case in it ends in a message and not in waiting', async () => {
    page = await start();
    const [caseWorker] = page.driver.chromium!.workers();
    await page.drop([folder]);
    const before = await untilSomeIsStored(page);
    await kill(caseWorker!);
    await expect.poll(() => announced(page), SOON).toMatch(/case worker stopped.*Reload/);
    await expect.poll(async () => (await page.ingestState()).state, SOON).not.toBe('busy');
    await page.screenshot('case-worker-died');
    await page.reload();
    await expect
      .poll(async () => (await page.ingestState()).events, SOON)
      .toBeGreaterThanOrEqual(before.events);
  });
});

test('cases are made, named, left, opened again and deleted one by one', async () => {
  page = await start();
  await page.click('button', 'Try the sample incident');
  const sample = await page.waitDone({ files: sampleIncident().length });
  await page.click('button', 'Sample incident');
  await page.click('menuitem', 'Rename…');
  await page.driver.chromium!.getByRole('textbox', { name: 'Name of the case' }).fill('First <b>case</b>');
  await page.click('button', 'Rename');
  await page.click('button', 'First <b>case</b>');
  await page.click('menuitem', 'Close the case');

  await page.addFiles([`${newFolder({ 'second.json': logText(0, 100) })}/second.json`]);
  await expect.poll(async () => (await page.ingestState()).events, SOON).toBe(100);
  await page.waitDone();
  await page.click('button', 'second');
  await page.click('menuitem', 'Close the case');
  await page.click('button', 'First <b>case</b>');
  await expect.poll(async () => (await page.ingestState()).events, SOON).toBe(sample.events);
  await expect.poll(() => gridRows(page), SOON).toBe(sample.findings);
  await page.click('button', 'First <b>case</b>');
  await page.click('menuitem', 'Close the case');
  await page.click('button', 'Delete First <b>case</b>');
  await page.click('button', 'Delete');
  await expect.poll(() => page.driver.chromium!.getByRole('row').count(), SOON).toBe(2);
  await page.click('button', 'second');
  await expect.poll(async () => (await page.ingestState()).events, SOON).toBe(100);
  expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
});

async function start(): Promise<TestPage> {
  const opened = await openPage({ browser: 'chromium', scheme: 'http' });
  await opened.driver.chromium!.getByRole('button', { name: 'Try the sample incident' }).waitFor();
  return opened;
}

/** Waits until the page says, while it reads, that some events are safe. @returns what it said */
async function untilSomeIsStored(reading: TestPage): Promise<IngestState> {
  let state: IngestState | null = null;
  await expect
    .poll(async () => (state = await reading.ingestState()).events, { ...SOON, interval: 10 })
    .toBeGreaterThan(0);
  expect(state).toMatchObject({ state: 'busy' });
  return state!;
}

/** From within the page, at once: a driver takes as long for a click as the page for the rest of the file. */
async function cancelWhenSomeIsStored(reading: TestPage): Promise<void> {
  await reading.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const { events } = document.querySelector<HTMLElement>('[data-testid=ingest]')!.dataset;
          const buttons = [...document.querySelectorAll('button')];
          const cancel = buttons.find((button) => button.textContent.trim() === 'Cancel');
          if (Number(events) === 0 || cancel === undefined) return;
          clearInterval(timer);
          cancel.click();
          resolve();
        }, 5);
      }),
    null,
  );
}

/** Ends a worker as an error that nothing caught does, and for good. */
async function kill(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    setTimeout(() => {
      setTimeout(() => self.close(), 50);
      throw new Error('Killed by a test');
    });
  });
}

/** Exports all events: `count` of them, none twice, all of those that were written. */
async function hasEachEventOnce(reading: TestPage, events: number, given = TOTAL): Promise<void> {
  await reading.click('tab', 'Events');
  await expect.poll(() => gridRows(reading), SOON).toBe(events);
  const ids = new Set((await exportRows(reading)).rows.map((row) => row['event_id']));
  expect(ids.size).toBe(events);
  let known = 0;
  for (let n = 0; n < given; n++) if (ids.has(eventId(n))) known++;
  expect(known).toBe(events);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
