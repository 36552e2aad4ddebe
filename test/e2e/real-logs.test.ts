/** Logs of a real attack simulation, and a generated bucket of which everything is known: numbers and events must match. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasePath } from '../../build/geo.ts';
import { openMmdb } from '../../src/core/geo/index.ts';
import { openPage, type PageOptions, type TestPage } from './support/page.ts';
import { SOON, exportRows, filter, gridRows } from './support/screen.ts';
import { HAVE_SHARED, sharedJson, sharedPath } from './support/shared.ts';

const REAL_WAYS = [
  { browser: 'chromium', scheme: 'http' },
  { browser: 'chromium', scheme: 'file' },
  { browser: 'firefox', scheme: 'file' },
] as const satisfies PageOptions[];

/** The countries that are no finding for the rule geo-outside. */
const HOME = ['IN', 'US'];

describe.skipIf(!HAVE_SHARED).each(REAL_WAYS)(
  'in $browser from $scheme (needs ../shared beside the repository)',
  (way) => {
    describe('55 files of one attack simulation', () => {
      let page: TestPage;
      let ms: number;

      beforeAll(async () => {
        page = await openPage(way);
        await give(page, way, sharedPath('invictus/CloudTrail'));
        ({ ms } = await page.waitDone({ files: 55 }));
      });

      afterAll(() => page.close());

      test('are all read', async () => {
        expect(await page.ingestState()).toMatchObject({
          files: 55,
          refused: 0,
          events: 2900,
          duplicates: 0,
        });
        console.info(`${way.browser} from ${way.scheme}: 2,900 real records in ${ms} ms`);
      });

      test('give exactly the findings that the recorded answers name', async () => {
        const { hits } = sharedJson<{ hits: Record<string, { eventIDs: string[] }> }>(
          'alerts/real_hits_invictus.json',
        );
        const expected = new Map<string, string[]>();
        for (const [key, { eventIDs }] of Object.entries(hits)) {
          const [rule = '', profile] = key.split('/');
          if (profile === 'corrected' && eventIDs.length > 0) expected.set(rule, [...eventIDs].sort());
        }
        // The recorded answers know no countries: the page looks them up.
        expected.set('geo-outside', eventsAbroad());
        await expect.poll(() => gridRows(page), SOON).toBeGreaterThan(0);
        const found = new Map<string, string[]>();
        for (const row of (await exportRows(page)).rows) {
          const rule = row['rule_id']!;
          found.set(rule, [...(found.get(rule) ?? []), row['event_id']!].sort());
        }
        for (const rule of new Set([...expected.keys(), ...found.keys()])) {
          expect(found.get(rule) ?? [], rule).toEqual(expected.get(rule) ?? []);
        }
        await page.screenshot(`invictus-${way.browser}-${way.scheme}`);
      });

      test('and nothing else happens', async () => {
        expect(await page.complaints()).toEqual({ requests: [], violations: [], errors: [] });
      });
    });

    describe('10,000 generated records in 300 files', () => {
      const truth = HAVE_SHARED ? sharedJson<Truth>('amp-10k/truth.json') : null;
      let page: TestPage;

      beforeAll(async () => {
        page = await openPage(way);
        await give(page, way, sharedPath('amp-10k/AWSLogs'));
        await page.waitDone({ files: 300 });
        await page.click('tab', 'Events');
      });

      afterAll(() => page.close());

      test('are all read, and kept once', async () => {
        const { totals } = truth!;
        expect(await page.ingestState()).toMatchObject({
          files: totals.files,
          refused: 0,
          events: totals.uniqueEventIDs,
          duplicates: totals.duplicates,
        });
      });

      test('hold every planted event', async () => {
        await filter(page, '', truth!.totals.uniqueEventIDs);
        const ids = new Set((await exportRows(page)).rows.map((row) => row['event_id']));
        expect(ids.size).toBe(truth!.totals.uniqueEventIDs);
        for (const { id, eventIDs } of truth!.planted.scenarios) {
          expect(
            eventIDs.filter((one) => !ids.has(one)),
            id,
          ).toEqual([]);
        }
        const smallest = truth!.planted.scenarios.find(({ id }) => id === 'root-use')!.eventIDs;
        const wanted = smallest.map((id) => `"${id}"`).join(' OR ');
        await filter(page, `eventID:(${wanted})`, smallest.length);
      });
    });
  },
);

interface Truth {
  totals: { files: number; uniqueEventIDs: number; duplicates: number };
  planted: { scenarios: { id: string; eventIDs: string[] }[] };
}

/** Chromium gets the folder dropped on the page, as a person does; Firefox's automation can only choose files. */
function give(page: TestPage, way: PageOptions, folder: string): Promise<void> {
  return way.browser === 'chromium' ? page.drop([folder]) : page.addFolder(folder);
}

/** Events of the attack simulation that came from another country than the rule's home countries. */
function eventsAbroad(): string[] {
  const database = openMmdb(readFileSync(databasePath()));
  const folder = sharedPath('invictus/CloudTrail');
  const ids: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const { Records } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      Records: { eventID: string; sourceIPAddress: string }[];
    };
    for (const { eventID, sourceIPAddress } of Records) {
      const country = database.lookup(sourceIPAddress)?.country_code ?? '';
      if (country !== '' && !HOME.includes(country)) ids.push(eventID);
    }
  }
  return ids.sort();
}
