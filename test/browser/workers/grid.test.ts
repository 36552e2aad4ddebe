import { expect, it } from 'vitest';
import { all, create, openPage, type Page } from './support.ts';

async function sample(): Promise<Page> {
  const page = openPage();
  await create(page, 'Incident');
  await page.sample();
  await page.cases.settle();
  return page;
}

it('gives further columns of the record where they are asked for, and sorts by them', async () => {
  const { cases } = await sample();
  const spec = { ...all('events', ''), sort: [{ field: 'userIdentity.arn' as const, descending: false }] };
  const answer = await cases.view(spec);
  if (!answer.ok) throw new Error('no view');
  const rows = await cases.rows(answer.view, 0, answer.total, ['userIdentity.arn', 'readOnly']);
  for (const row of rows.filter((_, i) => i % 97 === 0)) {
    const { detail } = (await cases.detail(row.event, '')) as { detail: { raw: string } };
    const record = JSON.parse(detail.raw) as { userIdentity?: { arn?: string }; readOnly?: boolean };
    expect(row.more).toEqual({
      'userIdentity.arn': record.userIdentity?.arn ?? '',
      readOnly: String(record.readOnly ?? ''),
    });
  }
  const arns = rows.map(({ more }) => more?.['userIdentity.arn'] ?? '');
  const given = arns.filter((arn) => arn !== '');
  expect(given).toEqual([...given].sort());
  // What has none comes last.
  expect(arns.slice(0, given.length)).toEqual(given);
  expect((await cases.rows(answer.view, 0, 1))[0]).not.toHaveProperty('more');
});

it('begins bars by the clocks of a zone', async () => {
  const { cases } = await sample();
  const ahead = 5.5 * 3_600_000;
  const counts: number[] = [];
  for (const zone of [{}, { ahead }]) {
    const answer = await cases.view({ ...all('events', ''), bars: 4, ...zone });
    if (!answer.ok) throw new Error('no view');
    const { start, step, events } = answer.histogram;
    expect((start + (zone.ahead ?? 0)) % step).toBe(0);
    counts.push(events.reduce((sum, n) => sum + n, 0));
  }
  expect(counts[0]).toBe(counts[1]);
});
