import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { rowTexts, setupCase } from './setup.ts';

const filter = () => page.getByRole('searchbox', { name: 'Filter' });
const open = () => page.getByRole('button', { name: 'Saved and recent filters' });

async function apply(query: string): Promise<void> {
  await filter().fill(query);
  await userEvent.keyboard('{Enter}');
}

describe('filters of the case', () => {
  test('are saved under a name, applied, renamed and deleted', async () => {
    const { session } = await setupCase({ events: 7000 });
    await apply('region:us-east-1');
    await filter().click();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByLabelText('Name for this filter')).toHaveFocus();
    await userEvent.keyboard('Virginia{Enter}');
    await vi.waitFor(() => {
      expect(session.header?.filters).toEqual([{ name: 'Virginia', query: 'region:us-east-1' }]);
    });
    await userEvent.keyboard('{Escape}');
    await apply('');
    await open().click();
    await page.getByRole('button', { name: /^Virginia/ }).click();
    await expect.element(filter()).toHaveValue('region:us-east-1');
    await open().click();
    await page.getByRole('button', { name: 'Rename Virginia' }).click();
    await page.getByLabelText('New name of Virginia').fill('North');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('button', { name: 'Delete North' }).click();
    await vi.waitFor(() => {
      expect(session.header?.filters).toEqual([]);
    });
  });

  test('those in force lately are in memory only', async () => {
    const { session } = await setupCase({ events: 7000 });
    await apply('region:us-east-1');
    await apply('region:eu-west-1');
    await open().click();
    await page.getByRole('list', { name: 'Recent filters' }).getByRole('button').click();
    await expect.element(filter()).toHaveValue('region:us-east-1');
    expect(JSON.stringify({ ...localStorage })).not.toContain('us-east-1');
    await session.close();
    expect(session.filters.recent).toEqual([]);
  });
});

test('a clause is set aside, kept in the address, and taken up again', async () => {
  const { cases } = await setupCase({ events: 7000 });
  await apply('region:us-east-1 AND NOT principal:root');
  await page.getByRole('button', { name: 'NOT principal:root', exact: true }).click();
  await expect.element(filter()).toHaveValue('region:us-east-1');
  expect(cases.specs.at(-1)?.query).toBe('region:us-east-1');
  expect(location.hash).toContain('off=NOT+principal%3Aroot');
  history.back();
  await expect.element(filter()).toHaveValue('region:us-east-1 AND NOT principal:root');
  history.forward();
  await expect.element(filter()).toHaveValue('region:us-east-1');
  const aside = page.getByRole('button', { name: 'NOT principal:root', exact: true });
  await expect.element(aside).toHaveAttribute('aria-pressed', 'false');
  await aside.click();
  await expect.element(filter()).toHaveValue('region:us-east-1 AND NOT principal:root');
  expect(location.hash).not.toContain('off=');
});

test('the zone moves the table, the range and the chart together', async () => {
  const { session } = await setupCase({ events: 700 });
  await page.getByRole('tab', { name: 'Events' }).click();
  await vi.waitFor(() => {
    expect(rowTexts()[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z/);
  });
  await page.getByRole('button', { name: 'Times are in UTC' }).click();
  await vi.waitFor(() => {
    expect(rowTexts()[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d/);
  });
  await expect.element(page.getByRole('columnheader', { name: 'Time (local)' })).toBeVisible();
  await page.getByLabelText('From (local)').fill('2023-07-10T11:00');
  await userEvent.keyboard('{Enter}');
  expect(session.navigation.place.from).toBe(new Date(2023, 6, 10, 11).getTime());
  session.preferences.setZone('utc');
});
