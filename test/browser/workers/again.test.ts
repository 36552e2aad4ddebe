/** Files given more than once, and reading that broke off: nothing is taken in twice, and nothing is left out. */
import { describe, expect, it } from 'vitest';
import { StoreFailure, type CaseStore } from '../../../src/store/case-store.ts';
import type { CaseRow } from '../../../src/store/database.ts';
import type { CaseEvent, Parcel, Source } from '../../../workers/contract.ts';
import type { Places } from '../../../workers/case/geo.ts';
import { OpenCase } from '../../../workers/case/open-case.ts';
import { DEFAULT_SETTINGS } from '../../../workers/case/rule-book.ts';
import { create, files, log, openPage, record, type Page } from './support.ts';

const PLACES: Places = { placeOf: () => null, facts: new Set(), key: '' };

/** Without an ID: nothing but the file tells that it was read before. */
const anonymous = (n: number): object => record(n, { eventID: undefined });

/** A log that takes some blocks. */
const long = (path: string, records: number): { path: string; file: File } =>
  log(
    path,
    Array.from({ length: records }, (_, n) => (n % 10 === 0 ? anonymous(n) : record(n))),
  );

const sourcesOf = async (page: Page): Promise<Source[]> => (await page.cases.sources(0, 1000, 'all')).sources;

/** Holds of every state of a case: each record read is an event or a duplicate. */
function addsUp(sources: readonly Source[], events: number, duplicates: number): void {
  const sum = (of: (source: Source) => number): number => sources.reduce((all, one) => all + of(one), 0);
  expect(sum((source) => source.kept)).toBe(events);
  expect(sum((source) => source.duplicates)).toBe(duplicates);
  expect(sum((source) => source.records)).toBe(events + duplicates);
}

describe('a file that the case has', () => {
  it('is recognised by its bytes under another name in the same drop', async () => {
    const page = openPage(2);
    await create(page);
    const records = [record(1), anonymous(2), record(3)];
    await page.read(
      files(log('a/one.json', records), log('b/copy.json', records), log('c.json', [record(1)])),
    );
    const header = await page.cases.settle();
    expect(header).toMatchObject({ events: 3, duplicates: 1, files: 3, repeatedFiles: 1, conflicting: 0 });
    const sources = await sourcesOf(page);
    addsUp(sources, 3, 1);
    const [repeated] = sources.filter(({ state }) => state === 'repeated');
    expect(repeated).toMatchObject({
      records: 0,
      kept: 0,
      duplicates: 0,
      reason: expect.stringMatching(/as (a|b)\//),
    });
  });

  it('is told when it comes twice under one path, as in an archive that was added to', async () => {
    const page = openPage(1);
    await create(page);
    const once = log('a/one.json', [anonymous(1), anonymous(2)]);
    await page.read(files(once, log('b.json', [anonymous(3)]), once));
    expect(await page.cases.settle()).toMatchObject({
      events: 3,
      duplicates: 0,
      files: 3,
      repeatedFiles: 1,
    });
    addsUp(await sourcesOf(page), 3, 0);
  });

  it('is not read again later, nor after the case was closed and opened', async () => {
    const page = openPage(2);
    const id = await create(page);
    const logs = Array.from({ length: 20 }, (_, n) => log(`${n}.json`, [anonymous(n)]));
    await page.read(files(...logs));
    await page.cases.settle();
    await page.read(files(...logs));
    expect(await page.cases.settle()).toMatchObject({ events: 20, files: 40, repeatedFiles: 20 });
    await page.cases.close();
    await page.cases.open(id, false);
    await page.read(files(...logs, log('new.json', [anonymous(99)])));
    expect(await page.cases.settle()).toMatchObject({
      events: 21,
      duplicates: 0,
      files: 61,
      repeatedFiles: 40,
    });
    addsUp(await sourcesOf(page), 21, 0);
  });

  it('is read again where it was refused, and takes the place of what was said then', async () => {
    const page = openPage(1);
    await create(page);
    const foreign = { path: 'notes.txt', file: new File(['hello'], 'notes.txt') };
    await page.read(files(foreign));
    await page.read(files(foreign));
    expect(await page.cases.settle()).toMatchObject({ files: 1, refusedFiles: 1, repeatedFiles: 0 });
    expect(await sourcesOf(page)).toHaveLength(1);
  });
});

/** Records that take longer to read than it takes to be told of the first of them. */
const MANY = 300_000;

describe('reading that broke off', () => {
  it('is gone on with when the file is given again, after the tab was closed', async () => {
    const page = openPage(1);
    const id = await create(page);
    const rest = log('rest.json', [record(900_000)]);
    const whole = long('logs/long.json', MANY);
    // The tab is closed: all its workers end at once, after something was stored.
    await new Promise<void>((resolve) => {
      void page.read(files(whole, rest), ({ stored }) => {
        if (stored.events === 0) return;
        for (const worker of [...page.readers, page.worker]) worker.terminate();
        resolve();
      });
    });
    const again = openPage(2);
    await again.cases.open(id, false);
    const before = (await again.cases.header())!;
    expect(before.incomplete).toEqual({ unstored: 0 });
    expect(before.events).toBeLessThan(MANY);
    expect(await sourcesOf(again)).toMatchObject([{ state: 'interrupted', path: 'logs/long.json' }]);

    await again.read(files({ ...whole, path: 'long.json' }, rest));
    const after = await again.cases.settle();
    expect(after).toMatchObject({
      events: MANY + 1, duplicates: 0, conflicting: 0, files: 2, repeatedFiles: 0, incomplete: null,
    }); // prettier-ignore
    const sources = await sourcesOf(again);
    expect(sources.map(({ state, path, records }) => [state, path, records])).toEqual([
      ['analysed', 'long.json', MANY],
      ['analysed', 'rest.json', 1],
    ]);
    addsUp(sources, MANY + 1, 0);

    await again.cases.close();
    await again.cases.open(id, false);
    expect(await again.cases.header()).toMatchObject({ events: MANY + 1, files: 2, incomplete: null });
    addsUp(await sourcesOf(again), MANY + 1, 0);
  }, 60_000);

  it('because its worker ended without an error is gone on with by another worker', async () => {
    const page = openPage(1);
    await create(page);
    let killed = false;
    const last = await page.read(
      files(log('small.json', [record(800_000)]), long('long.json', MANY)),
      (progress) => {
        if (killed || progress.stored.events < 10_000) return;
        killed = true;
        page.readers[0]!.terminate();
      },
    );
    expect(killed).toBe(true);
    expect(last.problem).toBe('');
    expect(await page.cases.settle()).toMatchObject({
      events: MANY + 1,
      duplicates: 0,
      files: 2,
      repeatedFiles: 0,
    });
    const sources = await sourcesOf(page);
    expect(sources.map(({ state }) => state)).toEqual(['analysed', 'analysed']);
    addsUp(sources, MANY + 1, 0);
  }, 60_000);

  it('for want of room is remembered with the case, file by file', async () => {
    const written: Partial<CaseRow>[] = [];
    let full = false;
    const store = {
      putParcel: () =>
        full ? Promise.reject(new StoreFailure('quota', 'No more room.')) : Promise.resolve(),
      putReading: ({ reading, unstored }: CaseRow) =>
        Promise.resolve(void written.push({ reading, unstored })),
    } as unknown as CaseStore;
    const row: CaseRow = {
      id: 'case', owner: 'me', name: 'Case', created: 1, opened: 1, events: 0, findings: 0, files: 0, bytes: 0,
      from: NaN, to: NaN, rules: DEFAULT_SETTINGS, filters: [], reading: true, unstored: [],
    }; // prettier-ignore
    const told: CaseEvent[] = [];
    const opened = new OpenCase(row, store, '', PLACES, (event) => told.push(event));
    const file = (key: number): Parcel => ({
      session: 'one',
      ruleSet: 1,
      opened: [
        { key, path: `${key}.json`, bytes: 1, sha256: `${key}`.repeat(64), retry: false, original: null },
      ],
      block: null,
      closed: [
        {
          key,
          report: {
            path: `${key}.json`, bytes: 1, inflated: 1, state: 'analysed', formatId: '',
            format: '', records: 0, refusedRecords: 0, from: NaN, to: NaN, accounts: [], regions: [], reason: '', notes: [],
          }, // prettier-ignore
        },
      ],
    });
    await opened.accept(file(1));
    full = true;
    await opened.accept(file(2));
    await opened.accept(file(3));
    await opened.settle();
    expect(told).toMatchObject([{ kind: 'memory-only' }]);
    expect(written).toEqual([{ reading: true, unstored: ['2'.repeat(16), '3'.repeat(16)] }]);

    full = false;
    const later = new OpenCase({ ...row, ...written[0], owner: 'me' }, store, '', PLACES, () => undefined);
    expect(later.header(0).incomplete).toEqual({ unstored: 2 });
    await later.accept(file(2));
    expect(later.header(0).incomplete).toEqual({ unstored: 1 });
    await later.accept(file(3));
    await later.settle();
    expect(later.header(0).incomplete).toBeNull();
    expect(written.at(-1)).toEqual({ reading: false, unstored: [] });
  });
});
