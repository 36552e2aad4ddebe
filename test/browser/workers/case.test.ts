import { describe, expect, it } from 'vitest';
import { sampleTruth } from '../../../src/core/sample/index.ts';
import { all, create, files, log, openPage, record } from './support.ts';

describe('a case', () => {
  it('finds in the sample incident exactly what was put there', async () => {
    const page = openPage();
    await create(page);
    await page.sample();
    const found = new Map<string, string[]>();
    const answer = await page.cases.view(all('findings'));
    if (!answer.ok) throw new Error('no view');
    for (const row of await page.cases.rows(answer.view, 0, answer.total)) {
      const detail = await page.cases.detail(row.event, '');
      if (!detail.ok) throw new Error(detail.message);
      found.set(detail.detail.eventId, detail.detail.findings.map(({ rule }) => rule.id).sort());
    }
    const truth = new Map([...sampleTruth().expected].map(([id, rules]) => [id, [...rules].sort()]));
    expect(found).toEqual(truth);
  }, 60_000);

  it('is there again after its worker died, with all that was reported', async () => {
    const page = openPage();
    const id = await create(page);
    await page.read(files(log('a.json', [record(1), record(2)]), log('b.json', [record(2), record(3)])));
    const before = await page.cases.header();
    page.worker.terminate();
    const again = openPage();
    const answer = await again.cases.open(id, false);
    expect(answer.ok && answer.header).toMatchObject({
      events: 3,
      duplicates: 1,
      files: 2,
      name: 'Case',
      from: before!.from,
      accounts: ['111122223333'],
    });
    const detail = await again.cases.detail(1, 'userIdentity.userName:alice');
    if (!detail.ok) throw new Error(detail.message);
    expect(JSON.parse(detail.detail.raw)).toEqual(record(2));
    expect(detail.detail.duplicates).toEqual([{ path: 'b.json', recordIndex: 0 }]);
    expect(detail.detail.source).toMatchObject({ path: 'a.json', records: 2, kept: 2, state: 'analysed' });
    expect(detail.detail.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(detail.detail.filter?.matched).toBe(true);
    for (const [query, matched] of [
      ['principal:alice', true],
      ['principal:bob', false],
    ] as const) {
      const asked = await again.cases.detail(1, query);
      if (!asked.ok) throw new Error(asked.message);
      expect(asked.detail.filter?.matched).toBe(matched);
      if (matched) expect(asked.detail.filter?.sentence).toContain('principal: alice');
    }
  });

  it('is one tab’s at a time, and can be taken over', async () => {
    const first = openPage();
    const id = await create(first);
    await first.read(files(log('a.json', [record(1)])));
    const second = openPage();
    expect(await second.cases.open(id, false)).toMatchObject({ ok: false, why: 'busy' });
    expect(await second.cases.open(id, true)).toMatchObject({ ok: true, header: { events: 1 } });
    await expect.poll(() => first.events).toContainEqual({ kind: 'taken-over' });
    expect(await first.cases.header()).toBeNull();
  });

  it('goes on when an ingest worker dies, and counts every file once', async () => {
    const page = openPage(1);
    await create(page);
    const logs = Array.from({ length: 300 }, (_, n) => log(`${n}.json`, [record(n)]));
    let killed = false;
    const last = await page.read(files(...logs), (progress) => {
      if (killed || progress.files < 1) return;
      killed = true;
      page.readers[0]!.terminate();
      page.readers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'killed by the test' }));
    });
    expect(killed).toBe(true);
    expect(last.problem).toBe('');
    const header = await page.cases.settle();
    expect(header.events).toBe(300);
    expect(header.files).toBe(300);
  }, 30_000);

  it('compares records that share an ID and differ in their bytes', async () => {
    const page = openPage();
    await create(page);
    const pretty = new File([JSON.stringify([record(1)], null, 2)], 'pretty.json');
    const edited = log('edited.json', [record(1, { errorCode: 'AccessDenied' })]);
    await page.read(files(log('a.json', [record(1)])));
    await page.read(files({ path: 'pretty.json', file: pretty }, edited));
    expect(await page.cases.settle()).toMatchObject({ events: 2, duplicates: 1, conflicting: 2 });
  });

  it('links a record that amends another to the one that it amends', async () => {
    const page = openPage(1);
    await create(page);
    const addendum = { reason: 'UPDATED_DATA', originalEventID: '00000000-0000-4000-8000-000000000001' };
    await page.read(files(log('a.json', [record(1), record(2, { addendum }), record(3)])));
    expect(await page.cases.settle()).toMatchObject({ events: 3, conflicting: 0 });
    const amending = await page.cases.detail(1, '');
    expect(amending).toMatchObject({ ok: true, detail: { amends: [{ event: 0 }] } });
    expect(await page.cases.detail(0, '')).toMatchObject({
      ok: true,
      detail: { amends: [], amendedBy: [{ event: 1 }] },
    });
    expect(await page.cases.detail(2, '')).toMatchObject({ ok: true, detail: { amends: [], amendedBy: [] } });
    // One that comes later is found as well, whichever of the two comes first.
    const later = { addendum: { originalEventID: '00000000-0000-4000-8000-000000000009' } };
    await page.read(files(log('b.json', [record(8, later)])));
    await page.cases.settle();
    expect(await page.cases.detail(3, '')).toMatchObject({ ok: true, detail: { amends: [] } });
    await page.read(files(log('c.json', [record(9)])));
    await page.cases.settle();
    expect(await page.cases.detail(3, '')).toMatchObject({ ok: true, detail: { amends: [{ event: 4 }] } });
    expect(await page.cases.detail(4, '')).toMatchObject({ ok: true, detail: { amendedBy: [{ event: 3 }] } });
  });

  it('filters by what only the records know', async () => {
    const page = openPage();
    await create(page);
    const logs = [1, 2, 3].map((n) =>
      log(`${n}.json`, [record(n, { requestParameters: { groupName: `group-${n}` } })]),
    );
    await page.read(files(...logs));
    const answer = await page.cases.view(all('events', 'requestParameters.groupName.keyword:"group-2"'));
    expect(answer).toMatchObject({ ok: true, total: 1, of: 3 });
    expect(await page.cases.view(all('events', 'group AND (3'))).toMatchObject({
      ok: false,
      problem: { line: 1 },
    });
    expect(await page.cases.view(all('events', 'severity:low'))).toMatchObject({ ok: true, total: 0 });
  });

  it('can be one of several: created, renamed, reopened, deleted', async () => {
    const page = openPage();
    const first = await create(page, 'First');
    await page.read(files(log('a.json', [record(1)])));
    const second = await create(page, 'Second');
    await page.cases.rename(first, 'Renamed');
    expect((await page.cases.cases()).map(({ name, events }) => [name, events])).toEqual([['Second', 0], ['Renamed', 1]]); // prettier-ignore
    expect(await page.cases.open(first, false)).toMatchObject({
      ok: true,
      header: { name: 'Renamed', events: 1 },
    });
    await page.cases.remove(second);
    await page.cases.remove(first);
    expect(await page.cases.cases()).toEqual([]);
    expect(await page.cases.open(first, false)).toMatchObject({ ok: false, why: 'lost' });
  });
});

describe('the rules of a case', () => {
  const own = (query: string): string =>
    `id: own-list\nname: Users listed\ndescription: Somebody listed the users.\nseverity: low\nquery: ${JSON.stringify(query)}\ncondition: immediately\n`;

  it('can be switched off, added to, and are kept with the case', async () => {
    const page = openPage();
    const id = await create(page);
    const logs = [1, 2].map((n) =>
      log(`${n}.json`, [record(n, { requestParameters: { pathPrefix: `/${n}` } })]),
    );
    await page.read(files(...logs, log('3.json', [record(3, { errorCode: 'AccessDenied' })])));
    expect(await page.cases.settle()).toMatchObject({ findings: 1 });
    const { settings } = await page.cases.rules();
    const query = 'eventName:ListUsers AND requestParameters.pathPrefix.keyword:"/2"';
    expect(await page.cases.preview(query, 10)).toMatchObject({ ok: true, count: 1, of: 3 });
    const changed = await page.cases.setRules({ ...settings, off: ['access-denied'], own: [own(query)] });
    const outcome = (of: string): unknown => changed.rules.find(({ rule }) => rule.id === of)?.outcome;
    expect(changed.problems).toEqual([]);
    expect(outcome('access-denied')).toEqual({ kind: 'off' });
    expect(outcome('own-list')).toEqual({ kind: 'hits', count: 1 });
    expect(await page.cases.header()).toMatchObject({ findings: 1 });
    page.worker.terminate();
    const again = openPage();
    expect(await again.cases.open(id, false)).toMatchObject({ ok: true, header: { findings: 1 } });
    const found = await again.cases.view(all('findings'));
    if (!found.ok) throw new Error('no view');
    expect((await again.cases.rows(found.view, 0, 9)).map((row) => row.rule?.id)).toEqual(['own-list']);
  });

  it('that require a field which no event has cannot be evaluated, and say so', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(log('a.json', [record(1)])));
    const { settings } = await page.cases.rules();
    const answer = await page.cases.setRules({
      ...settings,
      profile: 'published',
      own: [own('eventName:(')],
    });
    const status = answer.rules.find(({ rule }) => rule.id === 'access-denied');
    expect(status?.outcome).toMatchObject({
      kind: 'unevaluable',
      missing: expect.arrayContaining(['recipientAccountName']),
    });
    expect(answer.problems).toHaveLength(1);
    expect(await page.cases.header()).toMatchObject({ unevaluable: expect.any(Number) });
  });
});
