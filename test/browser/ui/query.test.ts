import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setupCase } from './setup.ts';

const filter = () => page.getByRole('searchbox', { name: 'Filter' });
const list = () => page.getByRole('listbox', { name: 'Completions' });

describe('completion', () => {
  test('arrows choose, Enter takes, and a field leads to its values', async () => {
    const { session } = await setupCase({ events: 700 });
    await filter().fill('sev');
    await expect.element(list()).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    const option = page.getByRole('option', { name: /^severity/ });
    await expect.element(option).toHaveAttribute('aria-selected', 'true');
    await expect.element(filter()).toHaveAttribute('aria-activedescendant', option.element().id);
    await userEvent.keyboard('{Enter}');
    await expect.element(filter()).toHaveValue('severity:');
    await expect.element(page.getByRole('option', { name: 'critical' })).toBeVisible();
    await userEvent.keyboard('{ArrowUp}{Tab}');
    await expect.element(filter()).toHaveValue('severity:info');
    await expect.element(filter()).toHaveFocus();
    expect(session.navigation.place.query).toBe('');
  });

  test('with nothing chosen Enter applies the filter, and Tab moves on', async () => {
    const { session } = await setupCase({ events: 700 });
    await filter().fill('eventN');
    await expect.element(list()).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(session.navigation.place.query).toBe('eventN');
    await expect.element(list()).not.toBeInTheDocument();
    await filter().fill('eventNa');
    await expect.element(list()).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(filter()).toHaveValue('eventNa');
    await expect.element(filter()).not.toHaveFocus();
    await expect.element(list()).not.toBeInTheDocument();
  });

  test('Escape puts the list away first, then takes the edit back', async () => {
    await setupCase({ events: 700 });
    await filter().fill('eventN');
    await expect.element(list()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(list()).not.toBeInTheDocument();
    await expect.element(filter()).toHaveValue('eventN');
    await userEvent.keyboard('{Escape}');
    await expect.element(filter()).toHaveValue('');
  });

  test('typing never waits, and an answer that comes too late is dropped', async () => {
    const { session, cases } = await setupCase({ events: 700 });
    let answer: () => void = () => undefined;
    cases.holdCompletions = new Promise((resolve) => (answer = resolve));
    const asked = vi.spyOn(cases, 'complete');
    await filter().fill('eventN');
    await vi.waitFor(() => {
      expect(asked).toHaveBeenCalledOnce();
    });
    await filter().fill('AccessDenied');
    await userEvent.keyboard('{Enter}');
    expect(session.navigation.place.query).toBe('AccessDenied');
    answer();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await expect.element(list()).not.toBeInTheDocument();
  });

  test('the mouse takes an option and leaves the focus in the query', async () => {
    await setupCase({ events: 700 });
    await filter().fill('eventN');
    await page.getByRole('option', { name: 'eventName.keyword' }).click();
    await expect.element(filter()).toHaveValue('eventName.keyword:');
    await expect.element(filter()).toHaveFocus();
  });
});

describe('notes on the filter', () => {
  test('show while it is edited, with the click that repairs it', async () => {
    const { session } = await setupCase({ events: 700 });
    await filter().fill('eventName:a or eventName:b');
    await expect.element(page.getByRole('button', { name: /^\d notes?$/ })).toBeVisible();
    // The list of completions comes first.
    await userEvent.keyboard('{Escape}');
    const notes = page.getByRole('list', { name: 'Notes on the filter' });
    await expect.element(notes).toBeVisible();
    await notes.getByRole('button').first().click();
    expect(session.navigation.place.query).toBe('eventName:a OR eventName:b');
  });

  test('fold away when it is applied, and can be asked for', async () => {
    await setupCase({ events: 700 });
    await filter().fill('nosuchfield:1');
    await userEvent.keyboard('{Enter}');
    const button = page.getByRole('button', { name: '1 note' });
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
    await button.click();
    await expect.element(page.getByText('CloudTrail has no field nosuchfield')).toBeVisible();
  });

  test('know the fields that the filter has of its own', async () => {
    await setupCase({ events: 700 });
    await filter().fill('severity:high AND NOT outcome:denied');
    await userEvent.keyboard('{Enter}');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(document.body.textContent).not.toContain('CloudTrail has no field');
    await expect.element(page.getByRole('button', { name: /note/ })).not.toBeInTheDocument();
  });
});
