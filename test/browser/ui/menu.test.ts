import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setupCase } from './setup.ts';

const opener = (): HTMLElement => document.querySelector<HTMLElement>('header h1 button')!;
const menu = (): ReturnType<typeof page.getByRole> =>
  page.getByRole('menu', { name: 'This case and the others' });

describe('a menu of a button', () => {
  test('opens below it, and closes when the button is pressed again', async () => {
    await setupCase({ events: 70 });
    await userEvent.click(opener());
    await expect.element(menu()).toBeVisible();
    expect(opener().getAttribute('aria-expanded')).toBe('true');
    expect(menu().element().getBoundingClientRect().top).toBeGreaterThan(
      opener().getBoundingClientRect().bottom,
    );
    await userEvent.click(opener());
    await expect.element(menu()).not.toBeInTheDocument();
    await userEvent.click(opener());
    await expect.element(menu()).toBeVisible();
  });

  test('is gone through by arrows and letters; Escape gives the focus back', async () => {
    await setupCase({ events: 70 });
    opener().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('menuitem', { name: 'Rename…' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('menuitem', { name: 'Close the case' })).toHaveFocus();
    await userEvent.keyboard('d');
    await expect.element(page.getByRole('menuitem', { name: 'Delete the case…' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu()).not.toBeInTheDocument();
    expect(document.activeElement).toBe(opener());
  });

  test('stays within the window and does not take part in the page’s keys', async () => {
    const { session } = await setupCase({ events: 70 });
    session.navigation.go({ event: 0 });
    await userEvent.click(page.getByRole('button', { name: 'Copy… (C)' }));
    const copy = page.getByRole('menu', { name: 'Copy' });
    await expect.element(copy).toBeVisible();
    const box = copy.element().getBoundingClientRect();
    expect(box.right).toBeLessThanOrEqual(innerWidth);
    expect(box.left).toBeGreaterThan(0);
    await userEvent.keyboard('?');
    await vi.waitFor(() => {
      expect(copy.element().isConnected).toBe(true);
    });
    expect(session.helpShown).toBe(false);
  });
});

test('the menu of an alert takes no room of its line', async () => {
  await setupCase({ events: 700 });
  const more = page.getByRole('button', { name: /^More for/ });
  await vi.waitFor(() => {
    expect(more.elements().length).toBeGreaterThan(3);
  });
  for (const button of more.elements()) {
    const line = button.closest('li')!;
    const group = line.querySelector('button')!;
    expect(line.getBoundingClientRect().height - group.getBoundingClientRect().height).toBeLessThan(2);
  }
});
