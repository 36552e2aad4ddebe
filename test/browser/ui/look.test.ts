/** What the eye would catch: things that are cut, jump, stand twice, or are told to the eye alone. */
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { TABS } from '../../../src/state/address.ts';
import { setupCase } from './setup.ts';

/** Index of the first row that is in sight, from 0. */
function topRow(): number {
  const grid = document.querySelector('[role=grid]')!.getBoundingClientRect();
  const below = [...document.querySelectorAll('[role=row][aria-rowindex]')]
    .filter((row) => row.getBoundingClientRect().bottom > grid.top + 28 + 1)
    .map((row) => Number(row.getAttribute('aria-rowindex')) - 2);
  return Math.min(...below);
}

describe('the table', () => {
  test('keeps the row at its top when rows move closer together or apart', async () => {
    const { session } = await setupCase({ events: 5000 });
    session.navigation.go({ tab: 'events' });
    await expect.element(page.getByRole('grid', { name: 'Events' })).toBeVisible();
    const grid = document.querySelector<HTMLElement>('[role=grid]')!;
    grid.scrollTop = 60_000;
    await vi.waitFor(() => {
      expect(topRow()).toBeGreaterThan(1000);
    });
    const before = topRow();
    for (const compact of [true, false]) {
      session.preferences.compact = compact;
      await vi.waitFor(() => {
        expect(document.querySelector('.grid.compact') !== null).toBe(compact);
      });
      expect(Math.abs(topRow() - before)).toBeLessThanOrEqual(1);
    }
  });

  test('does not scroll sideways when its columns fit', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Rules' }).click();
    await expect.element(page.getByRole('grid', { name: 'Rules' })).toBeVisible();
    const grid = document.querySelector('[role=grid]')!;
    await vi.waitFor(() => {
      expect(grid.scrollWidth).toBe(grid.clientWidth);
    });
  });

  test.each([
    ['findings', 'Source address'],
    ['events', 'Alert'],
  ] as const)('has what matters of %s in sight at 1280 px: up to %s', async (tab, last) => {
    const { session } = await setupCase({ events: 700 });
    session.navigation.go({ tab });
    await expect.element(page.getByRole('grid')).toBeVisible();
    const grid = document.querySelector('[role=grid]')!;
    const header = page.getByRole('columnheader', { name: last });
    await vi.waitFor(() => {
      const { right } = header.element().getBoundingClientRect();
      // A scroll bar, where there is one, takes 15 px.
      expect(right).toBeLessThanOrEqual(grid.getBoundingClientRect().left + grid.clientWidth);
    });
  });

  test('keeps both ends of a long principal, and says cut text whole under the pointer', async () => {
    const { session } = await setupCase({ events: 70 }, ({ cases }) => {
      const { row } = cases.world;
      cases.world.row = (...which) => ({
        ...row.apply(cases.world, which),
        principal: 'AWSReservedSSO_SecurityResponse_a0f69fc21e6d712e/mara.l',
      });
    });
    session.navigation.go({ tab: 'events' });
    const cell = page.getByRole('gridcell', { name: /mara\.l/ }).first();
    await expect.element(cell).toBeVisible();
    const [start, end] = cell.element().querySelectorAll('.cut');
    expect(start!.scrollWidth).toBeGreaterThan(start!.clientWidth);
    expect(end!.scrollWidth).toBeLessThanOrEqual(end!.clientWidth + 1);
    await cell.hover();
    expect(cell.element().getAttribute('title')).toMatch(/^AWSReservedSSO_.*\/mara\.l$/);
    await page.getByRole('tab', { name: 'Rules' }).hover();
    expect(cell.element().getAttribute('title')).toBe(null);
  });

  test('says the days between two rows to those who do not see them', async () => {
    await setupCase({ events: 70 }, ({ cases }) => {
      const { time } = cases.world;
      cases.world.time = (event) => time.call(cases.world, event) + (event >= 5 ? 3 * 86_400_000 : 0);
    });
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect
      .element(page.getByRole('gridcell', { name: /^3 days from the row above\. 2023-/ }))
      .toBeInTheDocument();
  });
});

test('the filter keeps its width when counts beside it grow shorter or go', async () => {
  const { session } = await setupCase({ events: 7000 });
  const buttons = page.getByRole('group', { name: 'Severity' });
  await expect.element(buttons.getByText(/^\d+$/).first()).toBeVisible();
  const width = (): number => buttons.element().getBoundingClientRect().width;
  const before = width();
  session.navigation.go({ query: 'severity:critical' });
  await expect.element(page.getByText(/^\d+ of 1,000 findings$/)).toBeVisible();
  expect(width()).toBeCloseTo(before, 0);
});

test('with little room an open record leaves the room of the side list to the table, and tables stand one below the other', async () => {
  const { session } = await setupCase({ events: 700 });
  await page.viewport(960, 540);
  const side = page.getByText('By alert');
  await expect.element(side).toBeVisible();
  session.navigation.go({ event: 0 });
  await expect.element(page.getByRole('region', { name: 'Record', exact: true })).toBeVisible();
  await expect.element(side).not.toBeVisible();
  session.navigation.go({ event: null, who: { kind: 'principal', value: 'root' } });
  await expect.element(page.getByRole('heading', { name: /^What it called/ })).toBeVisible();
  const lefts = [...document.querySelectorAll('.columns > div')].map(
    (one) => one.getBoundingClientRect().left,
  );
  expect(new Set(lefts).size).toBe(1);
});

describe('the case line', () => {
  test('shows what it has room for whole, warnings before the rest', async () => {
    await setupCase({ events: 700 });
    await page.viewport(1024, 700);
    const facts = document.querySelector('header .facts')!;
    const seen = [...facts.children].filter(
      (fact) => fact.getBoundingClientRect().top < facts.getBoundingClientRect().bottom - 1,
    );
    for (const fact of seen) {
      expect(fact.getBoundingClientRect().right).toBeLessThanOrEqual(facts.getBoundingClientRect().right);
    }
    expect(seen.map(({ textContent }) => textContent.trim())).toContain('1 record, 2 files refused');
    expect(seen.length).toBeLessThan(facts.children.length);
    // The rest is counted, and one click away.
    const more = page.getByRole('button', { name: /more remarks? on the case$/ });
    await expect.element(more).toHaveTextContent(`+${String(facts.children.length - seen.length)}`);
    await more.click();
    const { bottom } = facts.getBoundingClientRect();
    for (const fact of facts.children)
      expect(fact.getBoundingClientRect().bottom).toBeLessThanOrEqual(bottom);
    await page.getByRole('button', { name: 'Say less of the case' }).click();
    await expect.element(more).toBeVisible();
  });
});

test.each([
  [1280, 800],
  [640, 400],
])('no screen scrolls the window or leaves it to the side, %d px wide', async (width, height) => {
  const { session } = await setupCase({ events: 700 });
  await page.viewport(width, height);
  const root = document.scrollingElement!;
  const places = [
    ...TABS.map((tab) => ({ tab, who: null, event: null })),
    { tab: 'events' as const, who: null, event: 0 },
    { tab: 'events' as const, who: { kind: 'principal' as const, value: 'root' }, event: null },
  ];
  for (const place of places) {
    session.navigation.go(place);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([place, root.scrollHeight, root.scrollWidth]).toEqual([place, height, width]);
    const screen = document.querySelector('.screen');
    if (screen) expect([place, screen.scrollWidth]).toEqual([place, screen.clientWidth]);
  }
});

describe('the focus', () => {
  test('begins in a dialog on its title, or on what does no harm, and not on the button that closes it', async () => {
    const { session } = await setupCase({ events: 700 });
    session.helpShown = true;
    await expect.element(page.getByRole('heading', { name: 'Keys and filters' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    document.querySelector<HTMLElement>('header h1 button')?.click();
    await page.getByRole('menuitem', { name: 'Delete the case…' }).click();
    await expect.element(page.getByRole('button', { name: 'Keep' })).toHaveFocus();
  });

  test('begins in the query of a new alert', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('button', { name: 'New alert' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Query' })).toHaveFocus();
  });
});
