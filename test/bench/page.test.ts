/**
 * How fast the built page is, in Chromium, all in one run: `npm run bench`.
 *
 * TRAILSIFT_BENCH_EVENTS sets the size of the large corpora (1,000,000); TRAILSIFT_BENCH_FOLDER keeps the corpora, and
 * the results in `bench.json`.
 */
import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { newProfile, openPage, type TestPage } from '../e2e/support/page.ts';
import { SOON, gridRows } from '../e2e/support/screen.ts';
import { corpus, tinyFiles, type Corpus } from './support/corpus.ts';
import { floor } from './support/floor.ts';
import { inflating } from './support/inflating.ts';
import { manyRuleFiles } from './support/many-rules.ts';
import { peakOfRenderer } from './support/memory.ts';
import { scrolling } from './support/scrolling.ts';
import { interactions } from './support/triage.ts';

const EVENTS = Number(process.env['TRAILSIFT_BENCH_EVENTS'] ?? 1_000_000);
const folder = process.env['TRAILSIFT_BENCH_FOLDER'] ?? mkdtempSync(join(tmpdir(), 'trailsift-bench-'));
mkdirSync(folder, { recursive: true });

const tables: Record<string, Record<string, string | number>[]> = {
  'Reading, and the floor on the same bytes': [],
  'Alerts: the same log with the shipped ones and with 800 more': [],
  'Answers with the large case open, ms': [],
};
const [READING, ALERTS, ANSWERS] = Object.keys(tables) as [string, string, string];

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
const thousands = (value: number): string => value.toLocaleString('en');

async function give(page: TestPage, given: Corpus): Promise<void> {
  await (given.kind === 'folder' ? page.addFolder(given.path) : page.addFiles([given.path]));
}

async function floorOf(given: Corpus): Promise<{ ms: number; records: number }> {
  const aside = await openPage({ browser: 'chromium', scheme: 'http' });
  const under = await floor(aside.driver.chromium!, given.path, given.kind === 'folder');
  await aside.close();
  return under;
}

/** From giving the files to findings that are stored, beside the floor. The case is left open in the page. */
async function read(what: string, given: Corpus, hasFloor = true): Promise<TestPage> {
  // The floor first: what the disk has to give is then in the system's cache for both.
  const under = hasFloor ? await floorOf(given) : { ms: NaN, records: NaN };
  const profile = newProfile();
  const page = await openPage({ browser: 'chromium', scheme: 'http', profile });
  await give(page, given);
  // The browser's own making of the list of files that were picked is over by now.
  const since = await page.evaluate(() => performance.now(), null);
  const { events, duplicates, findings, ms } = await page.waitDone({ timeout: 900_000 });
  const tasks = (await page.longTasks(since)).map((task) => task.ms);
  if (hasFloor) expect(events + duplicates).toBe(under.records);
  tables[READING]!.push({
    what,
    events,
    findings,
    ms: round(ms),
    'events/s': round(events / (ms / 1000)),
    'floor ms': round(under.ms),
    'ratio to floor': round(ms / under.ms, 2),
    'longest task ms': round(Math.max(0, ...tasks)),
    'peak MB': round(peakOfRenderer(profile)),
  });
  return page;
}

// Growth: a hundredth, a tenth and a fifth of the large one.
test.each([EVENTS / 100, EVENTS / 10, EVENTS / 5])('%d events in one .gz', async (events) => {
  await (await read(`${thousands(events)} events, one .gz`, corpus(events, 'one', folder))).close();
});

test.each([
  ['zip', () => corpus(EVENTS, 'zip', folder)],
  ['tar', () => corpus(EVENTS, 'tar', folder)],
  [`S3 tree of ${thousands(Math.ceil(EVENTS / 125))} files`, () => corpus(EVENTS, 's3', folder)],
] as const)('the large corpus as %s', async (what, make) => {
  await (await read(`${thousands(EVENTS)} events, ${what}`, make())).close();
});

test('4,000 tiny files', async () => {
  await (await read('4,000 tiny files', tinyFiles(4000, folder))).close();
});

test('the large corpus in one .gz; working with it; opening it again; deleting it', async () => {
  // Its text is longer than a string of V8 may be: JSON.parse has no floor for it.
  const given = corpus(EVENTS, 'one', folder);
  const page = await read(`${thousands(EVENTS)} events, one .gz`, given, false);
  tables[ANSWERS]!.push(...(await interactions(page)), ...(await scrolling(page)));
  await page.close();
  const aside = await openPage({ browser: 'chromium', scheme: 'http' });
  const ms = round(await inflating(aside.driver.chromium!, given.path));
  tables[ANSWERS]!.push({
    what: 'beside: inflating the file and nothing else',
    ms,
    'longest task ms': NaN,
    rows: NaN,
  });
  await aside.close();
});

/** Reading times by how many more alerts there are, ms: by turns, because one run alone differs by a tenth and more. */
const withMore = new Map<number, number[]>();

test.each([0, 800, 0, 800, 0, 800, 0, 800, 0, 800])(
  'the log with the shipped alerts and %d more',
  async (more) => {
    const given = corpus(EVENTS / 5, 'one', folder);
    const files = join(folder, 'alerts');
    mkdirSync(files, { recursive: true });
    const paths = manyRuleFiles(800).map(({ name, text }) => {
      writeFileSync(join(files, name), text);
      return join(files, name);
    });
    const page = await openPage({ browser: 'chromium', scheme: 'http' });
    await page.addFiles([tinyFiles(1, folder).path + '/0.json.gz']);
    await page.waitDone();
    await page.click('tab', 'Rules');
    if (more > 0) {
      await page.driver.chromium!.getByLabel('Import alerts').setInputFiles(paths);
      await expect.poll(() => gridRows(page), { ...SOON, timeout: 60_000 }).toBeGreaterThan(more);
      // They are in force, and checked: what is measured is reading with them, not importing them.
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
    await page.click('tab', 'Findings');
    await page.addFiles([given.path]);
    const { events, findings, ms } = await page.waitDone({ files: 2, timeout: 900_000 });
    const times = [...(withMore.get(more) ?? []), round(ms)].sort((x, y) => x - y);
    withMore.set(more, times);
    const line = { alerts: `shipped + ${more}`, events, findings, ms: times.join(', ') };
    // Other programs only ever make it slower.
    const [quickest, middle] = [0, times.length >> 1].map((at) =>
      round(times[at]! / (withMore.get(0)?.[at] ?? NaN), 2),
    );
    tables[ALERTS]![more === 0 ? 0 : 1] = {
      ...line,
      'ratio of the quickest': quickest!,
      'ratio of the middle ones': middle!,
    };
    await page.close();
  },
);

afterAll(() => {
  const size = statSync(join(inject('dist'), 'index.html')).size;
  for (const [title, lines] of Object.entries(tables)) {
    console.log(title);
    console.table(lines);
  }
  console.log(`dist/index.html: ${thousands(size)} bytes`);
  writeFileSync(join(folder, 'bench.json'), JSON.stringify({ tables, size }, null, 2));
});
