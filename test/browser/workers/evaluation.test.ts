/** Matching alerts anew: only what has changed, in turns, and nothing that is out of date by then. */
import { describe, expect, it } from 'vitest';
import type { RuleSettings } from '../../../workers/contract.ts';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

const SHIPPED: RuleSettings = { off: [], profile: 'corrected', values: {}, own: [] };

/** Settings with one alert of one's own, which only the records themselves can answer. */
const withOwn = (id: string, query: string): RuleSettings => ({
  ...SHIPPED,
  own: [`id: ${id}\nname: Own\nseverity: low\ndescription: Own.\nquery: '${query}'\n`],
});

/** Enough records to keep the worker busy for several of its stretches. */
const MANY = Array.from({ length: 60 }, (_, file) =>
  log(
    `${file}.json`,
    Array.from({ length: 500 }, (_each, n) =>
      record(file * 500 + n, {
        requestParameters: { userName: `user${n % 10}`, tags: [{ key: 'a', value: 'b'.repeat(300) }] },
      }),
    ),
  ),
);

const evaluated = (page: Page): { done: number; total: number }[] =>
  page.events.flatMap((event) => (event.kind === 'evaluating' ? [event] : []));

async function findings(page: Page, rule: string): Promise<number> {
  const answer = await page.cases.view(all('findings', `alert:${rule}`));
  return answer.ok ? answer.total : -1;
}

describe('changing the alerts of a case', () => {
  it('gives up what a newer change makes useless, and answers other questions meanwhile', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(...MANY));
    await page.cases.settle();
    const older = page.cases.setRules(withOwn('older', 'requestParameters.userName.keyword:user1'));
    await expect.poll(() => evaluated(page).length, { timeout: 20_000 }).toBeGreaterThan(0);
    // It is answered while the older evaluation goes on.
    expect(await page.cases.header()).toMatchObject({ events: 30_000 });
    const newer = page.cases.setRules(
      withOwn('newer', 'requestParameters.userName.keyword:user2 AND eventName:nothing'),
    );
    const answers = await Promise.all([older, newer]);
    const last = evaluated(page).at(-1)!;
    expect(last.done).toBeLessThan(last.total);
    expect(await findings(page, 'older')).toBe(0);
    expect(answers[1].settings.own[0]).toContain('newer');
  }, 120_000);

  it('of two that wait, only the last is carried out', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(...MANY.slice(0, 2)));
    await page.cases.settle();
    const settings = ['user1', 'user2', 'user3'].map((name) =>
      withOwn(name, `requestParameters.userName.keyword:${name}`),
    );
    await Promise.all(settings.map((each) => page.cases.setRules(each)));
    expect(await findings(page, 'user3')).toBe(100);
    expect(await findings(page, 'user1')).toBe(0);
  }, 60_000);

  it('keeps the findings of alerts that have not changed, whatever their number is now', async () => {
    const page = openPage();
    await create(page);
    await page.read(
      files(
        log('a.json', [record(1, { eventName: 'ConsoleLogin', userIdentity: { type: 'Root' } })]),
        ...MANY.slice(0, 1),
      ),
    );
    await page.cases.settle();
    const own = withOwn('mine', 'requestParameters.userName.keyword:user1');
    await page.cases.setRules(own);
    const roots = await findings(page, 'root-usage');
    expect(roots).toBe(1);
    expect(await findings(page, 'mine')).toBe(50);
    // Those before them in order go: theirs must follow their new numbers.
    const { rules } = await page.cases.setRules({
      ...own,
      off: ['access-denied', 'acm-delete', 'acm-update'],
    });
    expect(await findings(page, 'root-usage')).toBe(roots);
    expect(await findings(page, 'mine')).toBe(50);
    expect(rules.find(({ rule }) => rule.id === 'mine')?.outcome).toEqual({ kind: 'hits', count: 50 });
    await page.cases.setRules({ ...own, off: ['root-usage'] });
    expect(await findings(page, 'root-usage')).toBe(0);
    expect(await findings(page, 'mine')).toBe(50);
  }, 60_000);
});
