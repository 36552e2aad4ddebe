import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { violations } from './axe.ts';
import { setup, setupCase } from './setup.ts';

describe.each(['light', 'dark'])('axe finds nothing, %s', (theme) => {
  beforeEach(() => {
    document.documentElement.lang = 'en';
    document.documentElement.dataset.theme = theme;
  });

  function show(session: { preferences: { setTheme(theme: 'light' | 'dark'): void } }): void {
    session.preferences.setTheme(theme as 'light' | 'dark');
  }

  test('start', async () => {
    const { session } = await setup({ events: 10 }, ({ cases }) => {
      const times = { created: 0, opened: 0, from: 0, to: 0 };
      cases.summaries = [{ id: 'a', name: 'July', events: 1, findings: 1, files: 1, bytes: 1, ...times }];
    });
    show(session);
    await expect.element(page.getByRole('heading', { name: 'Cases' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('findings with a record', async () => {
    const { session } = await setupCase({ events: 7000 });
    show(session);
    await page.getByRole('row').nth(3).click();
    await expect.element(page.getByText('Why it fired')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('events with a filter, a range and an error', async () => {
    const { session } = await setupCase({ events: 7000 });
    show(session);
    session.navigation.go({
      tab: 'events',
      query: 'NOT region:us-east-1',
      from: Date.UTC(2023, 6, 10, 8),
      to: null,
    });
    await expect.element(page.getByText(/ of 7,000 events/)).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('a:(');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/never closed/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('sources with a file', async () => {
    const { session } = await setupCase({ events: 700 });
    show(session);
    await page.getByRole('tab', { name: 'Sources' }).click();
    await page.getByRole('row').nth(3).click();
    expect(await violations()).toEqual([]);
  });

  test('rules with an alert', async () => {
    const { session } = await setupCase({ events: 700 });
    show(session);
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('row').nth(3).click();
    await expect.element(page.getByText('Query as published')).toBeVisible();
    expect(await violations()).toEqual([]);
    session.rules.setProfile('published');
    await page.getByRole('button', { name: 'Parameters' }).click();
    await expect.element(page.getByText(/exactly as it was printed/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('an alert being written, with completions and with what is wrong', async () => {
    const { session } = await setupCase({ events: 700 });
    show(session);
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('button', { name: 'New alert' }).click();
    await page.getByLabelText('Query', { exact: true }).fill('region:us-east-1 or eventN');
    await expect.element(page.getByRole('listbox')).toBeVisible();
    await expect.element(page.getByText('214 matches')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await page.getByLabelText('Name').fill('Mine');
    await page.getByLabelText(/^Description/).fill('Mine.');
    await page.getByLabelText(/^Tags/).fill('Wrong!');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect.element(page.getByText(/A tag has lower-case letters/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('help', async () => {
    const { session } = await setupCase({ events: 700 });
    show(session);
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
