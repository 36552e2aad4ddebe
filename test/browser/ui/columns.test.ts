import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { rowTexts, setupCase } from './setup.ts';

const grid = () => page.getByRole('grid');
const filter = () => page.getByRole('searchbox', { name: 'Filter' });

function titles(): string[] {
  return Array.from(document.querySelectorAll('[role=columnheader]'), (cell) => cell.textContent.trim());
}

function focusGrid(): void {
  (grid().element() as HTMLElement).focus();
}

/** What `aria-activedescendant` points to. */
function pointed(): string {
  const id = grid().element().getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.textContent.trim() ?? '';
}

describe('columns', () => {
  test('are chosen, also from further paths of the record, and remembered; reset brings back the usual', async () => {
    const { session } = await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    const usual = titles();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Country' }).click();
    await page.getByLabelText('Find a column').fill('invoked');
    await page.getByRole('checkbox', { name: 'userIdentity.invokedBy' }).click();
    await vi.waitFor(() => {
      expect(titles()).toEqual([...usual.filter((one) => one !== 'Country'), 'userIdentity.invokedBy']);
      expect(rowTexts()[0]).toContain('userIdentity.invokedBy of it');
    });
    expect(localStorage.getItem('trailsift.setup')).toContain('userIdentity.invokedBy');
    await userEvent.keyboard('{Escape}');
    session.navigation.go({ tab: 'events' });
    await vi.waitFor(() => {
      expect(titles()).not.toContain('userIdentity.invokedBy');
    });
    session.navigation.go({ tab: 'findings' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(titles()).toEqual(usual);
  });

  test('change places by keyboard, in the choice and on the header', async () => {
    await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    focusGrid();
    await userEvent.keyboard('{ArrowUp}{Control>}{ArrowRight}{/Control}');
    await vi.waitFor(() => {
      expect(titles().slice(0, 2)).toEqual(['Severity', expect.stringMatching(/^Time/)]);
    });
    // The keyboard goes with the column, and those who do not see it are told.
    expect(pointed()).toMatch(/^Time/);
    await expect.element(page.getByText(/^Time .*: column 2 of \d+$/)).toBeInTheDocument();
    await userEvent.keyboard('{Control>}{ArrowLeft}{/Control}');
    expect(titles()[1]).toBe('Severity');
  });

  test('change places by dragging the header, which does not sort', async () => {
    await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    const [time, severity] = Array.from(document.querySelectorAll('[role=columnheader]'));
    const box = (severity as Element).getBoundingClientRect();
    const at = { clientX: 40, clientY: box.top + 10, button: 0, pointerId: 1, bubbles: true };
    (time as Element).dispatchEvent(new PointerEvent('pointerdown', at));
    const to = { ...at, clientX: box.right - 4 };
    (time as Element).dispatchEvent(new PointerEvent('pointermove', to));
    (time as Element).dispatchEvent(new PointerEvent('pointerup', to));
    (time as Element).dispatchEvent(new MouseEvent('click', to));
    await vi.waitFor(() => {
      expect(titles()[0]).toBe('Severity');
    });
    expect(location.hash).not.toContain('fsort');
  });

  test('the header has a menu: sort, hide, move', async () => {
    await setupCase({ events: 7000 });
    await page.getByRole('columnheader', { name: 'Account' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Sort descending' }).click();
    await expect
      .element(page.getByRole('columnheader', { name: 'Account' }))
      .toHaveAttribute('aria-sort', 'descending');
    await page.getByRole('columnheader', { name: 'Account' }).click({ button: 'right' });
    await userEvent.keyboard('h{Enter}');
    await expect.element(page.getByRole('columnheader', { name: 'Account' })).not.toBeInTheDocument();
    expect(document.activeElement?.getAttribute('role')).toBe('grid');
  });
});

describe('cells', () => {
  test('have a menu by mouse and by keyboard: is, is not, only this', async () => {
    await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    focusGrid();
    await userEvent.keyboard(`{ArrowDown}${'{ArrowRight}'.repeat(titles().indexOf('Action') + 1)}`);
    const action = pointed();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect.element(page.getByRole('menu', { name: action })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(filter()).toHaveValue(`eventName.keyword:"${action}"`);
    // The focus is back on the grid.
    expect(document.activeElement?.getAttribute('role')).toBe('grid');
  });

  test('stand close together when wished for', async () => {
    const { session } = await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    const height = (): number | undefined =>
      document.querySelectorAll('[role=grid] [role=row]')[2]?.getBoundingClientRect().height;
    expect(height()).toBe(28);
    session.preferences.compact = true;
    await vi.waitFor(() => {
      expect(height()).toBe(24);
    });
  });
});

test('values of a facet have the same menu', async () => {
  await setupCase({ events: 7000 });
  const value = page
    .getByRole('list', { name: 'Principal', exact: true })
    .getByRole('button', { name: /^root, / });
  await value.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Is not this' }).click();
  await expect.element(filter()).toHaveValue('NOT principal:root');
});
