import { expect, it } from 'vitest';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

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

it('tells what is no call apart from calls', async () => {
  const page = openPage();
  await create(page);
  const aggregated = {
    eventVersion: '1.0', accountId: '111122223333', eventId: '0c1d4ab2-5f1e-4a55-8a44-9a1b6f3d2c10', eventCategory: 'Aggregated',
    eventType: 'AwsAggregatedEvent', awsRegion: 'us-west-2', eventSource: 's3.amazonaws.com',
    timeWindow: { windowStart: '2026-10-05T12:00:00Z', windowEnd: '2026-10-05T12:05:00Z', windowSize: 'PT5M' },
    summary: { primaryDimension: { dimension: 'eventName', statistics: [{ name: 'PutObject', value: 1000 }], aggregationType: 'Count' } },
  }; // prettier-ignore
  const insight = {
    eventVersion: '1.08', eventTime: '2026-10-05T12:10:00Z', awsRegion: 'us-west-2', eventType: 'AwsCloudTrailInsight',
    eventID: '5b8f6d51-9a0e-4b7c-8f57-0d6f1f3a7d11', eventCategory: 'Insight', recipientAccountId: '111122223333',
    insightDetails: { state: 'Start', eventSource: 's3.amazonaws.com', eventName: 'GetObject', insightType: 'ApiCallRateInsight' },
  }; // prettier-ignore
  await page.read(files(log('all.json', [record(1), aggregated, insight])));
  await page.cases.settle();
  const answer = await page.cases.view({
    ...all('events', ''),
    facets: [{ field: 'outcome', top: 9, search: '' }],
  });
  if (!answer.ok) throw new Error('no view');
  expect(answer).toMatchObject({ total: 3, summaries: 2, histogram: { undated: 0 } });
  const rows = await page.cases.rows(answer.view, 0, 3);
  const told = rows.map(({ eventName, summary, outcome }) => [eventName, summary, outcome].join('|')).sort();
  // A thousand calls that are told of in one record are not counted, and nothing came of the record itself.
  expect(told.filter((one) => one.startsWith('|'))).toEqual(['|Aggregated|', '|Insight|']);
  expect(rows.find(({ summary }) => summary === 'Aggregated')!.time).toBe(Date.parse('2026-10-05T12:00:00Z'));
  const calls = await page.cases.view(all('events', 'outcome:*'));
  expect(calls).toMatchObject({ total: 1, summaries: 0 });
});
