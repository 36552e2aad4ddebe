import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { visible } from '../../../src/core/text/visible.ts';
import { violations } from './axe.ts';
import { setupCase } from './setup.ts';

const press = (keys: string): Promise<void> => userEvent.keyboard(keys);
const heading = (): string =>
  document.querySelector('#entity h2')?.textContent.trim().replace(/\s+/g, ' ') ?? '';
const shownEvents = (): string => document.querySelector('[role="status"]')?.textContent.trim() ?? '';

describe('the page of a principal, an address or a key', () => {
  test.each([
    ['p', 'Principal', 'principal'],
    ['i', 'Address', 'sourceIp'],
    ['a', 'Access key', 'accessKeyId'],
  ] as const)('opens from a row by %s, and Escape leads back to the row', async (key, kind, field) => {
    const { session } = await setupCase({ events: 2000 });
    await expect.element(page.getByRole('grid')).toBeVisible();
    await press('jj');
    await expect.poll(() => session.findings.active).toBe(1);
    await expect.poll(() => session.findings.pages?.row(1)).toBeTruthy();
    await press(key);
    const value = session.findings.pages?.row(1)?.[field] ?? '';
    await expect.poll(heading).toBe(`${kind} ${visible(value)}`);
    expect(document.activeElement?.tagName).toBe('H2');
    await press('{Escape}');
    await expect.element(page.getByRole('grid', { name: 'Findings' })).toBeVisible();
    expect(session.navigation.place.who).toBeNull();
    expect(session.findings.active).toBe(1);
  });

  test('opens from the open record, from what stands around it, and from the side list', async () => {
    const { session } = await setupCase({ events: 2000 });
    await page.getByRole('row').nth(3).click();
    const record = page.getByRole('region', { name: 'Record', exact: true });
    await expect.element(record.getByRole('heading', { name: 'Where from' })).toBeVisible();
    const { sourceIp = '', accessKeyId = '' } = session.detail.current?.row ?? {};
    await record.getByRole('link', { name: sourceIp, exact: true }).first().click();
    await expect.poll(heading).toBe(`Address ${sourceIp}`);
    await press('{Escape}');
    await record.getByRole('button', { name: `Open the page of ${accessKeyId}` }).click();
    await expect.poll(heading).toBe(`Access key ${accessKeyId}`);
    await press('{Escape}');
    const values = page.getByRole('list', { name: 'Source address' });
    await expect.element(values).toBeVisible();
    const first = values.element().querySelector<HTMLElement>('button.value');
    first?.focus();
    await press('{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Open the address’s page' }).click();
    await expect.poll(heading).toBe(`Address ${first?.querySelector('.label')?.textContent.trim() ?? ''}`);
  });

  test('shows numbers that lead to as many events', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.open({ kind: 'key', value: 'AKIAEXAMPLE0' });
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
    const denied = page.getByRole('link', { name: /^\d+ denied in all$/ });
    await expect.element(denied).toBeVisible();
    const count = /^\d+/.exec(denied.element().getAttribute('aria-label') ?? '')?.[0];
    await denied.click();
    await expect.poll(shownEvents).toBe(`${count} of 2,000 events`);
    expect(session.navigation.place).toMatchObject({
      tab: 'events',
      query: 'accessKeyId.keyword:"AKIAEXAMPLE0" AND outcome:denied',
      who: null,
    });
    history.back();
    await expect.poll(heading).toContain('AKIAEXAMPLE0');
    expect(session.navigation.trail.map(({ tab, who }) => [tab, who])).toEqual([['findings', null]]);
  });

  test('leads from page to page, and back along the way one came', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.go({ tab: 'events', query: 'outcome:denied' });
    await expect.element(page.getByRole('grid', { name: 'Events' })).toBeVisible();
    session.navigation.open({ kind: 'address', value: '192.0.2.10' });
    await page.getByRole('link', { name: 'root', exact: true }).click();
    await expect.poll(heading).toBe('Principal root');
    await page.getByRole('link', { name: 'AKIAEXAMPLE1', exact: true }).click();
    await expect.poll(heading).toBe('Access key AKIAEXAMPLE1');
    const way = (): string[] =>
      Array.from(document.querySelectorAll('#entity nav li'), (item) => item.textContent.trim());
    expect(way()).toEqual(['Events', 'Address 192.0.2.10', 'Principal root']);
    await press('{Escape}');
    await expect.poll(heading).toBe('Principal root');
    expect(way()).toEqual(['Events', 'Address 192.0.2.10']);
    await page.getByRole('navigation', { name: 'Way here' }).getByRole('button', { name: 'Events' }).click();
    await expect.element(page.getByRole('grid', { name: 'Events' })).toBeVisible();
    expect(session.navigation.place).toMatchObject({ tab: 'events', query: 'outcome:denied', who: null });
  });

  test('says whom it handed keys to, and where its own came from', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    const given = page.getByRole('region', { name: 'Keys it handed out' });
    await expect.element(given).toBeVisible();
    await expect
      .element(page.getByText('2 more calls that may hand out keys were not looked at.'))
      .toBeVisible();
    await given.getByRole('link', { name: 'role/Admin/alice@example.com' }).click();
    const received = page.getByRole('region', { name: 'Where its keys came from' });
    await expect.element(received.getByRole('link', { name: 'root' })).toBeVisible();
    await received.getByRole('button').click();
    await expect.poll(() => session.navigation.place).toMatchObject({ tab: 'events', event: 5, who: null });
  });

  test('is walked by keyboard: j and k over its rows, arrows over a row, Enter follows', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
    await expect.poll(() => document.activeElement?.tagName).toBe('H2');
    await press('j');
    const alert = document.activeElement?.getAttribute('aria-label') ?? '';
    expect(alert).toMatch(/^\d+ findings of /);
    await press('j');
    expect(document.activeElement?.getAttribute('aria-label')).not.toBe(alert);
    await press('k');
    expect(document.activeElement?.getAttribute('aria-label')).toBe(alert);
    const table = document.activeElement?.closest('table');
    expect(table?.querySelectorAll('a[tabindex="0"]')).toHaveLength(1);

    page.getByRole('heading', { name: 'Addresses' }).element().closest('table')?.querySelector('a')?.focus();
    await press('{ArrowRight}{ArrowDown}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^[\d,]+ success, /);
    await press('{ArrowLeft}{Enter}');
    await expect.poll(heading).toMatch(/^Address /);
  });

  test('has a time range of its own: the chart narrows it, links carry it', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    const chart = page.getByRole('slider', { name: /over time/ });
    await expect.element(chart).toBeVisible();
    (chart.element() as HTMLElement).focus();
    await press('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Enter}');
    await expect.poll(() => session.navigation.place.from).not.toBeNull();
    expect(heading()).toBe('Principal root');
    const { from, to } = session.navigation.place;
    await expect.poll(() => session.entity.current?.start).toBeGreaterThanOrEqual((from ?? 0) - 600_000);
    await page.getByRole('link', { name: /^[\d,]+ events in all$/ }).click();
    await expect.poll(() => session.navigation.place.who).toBeNull();
    expect(session.navigation.place).toMatchObject({ tab: 'events', from, to });
  });

  test('says so where the case does not know it, and where the range has none of it', async () => {
    const { session } = await setupCase({ events: 300 });
    session.navigation.open({ kind: 'principal', value: 'user/nobody‮' });
    await expect.element(page.getByText('No event of this case has this principal.')).toBeVisible();
    expect(heading()).toBe('Principal user/nobody<U+202E>');
    expect(await violations()).toEqual([]);
    session.navigation.go({ who: { kind: 'principal', value: 'root' }, from: 5, to: 6 });
    await expect
      .element(page.getByText(/^No event in this time range; \d+ events in the case/))
      .toBeVisible();
    await page.getByRole('button', { name: 'Show all time' }).click();
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
  });

  test('tells the account, and leads to those of the same name in others', async () => {
    const { session } = await setupCase({ events: 2000 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByText('All of this name:')).toBeVisible();
    const events = session.entity.current?.inCase ?? 0;
    const one = page.getByRole('link', { name: /^of account / }).first();
    const account = /\d+$/.exec(one.element().textContent)?.[0];
    await one.click();
    await expect.poll(() => session.entity.current?.entity.account).toBe(account);
    expect(session.entity.current?.inCase).toBeLessThan(events);
    expect(session.navigation.place.who).toEqual({ kind: 'principal', value: 'root', account });
    await expect.element(page.getByText(`of account ${account ?? ''};`)).toBeVisible();
    await page.getByRole('link', { name: 'all together' }).click();
    await expect.poll(() => session.entity.current?.inCase).toBe(events);
  });

  test('has a page for events without a value', async () => {
    const { session } = await setupCase({ events: 300 });
    session.navigation.open({ kind: 'key', value: '' });
    await expect.poll(heading).toBe('Events without an access key');
    await expect.element(page.getByText('Every event of this case names its access key.')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('another screen leaves it', async () => {
    const { session } = await setupCase({ events: 300 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
    await press('gs');
    await expect.element(page.getByRole('grid', { name: 'Sources' })).toBeVisible();
    expect(session.navigation.place.who).toBeNull();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
    document.documentElement.lang = 'en';
    const { session } = await setupCase({ events: 2000 });
    session.preferences.setTheme(theme);
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
    expect(await violations()).toEqual([]);
    delete document.documentElement.dataset.theme;
  });
});
