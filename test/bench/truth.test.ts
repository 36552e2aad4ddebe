/**
 * A large corpus whose contents are known to the last event, through the built page as a person uses it: given, read,
 * and exported again. `npm run bench -- truth`; TRAILSIFT_TRUTH_EVENTS sets the size (200,000).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPage } from '../e2e/support/page.ts';
import { SOON, exportRows, gridRows } from '../e2e/support/screen.ts';
import type { Truth } from '../support/truth.ts';

const GENERATOR = resolve('../shared/data/tools/amplify.mjs');
const EVENTS = Number(process.env['TRAILSIFT_TRUTH_EVENTS'] ?? 200_000);

type Row = Record<string, string>;

/** How often each value is in the records, those set aside as duplicates included. */
function counts(rows: Iterable<Row>, valueOf: (row: Row) => string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const row of rows) {
    const value = valueOf(row);
    if (value !== '') found[value] = (found[value] ?? 0) + 1;
  }
  return found;
}

describe.skipIf(!existsSync(GENERATOR)).each([
  { layout: 's3', files: Math.ceil(EVENTS / 125), made: 'AWSLogs' },
  { layout: 'one', files: 1, made: 'cloudtrail.json.gz' },
  { layout: 'zip', files: Math.ceil(EVENTS / 500), made: 'cloudtrail-logs.zip' },
])('the built page, given $layout (needs ../shared beside the repository)', ({ layout, files, made }) => {
  test('has every event, once, with every value', async () => {
    const out = mkdtempSync(join(tmpdir(), 'trailsift-truth-'));
    const options = { events: EVENTS, files, layout, out, level: 1 };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    execFileSync(process.execPath, [GENERATOR, ...given], { stdio: 'ignore' });
    const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;

    const page = await openPage({ browser: 'chromium', scheme: 'file' });
    await (layout === 's3' ? page.addFolder(join(out, made)) : page.addFiles([join(out, made)]));
    const done = await page.waitDone({ timeout: 600_000 });
    expect(done).toMatchObject({
      refused: 0,
      events: truth.totals.uniqueEventIDs,
      duplicates: truth.totals.duplicates,
    });
    await page.click('tab', 'Events');
    await expect.poll(() => gridRows(page), SOON).toBe(done.events);
    const { rows } = await exportRows(page);
    await page.close();
    rmSync(out, { recursive: true, force: true });

    const byId = new Map(rows.map((row) => [row['event_id'] ?? '', row]));
    expect(byId.size).toBe(rows.length);
    const records = [...rows, ...truth.duplicateEventIDs.map((id) => byId.get(id)!)];
    expect(records).toHaveLength(truth.totals.records);
    const by = (column: string): Record<string, number> => counts(records, (row) => row[column] ?? '');
    expect(by('event_name')).toEqual(truth.byEventName);
    expect(by('event_source')).toEqual(truth.byEventSource);
    expect(by('account_id')).toEqual(truth.byAccount);
    expect(by('region')).toEqual(truth.byRegion);
    expect(by('error_code')).toEqual(truth.byErrorCode);
    expect(counts(records, (row) => row['event_time']!.slice(0, 10))).toEqual(truth.byDay);
    const planted = truth.planted.scenarios.flatMap(({ eventIDs }) => eventIDs);
    expect(planted.length).toBeGreaterThan(200);
    expect(planted.filter((id) => !byId.has(id))).toEqual([]);
    console.log(
      `${layout}: ${rows.length.toLocaleString('en')} events and ${truth.totals.duplicates} duplicates in ${Math.round(done.ms)} ms`,
    );
  });
});
