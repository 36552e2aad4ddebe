import { describe, expect, it } from 'vitest';
import type { CaseApi, MarkAnswer, Row, ViewSpec } from '../../../workers/contract.ts';
import { all, create, files, log, openPage, record } from './support.ts';

const denied = (n: number): object =>
  record(n, { errorCode: 'AccessDenied', requestParameters: { group: `group ${n}` } });

/** Rows of a view, and its number. */
async function look(
  cases: CaseApi,
  rows: ViewSpec['rows'],
  query = '',
): Promise<{ view: number; rows: Row[] }> {
  const answer = await cases.view(all(rows, query));
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return { view: answer.view, rows: await cases.rows(answer.view, 0, answer.total) };
}

async function marks(cases: CaseApi, rows: ViewSpec['rows'], query = ''): Promise<string[]> {
  return (await look(cases, rows, query)).rows.map(({ event, mark, note }) =>
    `${event} ${mark} ${note}`.trim(),
  );
}

function done(answer: MarkAnswer): Extract<MarkAnswer, { ok: true }> {
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

async function csvOf(cases: CaseApi, view: number): Promise<string> {
  const answer = await cases.export({ kind: 'csv', view, alert: null });
  if (!answer.ok) throw new Error(answer.why);
  return answer.blob.text();
}

/** A case of four events, of which 1 and 2 are findings. */
async function denials(page: ReturnType<typeof openPage>): Promise<string> {
  const id = await create(page);
  await page.read(files(log('a.json', [record(0), denied(1), denied(2), record(3)])));
  await page.cases.settle();
  return id;
}

describe('marks of a case', () => {
  it('are set on the findings of an entity, of one alert or of a time, and on no others', async () => {
    const page = openPage();
    await create(page);
    const { cases } = page;
    const by = (userName: string, more: object = {}): object => ({
      errorCode: 'AccessDenied',
      userIdentity: { type: 'IAMUser', userName, accountId: '111122223333' },
      ...more,
    });
    await page.read(
      files(
        log('a.json', [
          record(0, by('alice', { eventTime: '2023-07-10T10:00:00Z' })),
          record(1, by('alice', { eventTime: '2023-07-10T12:00:00Z' })),
          record(2, by('bob')),
          record(3, { ...by('alice'), errorCode: undefined }),
        ]),
      ),
    );
    const alice = {
      of: 'entity',
      entity: { kind: 'principal', value: 'alice' },
      from: null,
      to: null,
    } as const;
    const noon = { ...alice, from: Date.UTC(2023, 6, 10, 11), to: null };
    const all = done(
      await cases.mark({ ...alice, rule: 'access-denied' }, { status: 'malicious', note: 'Scan' }),
    );
    expect(all.done).toMatchObject({ findings: 2, events: 0 });
    expect(await marks(cases, 'findings')).toEqual(['0 malicious Scan', '1 malicious Scan', '2 open']);
    done(await cases.mark(noon, { status: 'benign' }));
    expect(await marks(cases, 'findings')).toEqual(['0 malicious Scan', '1 benign Scan', '2 open']);
    expect(await cases.mark({ ...alice, rule: 'no-such' }, { status: 'benign' })).toMatchObject({
      ok: false,
    });
    const { done: put } = done(await cases.mark(alice, { timeline: true }));
    expect(put).toMatchObject({ findings: 0, events: 2, timeline: true });
    done(await cases.undoMark());
    done(await cases.undoMark());
    expect(await marks(cases, 'findings')).toEqual(['0 malicious Scan', '1 malicious Scan', '2 open']);
    const answer = await cases.entity({ ...alice, bars: 10 });
    expect(answer?.alerts).toMatchObject([{ marks: { open: 0, malicious: 2 }, note: 'Scan' }]);
  });

  it('are set on a finding, on an event, on a view and on a part of it', async () => {
    const page = openPage();
    await denials(page);
    const { cases } = page;
    done(await cases.mark({ of: 'finding', event: 1, rule: 'access-denied' }, { status: 'malicious', note: 'Scan' })); // prettier-ignore
    done(await cases.mark({ of: 'event', event: 3 }, { status: 'benign' }));
    expect(await marks(cases, 'events')).toEqual(['0 open', '1 malicious Scan', '2 open', '3 benign']);
    const { view } = await look(cases, 'findings');
    const { done: all } = done(
      await cases.mark({ of: 'view', view, rule: 'access-denied' }, { note: 'Both' }),
    );
    expect(all).toEqual({ findings: 2, events: 0, status: null, note: 'Both', timeline: null });
    expect(await marks(cases, 'findings')).toEqual(['1 malicious Both', '2 open Both']);
    done(await cases.mark({ of: 'view', view, from: 1, to: 1 }, { status: 'suspicious' }));
    expect(await marks(cases, 'findings', 'mark:suspicious AND note:*ot*')).toEqual(['2 suspicious Both']);
    expect((await cases.header())?.marks).toMatchObject({
      findings: { open: 0, benign: 0, suspicious: 1, malicious: 1 },
      timeline: 2,
    });
    const detail = await cases.detail(1, '');
    expect(detail.ok && detail.detail.findings).toMatchObject([{ mark: 'malicious', note: 'Both' }]);
    // Only the record can decide this: the fields that it does not carry count there as well.
    expect(await marks(cases, 'findings', 'mark:malicious AND requestParameters.group:group')).toEqual(['1 malicious Both']); // prettier-ignore
    expect(await marks(cases, 'findings', 'requestParameters.group:group AND NOT mark:malicious')).toEqual(['2 suspicious Both']); // prettier-ignore
  });

  it('are taken back and done again one by one, and are there after a crash', async () => {
    const page = openPage();
    const id = await denials(page);
    for (const status of ['benign', 'suspicious', 'malicious'] as const) {
      done(await page.cases.mark({ of: 'event', event: 0 }, { status }));
    }
    done(await page.cases.undoMark());
    page.worker.terminate();

    const again = openPage();
    expect(await again.cases.open(id, false)).toMatchObject({ ok: true });
    expect(await marks(again.cases, 'events', 'mark:suspicious')).toEqual(['0 suspicious']);
    const { undo, redo } = (await again.cases.header())!.marks;
    expect([undo?.status, redo?.status]).toEqual(['suspicious', 'malicious']);
    done(await again.cases.redoMark());
    expect(await marks(again.cases, 'events', 'mark:malicious')).toEqual(['0 malicious']);
    for (let i = 0; i < 3; i++) done(await again.cases.undoMark());
    expect(await again.cases.undoMark()).toMatchObject({ ok: false });
    expect(await marks(again.cases, 'events', 'NOT mark:open')).toEqual([]);
    done(await again.cases.mark({ of: 'event', event: 2 }, { note: 'Other' }));
    expect(await again.cases.redoMark()).toMatchObject({ ok: false });
    again.worker.terminate();

    const third = openPage();
    await third.cases.open(id, false);
    expect(await marks(third.cases, 'events', 'note:*')).toEqual(['2 open Other']);
  });

  it('stay with their findings when the rules change, and when more is read', async () => {
    const page = openPage();
    const id = await denials(page);
    const { cases } = page;
    const { view } = await look(cases, 'findings');
    done(await cases.mark({ of: 'view', view }, { status: 'suspicious' }));
    const { settings } = await cases.rules();
    await cases.setRules({ ...settings, off: ['access-denied'] });
    expect(await marks(cases, 'findings')).toEqual([]);
    expect((await cases.timeline(0, 9)).total).toBe(0);
    await cases.setRules({ ...settings, off: [] });
    await page.read(files(log('b.json', [denied(9)])));
    await cases.settle();
    const wanted = ['1 suspicious', '2 suspicious', '4 open'];
    expect(await marks(cases, 'findings')).toEqual(wanted);
    page.worker.terminate();
    const again = openPage();
    await again.cases.open(id, false);
    expect(await marks(again.cases, 'findings')).toEqual(wanted);
  });

  it('are the owner’s alone to set', async () => {
    const first = openPage();
    const id = await denials(first);
    const second = openPage();
    await second.cases.open(id, true);
    await expect.poll(() => first.events).toContainEqual({ kind: 'taken-over' });
    expect(await first.cases.mark({ of: 'event', event: 0 }, { status: 'benign' })).toMatchObject({
      ok: false,
    });
    expect(await second.cases.mark({ of: 'view', view: 77 }, { status: 'benign' })).toMatchObject({
      ok: false,
    });
    expect(await marks(second.cases, 'events', 'NOT mark:open')).toEqual([]);
  });

  it('stand in the CSV, safe to open', async () => {
    const page = openPage();
    await denials(page);
    const { cases } = page;
    done(await cases.mark({ of: 'event', event: 1 }, { status: 'malicious', note: '=cmd(), "x"' }));
    for (const kind of ['findings', 'events'] as const) {
      const { view } = await look(cases, kind, 'mark:malicious');
      const [head, line] = (await csvOf(cases, view)).split('\r\n');
      expect(head).toMatch(/,mark,note$/);
      expect(line).toMatch(/,malicious,"'=cmd\(\), ""x"""$/);
    }
  });
});

describe('the timeline of a case', () => {
  it('has what was marked as grave and what was put there, in order of time, page by page', async () => {
    const page = openPage();
    await create(page);
    const late = record(7_200, { errorCode: 'AccessDenied' });
    const undated = record(5, { eventTime: 'some day' });
    await page.read(files(log('a.json', [late, record(2), record(1), undated])));
    const { cases } = page;
    await cases.settle();
    done(await cases.mark({ of: 'finding', event: 0, rule: 'access-denied' }, { status: 'malicious', note: 'Denied' })); // prettier-ignore
    const { view } = await look(cases, 'events', 'eventName:ListUsers AND NOT errorCode:*');
    expect(done(await cases.mark({ of: 'view', view }, { timeline: true })).done).toMatchObject({
      events: 3,
    });
    const { total, entries } = await cases.timeline(0, 9);
    expect(total).toBe(4);
    expect(entries.map(({ row, added, previous }) => [row.event, added, previous - row.time])).toEqual([
      [2, true, NaN],
      [1, true, -1000],
      [0, false, -7_198_000],
      [3, true, NaN],
    ]);
    expect(entries[2]).toMatchObject({
      row: { mark: 'malicious', note: 'Denied', onTimeline: true },
      findings: [{ rule: { id: 'access-denied' }, mark: 'malicious', note: 'Denied' }],
    });
    expect((await cases.timeline(1, 2)).entries).toEqual(entries.slice(1, 3));
    done(await cases.mark({ of: 'finding', event: 0, rule: 'access-denied' }, { timeline: false }));
    done(await cases.mark({ of: 'event', event: 1 }, { note: 'Then this' }));
    expect((await cases.timeline(0, 9)).entries.map(({ row }) => `${row.event} ${row.note}`.trim())).toEqual(['2', '1 Then this', '3']); // prettier-ignore
  });
});
