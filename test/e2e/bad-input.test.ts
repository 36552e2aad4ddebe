/** Damaged, foreign, hostile and missing: every file is accounted for, in one sentence a person can act on. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleIncident, sampleTruth } from '../../src/core/sample/index.ts';
import { newFolder } from './support/folder.ts';
import { newProfile, openPage, type PageOptions, type TestPage } from './support/page.ts';
import { logText, record } from './support/records.ts';
import {
  SOON,
  announced,
  exportRows,
  filter,
  gridRows,
  sourcesInSight,
  type SourceShown,
} from './support/screen.ts';

let page: TestPage;

afterEach(() => page.close());

test('an empty folder is told of, and makes no case', async () => {
  page = await openPage({ browser: 'chromium', scheme: 'http' });
  await ready(page);
  await page.drop([newFolder()]);
  await expect.poll(() => announced(page), SOON).toContain('the folder is empty');
  await page.screenshot('empty-folder');
  expect(await page.ingestState()).toMatchObject({ state: 'idle', files: 0 });
  await page.click('button', 'Try the sample incident');
  await page.waitDone({ files: sampleIncident().length });
});

describe.each([
  { browser: 'chromium', scheme: 'http' },
  { browser: 'firefox', scheme: 'file' },
] as const satisfies PageOptions[])('in $browser from $scheme', (way) => {
  test('each damaged or foreign file ends with its own sentence, and the counts add up', async () => {
    const text = logText(0, 1000);
    const whole = gzipSync(text);
    const wrongCrc = Buffer.from(whole);
    wrongCrc[wrongCrc.length - 8]! ^= 1;
    const files: Record<string, { content: string | Uint8Array; is: Expected }> = {
      'bad-utf8.json': {
        content: Buffer.from(logText(2000, 2001).replace('photos', 'ph\xffotos'), 'latin1'),
        is: { state: 'analysed', records: 1, says: /UTF-8/ },
      },
      'empty.json': { content: '', is: { state: 'analysed', records: 0, says: /empty/ } },
      'good.json': {
        content: logText(3000, 3010),
        is: { state: 'analysed', records: 10, says: /^$/ },
      },
      'holiday.jpg': { content: JPEG, is: { state: 'refused', records: 0, says: /JPEG|image|picture/i } },
      'holiday.png': { content: PNG, is: { state: 'refused', records: 0, says: /PNG|image|picture/i } },
      'no-records.json': {
        content: '{"Records":[]}',
        is: { state: 'analysed', records: 0, says: /no records?/i },
      },
      'plain.json.gz': {
        content: logText(4000, 4010),
        is: { state: 'analysed', records: 10, says: /^$|gzip|compressed/i },
      },
      'truncated.json.gz': {
        content: whole.subarray(0, whole.length >> 1),
        is: { state: 'in part', records: 'some', says: /cut off|truncated|end/i },
      },
      'wrong-crc.json.gz': { content: wrongCrc, is: { state: 'in part', records: 1000, says: /CRC|check/i } },
    };
    page = await openPage(way);
    await page.addFolder(
      newFolder(Object.fromEntries(Object.entries(files).map(([path, { content }]) => [path, content]))),
    );
    const state = await page.waitDone({ files: Object.keys(files).length });
    const sources = await sourcesInSight(page);
    await page.screenshot(`bad-files-${way.browser}`);
    expect(sources).toHaveLength(Object.keys(files).length);
    for (const [path, { is }] of Object.entries(files)) {
      const source = sources.find(({ file }) => file.includes(path))!;
      console.info(`${path}: ${source.state}, ${source.records} records. ${source.remark}`);
      expect.soft(source.state, path).toBe(is.state);
      expect.soft(source.remark, path).toMatch(is.says);
      if (is.records === 'some') expect.soft(source.records, path).toBeGreaterThan(100);
      else expect.soft(source.records, path).toBe(is.records);
      expect.soft(source.records, path).toBe(source.kept + source.duplicates);
    }
    const ended = (name: string): number => sources.filter(({ state }) => state === name).length;
    expect(state.files).toBe(ended('analysed') + ended('in part') + ended('refused'));
    expect(state.refused).toBe(ended('refused'));
    expect(state.events + state.duplicates).toBe(sources.reduce((sum, { records }) => sum + records, 0));
    // The truncated file's records are in the one with the wrong check value as well.
    expect(state.events).toBe(1000 + 1 + 10 + 10);
    expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
  });

  test('gzip bombs of 2 GB are stopped at a stated limit, in bounded memory', async () => {
    const profile = newProfile();
    const folder = newFolder({ 'good.json': logText(0, 10) });
    const blanks = ' '.repeat(20 * 2 ** 20);
    writeBomb(join(folder, 'blank.json.gz'), blanks);
    writeBomb(join(folder, 'bomb.json.gz'), `${JSON.stringify(record(100))},${blanks}`);
    page = await openPage({ ...way, profile });
    // What the page and its workers take by themselves is not the bombs' doing: a log is read first.
    await page.addFiles([join(folder, 'good.json')]);
    await page.waitDone();
    const before = residentMegabytes(profile);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, residentMegabytes(profile))), 200);
    await page.addFolder(folder);
    const { events, ms } = await page.waitDone({ files: 4 }).finally(() => clearInterval(watch));
    console.info(`${way.browser}: bombs stopped after ${ms} ms; ${most - before} MB more than before`);
    expect(events).toBe(11);
    const sources = await sourcesInSight(page);
    await page.screenshot(`bombs-${way.browser}`);
    const found = (name: string): SourceShown | undefined =>
      sources.find(({ file }) => file.startsWith(name));
    expect(found('blank')).toMatchObject({ state: 'refused', remark: expect.stringMatching(/first \d+ MB/) });
    expect(found('bomb')).toMatchObject({ state: 'in part', remark: expect.stringContaining('limit') });
    console.info(found('bomb')?.remark);
    expect(most - before).toBeLessThan(500);
  });

  test('without IndexedDB a case is held in memory, and says so', async () => {
    const profile = newProfile();
    // A file where the browser keeps the folder of its databases.
    const place = join(profile, way.browser === 'chromium' ? 'Default/IndexedDB' : 'storage');
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, 'not a folder');
    page = await openPage({ ...way, profile });
    await expect.poll(() => announced(page), SOON).toContain('held in memory only');
    await page.screenshot(`no-storage-start-${way.browser}`);
    await page.click('button', 'Try the sample incident');
    const { findings } = await page.waitDone({ files: sampleIncident().length });
    expect(findings).toBe([...sampleTruth().expected.values()].flat().length);
    await expect.poll(() => announced(page), SOON).toContain('This case is held in memory only');
    await filter(page, 'eventName:StopLogging AND errorCode:*', 0);
    await filter(page, '', findings);
    expect((await exportRows(page)).rows).toHaveLength(findings);
    await page.screenshot(`no-storage-case-${way.browser}`);
    await page.reload();
    await expect.poll(() => announced(page), SOON).toContain('Cases are held in memory only');
    expect(await page.ingestState()).toMatchObject({ state: 'idle', files: 0 });
  });
});

test('when the storage is full the case goes on in memory, and what was stored stays', async () => {
  const files = 12;
  const perFile = 1500;
  page = await openPage({ browser: 'chromium', scheme: 'http' });
  await ready(page);
  const { chromium } = page.driver;
  const session = await chromium!.context().newCDPSession(chromium!);
  const origin = await page.evaluate(() => location.origin, null);
  // Some 3 MB a file are kept, and none of it can be compressed away: the storage takes the first ones.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 16e6 });
  await page.drop([
    newFolder(
      Object.fromEntries(
        Array.from({ length: files }, (_, i) => [
          `log-${i}.json`,
          logText(i * perFile, (i + 1) * perFile, () => randomBytes(600).toString('hex')),
        ]),
      ),
    ),
  ]);
  const { events } = await page.waitDone({ files });
  expect(events).toBe(files * perFile);
  await expect.poll(() => announced(page), SOON).toMatch(/memory only.*no more storage/);
  await page.click('tab', 'Events');
  await expect.poll(() => gridRows(page), SOON).toBe(events);
  // Records of the first file, which is stored, and of the last one, which is not, are there as they were.
  for (const end of ['Home', 'End']) {
    await chromium!.getByRole('grid').focus();
    await page.press(end);
    await page.press('Enter');
    const key = end === 'Home' ? 'photos/0.jpg' : `photos/${events - 1}.jpg`;
    await expect.poll(() => page.evaluate(() => document.body.innerText, null), SOON).toContain(key);
    await page.screenshot(`quota-${end}`);
    await page.press('Escape');
  }
  await page.reload();
  await expect.poll(async () => (await page.ingestState()).events, SOON).toBeGreaterThan(0);
  const stored = await page.ingestState();
  expect(stored.events).toBeLessThan(events);
  const kept = (await sourcesInSight(page)).reduce((sum, source) => sum + source.kept, 0);
  await page.screenshot('quota-reloaded');
  expect(kept).toBe(stored.events);
});

interface Expected {
  state: 'analysed' | 'in part' | 'refused';
  records: number | 'some';
  /** What is to be said about it. */
  says: RegExp;
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex'),
  Buffer.alloc(4000, 0xa5),
  Buffer.from('ffd9', 'hex'),
]);

/** Waits for the start page. */
async function ready(starting: TestPage): Promise<void> {
  await starting.driver.chromium!.getByRole('button', { name: 'Try the sample incident' }).waitFor();
}

/**
 * Writes a gzip file of 2 MB that inflates to the beginning of a log and then 2 GB: a piece of 20 MB, a hundred times.
 * It is deflated once, with a full flush at its end, so that it does not depend on what is before it (RFC 1951).
 */
function writeBomb(path: string, piece: string): void {
  const flush = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const start = '{"Records":[';
  const deflated = deflateRawSync(piece, flush);
  const times = 100;
  const trailer = Buffer.alloc(8);
  // Nobody gets to the checksum; the length is what it says.
  trailer.writeUInt32LE((times * piece.length + start.length + 2) >>> 0, 4);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('1f8b0800000000000003', 'hex'),
      deflateRawSync(start, flush),
      ...Array.from({ length: times }, () => deflated),
      deflateRawSync(']}'),
      trailer,
    ]),
  );
}

/** Memory that the processes of the browser with this profile hold, MB; 0 where /proc does not tell. */
function residentMegabytes(profile: string): number {
  const pids = new Map<number, { parent: number; mine: boolean; megabytes: number }>();
  const entries = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const pid of entries) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string): number =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      const mine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
      pids.set(Number(pid), { parent: field('PPid'), mine, megabytes: field('RssAnon') / 1024 });
    } catch {
      // It has ended meanwhile.
    }
  }
  let sum = 0;
  for (const { parent, mine, megabytes } of pids.values()) {
    let belongs = mine;
    for (let at = parent; !belongs && at > 1; at = pids.get(at)?.parent ?? 0)
      belongs = pids.get(at)?.mine ?? false;
    if (belongs) sum += megabytes;
  }
  return Math.round(sum);
}
