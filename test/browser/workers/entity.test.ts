import { expect, it } from 'vitest';
import type { EntityRef } from '../../../src/core/table/entity.ts';
import { CHAIN } from '../../../src/core/sample/story/index.ts';
import { narrowed } from '../../../src/core/table/parts.ts';
import { sum } from '../../../src/core/table/tally.ts';
import type { CaseApi, EntityAnswer, Handovers } from '../../../workers/contract.ts';
import { all, create, openPage } from './support.ts';

async function profile(cases: CaseApi, entity: EntityRef): Promise<EntityAnswer> {
  const answer = await cases.entity({ entity, from: null, to: null, bars: 60 });
  if (!answer) throw new Error('No case is open.');
  return answer;
}

async function shown(cases: CaseApi, rows: 'events' | 'findings', query: string | null): Promise<number> {
  const answer = await cases.view(all(rows, query ?? ''));
  if (!answer.ok) throw new Error(`No view of ${String(query)}`);
  return answer.total;
}

it('leads from the leaked key of the sample incident to its user and its address, each number to what it counts', async () => {
  const page = openPage();
  const { cases } = page;
  expect(
    await cases.entity({ entity: { kind: 'key', value: 'AKIA' }, from: null, to: null, bars: 60 }),
  ).toBeNull();
  await create(page);
  await page.sample();

  const user = await profile(cases, { kind: 'principal', value: 'ci-deploy' });
  const valuesOf = (page: EntityAnswer, field: string): string[] =>
    page.parts.find((part) => part.field === field)?.values.map(({ value }) => value) ?? [];
  expect(valuesOf(user, 'country')).toEqual(['United States', 'Netherlands']);
  const [key = ''] = valuesOf(user, 'accessKeyId');
  expect(key).toMatch(/^AKIA/);

  const ofKey = await profile(cases, { kind: 'key', value: key });
  expect(valuesOf(ofKey, 'principal')).toEqual(['ci-deploy']);
  expect(sum(ofKey.tally)).toBe(sum(user.tally));

  const address = await profile(cases, { kind: 'address', value: '185.107.56.47' });
  expect(valuesOf(address, 'principal')).toEqual(expect.arrayContaining(['ci-deploy', 'svc-backup-sync']));
  expect(address.changes.calls[0]).toMatchObject({ eventName: 'StopLogging', severity: 'critical' });
  const first = await cases.rows((await view(cases, address.query)) ?? 0, 0, 1);
  expect(first[0]).toMatchObject({ event: address.first?.event, time: address.first?.time });

  for (const one of [user, address]) {
    expect(await shown(cases, 'events', one.query)).toBe(sum(one.tally));
    expect(await shown(cases, 'findings', one.query)).toBe(one.findings);
    for (const { query, count } of one.alerts) expect(await shown(cases, 'findings', query)).toBe(count);
    expect(await shown(cases, 'events', one.changes.query)).toBe(one.changes.count);
    for (const { query, tally } of one.services) {
      expect(await shown(cases, 'events', narrowed(query, 'outcome:denied'))).toBe(tally.denied);
    }
    for (const { values } of one.parts) {
      for (const { query, tally } of values) expect(await shown(cases, 'events', query)).toBe(sum(tally));
    }
  }

  const handovers = async (entity: EntityRef): Promise<Handovers> =>
    (await cases.handovers({ entity, from: null, to: null, bars: 0 })) ?? {
      given: [],
      received: [],
      unread: -1,
    };
  const backup = await handovers({ kind: 'principal', value: 'svc-backup-sync' });
  expect(backup.received).toMatchObject([
    { eventName: 'CreateAccessKey', by: { value: 'ci-deploy' }, to: { value: 'svc-backup-sync' } },
  ]);
  const step = backup.given.find(({ to }) => to.value.startsWith('fernlight-deploy/'));
  expect(step).toMatchObject({
    eventName: 'AssumeRole',
    by: { value: 'svc-backup-sync' },
    key: CHAIN.deploy,
  });
  const session = await handovers(step!.to);
  // The page that a key was handed to is the one that the session's own events are of.
  expect((await profile(cases, step!.to)).inCase).toBeGreaterThan(0);
  expect(session.received).toMatchObject([{ by: { value: 'svc-backup-sync' }, event: step?.event }]);
  expect(session.given).toMatchObject([{ eventName: 'AssumeRole', key: CHAIN.automation }]);
  expect(session.unread).toBe(0);
  const last = await handovers({ kind: 'key', value: CHAIN.automation });
  expect(last.received.map(({ by }) => by)).toContainEqual(step?.to);

  const nobody = await profile(cases, { kind: 'principal', value: 'nobody' });
  expect(nobody).toMatchObject({ inCase: 0, findings: 0, services: [], first: null });
}, 120_000);

async function view(cases: CaseApi, query: string): Promise<number | null> {
  const answer = await cases.view({ ...all('events', query), sort: [{ field: 'time', descending: false }] });
  return answer.ok ? answer.view : null;
}
