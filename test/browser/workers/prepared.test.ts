/** Answers that were worked out beforehand, or before: the same as new ones, as long as nothing has changed. */
import { describe, expect, it } from 'vitest';
import type { CaseApi, ViewAnswer, ViewSpec } from '../../../workers/contract.ts';
import { all, create, files, log, openPage, record } from './support.ts';

const spec = (rows: ViewSpec['rows'], query = ''): ViewSpec => ({
  ...all(rows, query),
  sort: [{ field: 'time', descending: true }],
  facets: [
    { field: 'severity', top: 5 },
    { field: 'mark', top: 5 },
    { field: 'principal', top: 5 },
  ],
});

/** The answer but for what differs each time, and its first rows. */
async function look(cases: CaseApi, of: ViewSpec): Promise<object> {
  const answer = await cases.view(of);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  const { view, took: _, ...facts } = answer;
  return { ...facts, rows: await cases.rows(view, 0, 3) };
}

const facet = (answer: ViewAnswer, field: string): Record<string, number> => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  const { values } = answer.facets.find((one) => one.field === field)!;
  return Object.fromEntries(values.map(({ value, count }) => [value, count]));
};

describe('an answer', () => {
  it('is the same whether it was prepared, is new, or is asked for again', async () => {
    const [first, second] = [openPage(1), openPage(1)];
    for (const page of [first, second]) {
      await create(page);
      await page.sample();
      await page.cases.settle();
    }
    for (const of of [spec('events'), spec('findings'), spec('events', 'errorCode:*')]) {
      await first.cases.prepareView(of);
      const fresh = (await look(second.cases, of)) as { revision: number };
      expect(await look(first.cases, of)).toEqual({ ...fresh, revision: expect.any(Number) });
      expect(await look(first.cases, of)).toEqual({ ...fresh, revision: expect.any(Number) });
    }
  });

  it('is worked out anew when marks, alerts or events have changed', async () => {
    const page = openPage(1);
    await create(page);
    const { cases } = page;
    const denied = (n: number): object => record(n, { errorCode: 'AccessDenied' });
    await page.read(files(log('a.json', [record(0), denied(1)])));
    await cases.settle();
    const of = spec('findings');
    await cases.prepareView(of);
    expect(facet(await cases.view(of), 'mark')).toEqual({ open: 1 });
    await cases.prepareView(spec('events'));
    await cases.mark({ of: 'event', event: 1 }, { status: 'malicious' });
    const marked = facet(await cases.view(spec('events')), 'mark');
    expect(marked).toEqual({ malicious: 1, open: 1 });

    await page.read(files(log('b.json', [denied(2)])));
    await cases.settle();
    expect(await cases.view(of)).toMatchObject({ total: 2, of: 2 });
    const { settings } = await cases.rules();
    await cases.setRules({ ...settings, off: ['access-denied'] });
    expect(await cases.view(of)).toMatchObject({ total: 0 });
  });

  it('is not kept for later when a mark is set while it is worked out', async () => {
    const page = openPage(1);
    await create(page);
    const { cases } = page;
    await page.read(files(log('a.json', [record(0), record(1)])));
    await cases.settle();
    const of: ViewSpec = {
      ...spec('events'),
      facets: (['mark', 'principal', 'region', 'country', 'account'] as const).map((field) => ({
        field,
        top: 5,
      })),
    };
    const prepared = cases.prepareView(of);
    await new Promise((resolve) => setTimeout(resolve, 4));
    await cases.mark({ of: 'event', event: 1 }, { status: 'malicious' });
    await prepared;
    expect(facet(await cases.view(of), 'mark')).toEqual({ malicious: 1, open: 1 });
  });

  it('that is wrong, or that only records can give, is not prepared', async () => {
    const page = openPage(1);
    await create(page);
    await page.sample();
    await page.cases.settle();
    await page.cases.prepareView(spec('events', 'eventName:('));
    expect(await page.cases.view(spec('events', 'eventName:('))).toMatchObject({ ok: false });
    const deep = spec('events', 'requestParameters.userName:*');
    await page.cases.prepareView(deep);
    expect(await page.cases.view(deep)).toMatchObject({ ok: true, searched: null });
  });
});
