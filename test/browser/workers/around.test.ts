import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../workers/contract.ts';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

/** A call `minutes` after the hour, by `user`. */
function call(n: number, minutes: number, user = 'alice', more: object = {}): object {
  const at = new Date(Date.UTC(2023, 6, 10, 12, minutes)).toISOString().replace('.000Z', 'Z');
  return record(n, { eventTime: at, userIdentity: { type: 'IAMUser', userName: user }, ...more });
}

/** A case of calls that came in another order than they were made, by two users, one undated. */
async function calls(): Promise<Page> {
  const page = openPage(1);
  await create(page);
  const made = [9, 1, 8, 2, 7, 3, 6, 4, 5, 0].map((minutes, n) => call(n, minutes));
  const others = [call(20, 4, 'bob'), call(21, 0, 'alice', { eventTime: 'soon' })];
  await page.read(files(log('a.json', [...made, ...others])));
  return page;
}

async function detailOf(page: Page, event: number): Promise<EventDetail> {
  const answer = await page.cases.detail(event, '');
  if (!answer.ok) throw new Error(answer.message);
  return answer.detail;
}

const minutesOf = (rows: EventDetail['neighbours']['before']): number[] =>
  rows.map(({ time }) => new Date(time).getUTCMinutes());

describe('around an event', () => {
  it('the five nearest of the same principal stand on either side, in order of time', async () => {
    const page = await calls();
    // The sixth record was made at 12:06.
    const { row, neighbours } = await detailOf(page, 6);
    expect(new Date(row.time).getUTCMinutes()).toBe(6);
    expect(minutesOf(neighbours.before)).toEqual([1, 2, 3, 4, 5]);
    expect(minutesOf(neighbours.after)).toEqual([7, 8, 9]);
    expect(neighbours.before.every(({ principal }) => principal === 'alice')).toBe(true);
  });

  it('the same principal is who goes by the name in that account, through whichever service', async () => {
    const page = openPage(1);
    await create(page);
    const by = (account: string, more: object = {}): object => ({
      userIdentity: { type: 'IAMUser', userName: 'alice', accountId: account, ...more },
    });
    await page.read(
      files(
        log('a.json', [
          call(0, 0, '', by('111122223333')),
          call(1, 1, '', by('111122223333', { invokedBy: 'ssm.amazonaws.com' })),
          call(2, 2, '', by('444455556666')),
        ]),
      ),
    );
    const { around, neighbours } = await detailOf(page, 0);
    const own = around.find(({ entity }) => entity.kind === 'principal');
    expect(own).toMatchObject({ entity: { value: 'alice', account: '111122223333' }, count: 2 });
    const shown = await page.cases.view(all('events', own?.query ?? ''));
    expect(shown).toMatchObject({ total: 2 });
    expect(minutesOf(neighbours.after)).toEqual([1]);
  });

  it('there is nothing for an event without time, or of a principal who did nothing else', async () => {
    const page = await calls();
    expect((await detailOf(page, 10)).neighbours).toEqual({ before: [], after: [] });
    const undated = await detailOf(page, 11);
    expect(undated.row.time).toBeNaN();
    expect(undated.neighbours).toEqual({ before: [], after: [] });
    expect(undated.around).toEqual([]);
  });
});

describe('the place of an event in a view', () => {
  it('is that of its row, in the order of the view', async () => {
    const page = await calls();
    const view = await page.cases.view({ ...all('events'), sort: [{ field: 'time', descending: false }] });
    if (!view.ok) throw new Error('no view');
    const rows = await page.cases.rows(view.view, 0, view.total);
    for (const [i, { event }] of rows.entries()) {
      expect(await page.cases.position(view.view, event)).toBe(i);
    }
    const some = await page.cases.view(all('events', 'userIdentity.userName:bob'));
    if (!some.ok) throw new Error('no view');
    expect(await page.cases.position(some.view, 10)).toBe(0);
    expect(await page.cases.position(some.view, 0)).toBe(-1);
    expect(await page.cases.position(999, 0)).toBe(-1);
  });
});
