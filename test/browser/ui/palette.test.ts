import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { clauseFor } from '../../../src/core/table/clause.ts';
import { violations } from './axe.ts';
import { setup, setupCase } from './setup.ts';

const filter = () => page.getByRole('searchbox', { name: 'Filter' });
const input = () => page.getByRole('combobox', { name: 'Find a command' });

/** Titles of what the palette lists, from the top. */
function listed(): string[] {
  return Array.from(document.querySelectorAll('[role=listbox] .title'), (one) => one.textContent.trim());
}

function selected(): string {
  const id = input().element().getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.querySelector('.title')?.textContent.trim() ?? '';
}

test('opens with Ctrl+K, even while typing; finds by letters and shows which; Enter does it', async () => {
  await setupCase({ events: 7000 });
  await filter().fill('half a que');
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(input()).toHaveFocus();
  await userEvent.keyboard('eve');
  expect(selected()).toBe('Events');
  expect(document.querySelector('[role=option] b')?.textContent).toBe('Eve');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
  await expect.element(input()).not.toBeInTheDocument();
});

test('what was done lately stands first; Escape and Ctrl+K close it, and the focus goes back', async () => {
  const { session } = await setupCase({ events: 7000 });
  await expect.element(filter()).toBeVisible();
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('theme dark{Enter}');
  await vi.waitFor(() => {
    expect(session.preferences.theme).toBe('dark');
  });
  session.preferences.setTheme('light');
  await filter().click();
  await userEvent.keyboard('{Control>}k{/Control}');
  await vi.waitFor(() => {
    expect(listed()[0]).toBe('Theme: dark');
  });
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(filter()).toHaveFocus();
  session.preferences.setTheme('system');
});

test('leads to the findings of an alert, to its rule, to a saved filter and to another case', async () => {
  const { session, cases } = await setupCase({ events: 7000 }, ({ cases }) => {
    const numbers = {
      created: 0,
      opened: 0,
      events: 12,
      findings: 1,
      files: 1,
      bytes: 1,
      from: NaN,
      to: NaN,
    };
    cases.summaries = [{ id: 'case-2', name: 'Another case', ...numbers }];
  });
  await session.filters.save('denied in Frankfurt', 'outcome:denied AND region:eu-central-1');
  session.summaries = cases.summaries;
  const run = async (letters: string): Promise<void> => {
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(input()).toHaveFocus();
    await userEvent.keyboard(`${letters}`);
    await vi.waitFor(() => {
      expect(listed().length).toBeGreaterThan(0);
    });
    await userEvent.keyboard('{Enter}');
  };
  await run('denfra');
  await expect.element(filter()).toHaveValue('outcome:denied AND region:eu-central-1');
  const hit = session.rules.answer?.rules.find(({ outcome }) => outcome.kind === 'hits');
  if (!hit) throw new Error('An alert of the test has findings.');
  await run(hit.rule.name);
  await expect.element(filter()).toHaveValue(clauseFor('alert', hit.rule.id));
  await run('Another');
  await vi.waitFor(() => {
    expect(session.header?.id).toBe('case-2');
  });
});

test('works before a case is open, with what is possible then', async () => {
  await setup({ events: 10 });
  await userEvent.keyboard('{Control>}k{/Control}');
  await vi.waitFor(() => {
    expect(listed()).toContain('Add files');
  });
  expect(listed()).not.toContain('Events');
  await userEvent.keyboard('qqqq');
  await expect.element(page.getByText('Nothing is called so')).toBeVisible();
});

test('files can be added while others are read: they wait their turn', async () => {
  const { session } = await setup({ events: 700 }, ({ ingest }) => {
    ingest.until = new Promise(() => undefined);
  });
  await page.getByLabelText('Add files').upload(new File(['{}'], 'trail.json'));
  await vi.waitFor(() => {
    expect(session.ingestion.busy).toBe(true);
  });
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('add');
  await vi.waitFor(() => {
    expect(listed()).toEqual(expect.arrayContaining(['Add files', 'Add a folder']));
  });
  session.ingestion.cancel();
});

test.each(['light', 'dark'] as const)('axe-core finds nothing wrong, %s', async (theme) => {
  const { session } = await setupCase({ events: 7000 });
  session.preferences.setTheme(theme);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('find');
  await expect.element(input()).toBeVisible();
  expect(await violations()).toEqual([]);
  session.preferences.setTheme('system');
});
