/**
 * How fast the built page is, in Chromium, beside the floor measured in the same run: `npm run bench`.
 * TRAILSIFT_BENCH_EVENTS sets the size of the large corpus (200,000), TRAILSIFT_BENCH_DIR keeps the corpora.
 */
import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { openPage } from '../e2e/support/page.ts';
import { corpus, tinyFiles, type Corpus } from './support/corpus.ts';
import { floor } from './support/floor.ts';

const EVENTS = Number(process.env['TRAILSIFT_BENCH_EVENTS'] ?? 200_000);
const folder = process.env['TRAILSIFT_BENCH_DIR'] ?? mkdtempSync(join(tmpdir(), 'trailsift-bench-'));
mkdirSync(folder, { recursive: true });

interface Line {
  what: string;
  events: number;
  ms: number;
  'events/s': number;
  'floor ms': number;
  'ratio to floor': number;
  'longest task ms': number;
}

const lines: Line[] = [];

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

async function measure(what: string, given: Corpus): Promise<Line> {
  const page = await openPage({ browser: 'chromium', scheme: 'http' });
  const isFolder = given.kind === 'folder';
  // The floor first: what the disk has to give is then in the system's cache for both.
  const under = await floor(page.driver.chromium!, given.path, isFolder);
  const since = await page.evaluate(() => performance.now(), null);
  await (isFolder ? page.addFolder(given.path) : page.addFiles([given.path]));
  const { events, duplicates, ms } = await page.waitDone({ timeout: 600_000 });
  const tasks = (await page.longTasks(since)).map((task) => task.ms);
  await page.close();
  expect(events + duplicates).toBe(under.records);
  const line = {
    what: `${what} (${given.from})`,
    events,
    ms: round(ms),
    'events/s': round(events / (ms / 1000)),
    'floor ms': round(under.ms),
    'ratio to floor': round(ms / under.ms, 2),
    'longest task ms': round(Math.max(0, ...tasks)),
  };
  lines.push(line);
  return line;
}

test.each([
  ['10,000 events, one .gz', () => corpus(10_000, 'one', folder)],
  [`${EVENTS.toLocaleString('en')} events, one .gz`, () => corpus(EVENTS, 'one', folder)],
  [`${EVENTS.toLocaleString('en')} events, S3 tree`, () => corpus(EVENTS, 's3', folder)],
  ['4,000 tiny files', () => tinyFiles(4000, folder)],
] as const)('%s', async (what, make) => {
  const line = await measure(what, make());
  expect(line.ms).toBeGreaterThan(0);
});

afterAll(() => {
  const size = statSync(join(inject('dist'), 'index.html')).size;
  console.table(lines);
  console.log(`dist/index.html: ${size.toLocaleString('en')} bytes`);
  writeFileSync(join(folder, 'bench.json'), JSON.stringify({ lines, size }, null, 2));
});
