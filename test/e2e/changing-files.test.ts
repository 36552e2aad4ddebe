/** Files that change, grow or go away while they wait or are being read: every one of them is accounted for. */
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from './support/folder.ts';
import { openPage } from './support/page.ts';
import { logText } from './support/records.ts';
import { announced, filter, gridRows, sourcesInSight, SOON } from './support/screen.ts';

/** Records of a file that takes a second or two to read. */
const MANY = 60_000;
/** Records of a file that is too large to be read into memory as a whole. */
const LARGE = 9_000;

test('what changes while it waits is refused, each file with what to do; the others are read', async () => {
  const text = (number: number, records: number): string => logText(number * MANY, number * MANY + records);
  const waiting = {
    'small-changed.json': text(1, 10),
    'small-gone.json': text(2, 10),
    'large-changed.json': text(3, LARGE),
    'large-gone.json': text(4, LARGE),
    'large-cut.json': text(5, LARGE),
    'empty-at-first.json': '',
    'good.json': text(6, 10),
    'good-large.json': text(7, LARGE),
  };
  const folder = newFolder({ 'busy.json': text(0, MANY), ...waiting });
  const at = (name: string): string => join(folder, name);
  const page = await openPage({ browser: 'chromium', scheme: 'file' });
  await page.addFiles([at('busy.json')]);
  await page.addFiles(Object.keys(waiting).map(at));
  expect(await page.ingestState()).toMatchObject({ state: 'busy', files: 0 });
  writeFileSync(at('small-changed.json'), text(1, 12));
  rmSync(at('small-gone.json'));
  appendFileSync(at('large-changed.json'), '\n');
  rmSync(at('large-gone.json'));
  truncateSync(at('large-cut.json'), 5_000_000);
  writeFileSync(at('empty-at-first.json'), text(8, 2));
  const done = await page.waitDone({ files: 9 });
  expect(done).toMatchObject({ files: 9, refused: 6, events: MANY + 10 + LARGE });
  const sources = await sourcesInSight(page);
  for (const { file, state, remark } of sources) {
    const isGood = /^(?:busy|good)/.test(file);
    expect({ file, state }).toEqual({ file, state: isGood ? 'analysed' : 'refused' });
    if (!isGood) expect(remark).toMatch(/moved or changed.*Add it again/);
  }
  await page.close();
});

/**
 * The log with so much white space between its first records that reading it takes a while before anything of it is
 * stored.
 */
function slowly(text: string): string {
  const gap = ' '.repeat(20 << 20);
  let gaps = 0;
  return text.replace(/,\s*(?=\{"eventVersion")/g, (comma) => (gaps++ < 10 ? comma + gap : comma));
}

test('a file that changes while it is read costs its bytes, and nothing else of the case', async () => {
  const folder = newFolder({
    'changes.json': slowly(logText(0, MANY)),
    'stays.json': logText(MANY, MANY + LARGE),
  });
  const path = join(folder, 'changes.json');
  const page = await openPage({ browser: 'chromium', scheme: 'http' });
  await page.addFiles([path]);
  // It is known by its bytes, and being read, before anything of it is stored.
  await expect
    .poll(
      () =>
        page.evaluate(
          () => document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? '0',
          null,
        ),
      SOON,
    )
    .not.toBe('0');
  appendFileSync(path, '\n');
  const first = await page.waitDone();
  expect(first).toMatchObject({ files: 1 });
  await page.addFiles([join(folder, 'stays.json')]);
  const both = await page.waitDone({ files: 2 });
  expect(both.events).toBe(first.events + LARGE);
  expect(await announced(page)).not.toContain('held in memory only');
  await expect.poll(() => announced(page), SOON).toContain('The bytes of 1 file cannot be read any more');
  // A field that no column has is looked for in the records themselves.
  await page.click('tab', 'Events');
  await filter(page, 'requestParameters.bucketName:"fernlight-media"', LARGE);
  await page.reload();
  await expect.poll(() => gridRows(page), SOON).toBe(LARGE);
  expect(await page.ingestState()).toMatchObject({ files: 2, events: both.events });
  const [changed] = await sourcesInSight(page);
  expect(changed).toMatchObject({ file: 'changes.json', kept: first.events });
  await page.close();
});
