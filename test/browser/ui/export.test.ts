import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { violations } from './axe.ts';
import { setupCase } from './setup.ts';

/** Names of the files that the page saved. */
const saved: string[] = [];

beforeEach(() => {
  saved.length = 0;
  vi.restoreAllMocks();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});

const button = (name: string): ReturnType<typeof page.getByRole> =>
  page.getByRole('button', { name, exact: true });

describe('what the filter selects', () => {
  test('is exported from the view on display, as CSV and as JSON', async () => {
    const { cases, session } = await setupCase({ events: 700 });
    await button('Export CSV').click();
    await expect.poll(() => saved).toEqual(['findings.csv']);
    await button('Export JSON').click();
    await expect.poll(() => saved).toEqual(['findings.csv', 'findings.jsonl']);
    const view = session.findings.view?.view;
    expect(cases.jobs).toEqual([
      { kind: 'csv', view, alert: null },
      { kind: 'jsonl', view, alert: null },
    ]);
  });

  test('is one thing at a time, tells how far it is, and can be given up', async () => {
    let release: () => void = () => undefined;
    const { cases } = await setupCase({ events: 700 }, ({ cases: fake }) => {
      fake.holdExport = new Promise((resolve) => (release = resolve));
    });
    await button('Export JSON').click();
    await expect.element(button('Export CSV')).toBeDisabled();
    await expect.element(button('Cancel the export')).not.toBeInTheDocument();
    cases.tell({ kind: 'exporting', done: 1200, total: 30_000 });
    await expect.element(page.getByText('Exporting 1,200 of 30,000')).toBeVisible();
    expect(await violations()).toEqual([]);
    await button('Cancel the export').click();
    await expect.element(button('Export CSV')).toBeEnabled();
    await expect.element(page.getByText('Exporting 1,200 of 30,000')).not.toBeInTheDocument();
    expect(saved).toEqual([]);
    release();
  });

  test('that cannot be exported says why', async () => {
    const { cases } = await setupCase({ events: 700 });
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '101');
    cases.forgetViews();
    await button('Export CSV').click();
    await expect.element(page.getByText('This view is too old.')).toBeVisible();
    expect(saved).toEqual([]);
  });

  test('has no JSON for events, which have no evidence', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect.element(button('Export CSV')).toBeEnabled();
    await expect.element(button('Export JSON')).not.toBeInTheDocument();
  });
});

test('the findings of one alert are exported from its menu, by keyboard', async () => {
  const { cases, session } = await setupCase({ events: 700 });
  await expect.element(button('Export CSV')).toBeEnabled();
  const { rule } = session.findings.view!.groups[1]!;
  const more = button(`More for ${rule.name}`);
  // What is beside the list is drawn after it.
  await expect.element(more).toBeVisible();
  more.element().focus();
  await userEvent.keyboard('{Enter}');
  const item = page.getByRole('menuitem', { name: 'This alert as CSV' });
  await expect.element(item).toBeVisible();
  while (document.activeElement !== item.element()) await userEvent.keyboard('{ArrowDown}');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => saved).toEqual(['findings.csv']);
  expect(cases.jobs).toEqual([{ kind: 'csv', view: session.findings.view!.view, alert: rule.id }]);
});

describe('a report', () => {
  const field = (name: string): ReturnType<typeof page.getByRole> =>
    page.getByRole('textbox', { name, exact: true });

  test('is asked for from the case line, told what to hold, and saved', async () => {
    const { cases, session } = await setupCase({ events: 700 });
    await button('Report').click();
    await expect.element(page.getByRole('dialog', { name: 'Report' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await field('Title').fill('  July ');
    await field('Author').fill('Mei');
    session.preferences.setZone('local');
    await expect.element(page.getByText(/^Times are written in .* \(UTC[+-]/)).toBeVisible();
    await page.getByRole('radio', { name: /^Markdown/ }).click();
    await page.getByRole('checkbox', { name: /^Files/ }).click();
    await page.getByRole('combobox').selectOptions('25');
    await button('Save the report').click();
    await expect.poll(() => saved).toEqual(['report.markdown']);
    expect(cases.jobs).toEqual([
      {
        kind: 'report',
        format: 'markdown',
        options: {
          title: 'July',
          author: 'Mei',
          findings: true,
          timeline: true,
          files: false,
          examples: 25,
          zone: 'local',
        },
      },
    ]);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    // What was told is remembered, but for the title, which is one report's… of this case.
    await button('Report').click();
    await expect.element(field('Author')).toHaveValue('Mei');
    await expect.element(page.getByRole('radio', { name: /^Markdown/ })).toBeChecked();
    session.preferences.setZone('utc');
  });

  test('tells how far it is, and is given up with its dialog', async () => {
    const { cases } = await setupCase({ events: 700 }, ({ cases: fake }) => {
      fake.holdExport = new Promise(() => undefined);
    });
    await button('Report').click();
    await button('Save the report').click();
    cases.tell({ kind: 'exporting', done: 40, total: 600 });
    await expect.element(page.getByText('Reading 40 of 600 records')).toBeVisible();
    await expect.element(button('Save the report')).toBeDisabled();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(button('Export CSV')).toBeEnabled();
    expect(saved).toEqual([]);
  });
});
