import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Setup } from './setup.ts';
import { violations } from './axe.ts';
import { setupCase } from './setup.ts';

/** A case with these events on the timeline; its screen is open. */
async function withStory(events: readonly number[]): Promise<Setup> {
  const made = await setupCase({ events: 7000 });
  made.cases.marks.put(events);
  await made.session.refresh();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await vi.waitFor(() => {
    expect(made.session.timeline.pages?.total).toBe(events.length);
  });
  return made;
}

const entries = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>('article[data-entry]'));

describe('the timeline', () => {
  test('says how it is filled, and leads there', async () => {
    const { session } = await withStory([]);
    await expect.element(page.getByRole('heading', { name: /yet to be told/ })).toBeVisible();
    await page.getByRole('button', { name: /^Go through the 1,000 findings/ }).click();
    expect(session.navigation.tab).toBe('findings');
  });

  test('is reached by keys; shows entries in order, the day once and the time between', async () => {
    const { session } = await withStory([3000, 0, 1, 6000]);
    await userEvent.keyboard('gf');
    await userEvent.keyboard('gt');
    expect(session.navigation.tab).toBe('timeline');
    await expect.element(page.getByText('4 entries')).toBeVisible();
    await expect.element(page.getByRole('heading', { name: /2023-07-10 Monday/, level: 2 })).toBeVisible();
    const times = entries().map((entry) => entry.querySelector('.time')?.textContent);
    expect(times).toEqual([...times].sort());
    expect(times).toHaveLength(4);
    expect(document.querySelectorAll('.between').length).toBe(2);
    await expect.element(page.getByText(/^\d h( \d+ min)? later$/).first()).toBeVisible();
  });

  test('follows the zone, and names it', async () => {
    const { session } = await withStory([0, 3000]);
    await expect.element(page.getByText('Times are in UTC', { exact: true })).toBeVisible();
    session.preferences.setZone('local');
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    await expect.element(page.getByText(`Times are in ${timeZone} (UTC`)).toBeVisible();
    await expect.element(page.getByRole('heading', { name: /Monday UTC[+-]\d\d:\d\d/ })).toBeVisible();
    // UTC stays at hand.
    expect(document.querySelector('article .time')?.getAttribute('title')).toMatch(/^2023-07-10T.*Z$/);
    session.preferences.setZone('utc');
  });

  test('is told by keyboard: next, note, record, mark, off', async () => {
    const { cases, session } = await withStory([0, 3000]);
    await vi.waitFor(() => {
      expect(entries()).toHaveLength(2);
    });
    await userEvent.keyboard('jj');
    expect(entries()[1]).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('e');
    await userEvent.keyboard('He came back{Enter}');
    await expect.element(page.getByRole('button', { name: 'He came back' })).toBeVisible();
    expect(cases.marks.asked.at(-1)).toEqual({
      target: { of: 'event', event: 3000 },
      change: { note: 'He came back' },
    });
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('region', { name: 'Record', exact: true })).toBeVisible();
    expect(session.navigation.place).toMatchObject({ tab: 'timeline', event: 3000 });
    await userEvent.keyboard('k');
    await vi.waitFor(() => {
      expect(session.navigation.place.event).toBe(0);
    });
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('mx{Enter}');
    await expect.element(page.getByText('1 event marked malicious')).toBeVisible();
    await userEvent.keyboard('t');
    await vi.waitFor(() => {
      expect(entries()).toHaveLength(1);
    });
    await page.getByRole('button', { name: /^Undo/ }).click();
    await vi.waitFor(() => {
      expect(entries()).toHaveLength(2);
    });
  });

  test('a note that is left with Escape is as before, and one that is left otherwise is kept', async () => {
    const { cases } = await withStory([0]);
    const before = cases.marks.asked.length;
    await userEvent.keyboard('je');
    await userEvent.keyboard('Nothing{Escape}');
    await expect.element(page.getByText('Nothing')).not.toBeInTheDocument();
    expect(cases.marks.asked).toHaveLength(before);
    await userEvent.keyboard('e');
    await userEvent.keyboard('Something');
    await page.getByText('1 entry').click();
    await expect.element(page.getByRole('button', { name: 'Something' })).toBeVisible();
  });

  test('of thousands of entries draws those in sight, and reaches the last', async () => {
    const { session } = await withStory(Array.from({ length: 5000 }, (_, i) => i));
    await expect.element(page.getByText('5,000 entries')).toBeVisible();
    await vi.waitFor(() => {
      expect(entries().length).toBeGreaterThan(10);
    });
    expect(entries().length).toBeLessThan(300);
    await session.timeline.go(4999);
    await vi.waitFor(() => {
      expect(entries().some((entry) => entry.dataset.entry === '4999')).toBe(true);
    });
    expect(entries().length).toBeLessThan(400);
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  beforeEach(() => {
    document.documentElement.lang = 'en';
  });

  test('empty', async () => {
    const { session } = await withStory([]);
    session.preferences.setTheme(theme);
    await expect.element(page.getByRole('heading', { name: /yet to be told/ })).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('with a story, a note being written and a record', async () => {
    const { session } = await withStory([0, 7, 3000, 996]);
    session.preferences.setTheme(theme);
    await userEvent.keyboard('jmx{Enter}');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('region', { name: 'Record', exact: true })).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('e');
    expect(await violations()).toEqual([]);
  });
});
