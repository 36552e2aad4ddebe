import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { violations } from './axe.ts';
import { rowTexts, setupCase } from './setup.ts';

const said = () => page.getByRole('complementary', { name: 'Marking' }).getByRole('status');

describe('the mark menu', () => {
  test('marks the row that the keyboard is on, and takes it back', async () => {
    const { cases } = await setupCase({ events: 700 });
    await expect.element(page.getByRole('grid')).toBeVisible();
    await userEvent.keyboard('j');
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('dialog', { name: 'Mark this finding' })).toBeVisible();
    await userEvent.keyboard('x');
    await expect.element(page.getByRole('radio', { name: 'malicious' })).toBeChecked();
    await page.getByLabelText('Note').fill('Key leaked');
    await userEvent.keyboard('{Enter}');
    await expect.element(said()).toHaveTextContent('1 event marked malicious, note kept');
    expect(cases.marks.asked).toMatchObject([
      { target: { of: 'finding', event: 0 }, change: { status: 'malicious', note: 'Key leaked' } },
    ]);
    await vi.waitFor(() => {
      expect(rowTexts()[0]).toMatch(/malicious\sKey leaked/);
    });
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(said()).toHaveTextContent('Taken back: 1 event marked malicious');
    await vi.waitFor(() => {
      expect(rowTexts()[0]).not.toContain('malicious');
    });
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await vi.waitFor(() => {
      expect(rowTexts()[0]).toMatch(/malicious\sKey leaked/);
    });
  });

  test('leaves everything as it was on Escape, and when nothing was changed', async () => {
    const { cases } = await setupCase({ events: 700 });
    await expect.element(page.getByRole('grid')).toBeVisible();
    await userEvent.keyboard('jm');
    await userEvent.keyboard('s{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('radio', { name: 'open' })).toBeChecked();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(cases.marks.asked).toEqual([]);
  });

  test('marks several rows that were chosen with Shift', async () => {
    const { cases } = await setupCase({ events: 700 });
    await page.getByRole('row').nth(2).click();
    await userEvent.keyboard('{Escape}');
    await page
      .getByRole('row')
      .nth(5)
      .click({ modifiers: ['Shift'] });
    await userEvent.keyboard('m2{Enter}');
    await expect.element(said()).toHaveTextContent('4 events marked benign');
    expect(cases.marks.asked[0]).toMatchObject({
      target: { of: 'view', from: 1, to: 4 },
      change: { status: 'benign' },
    });
    expect(document.querySelectorAll('[role="row"][aria-selected="true"]')).toHaveLength(4);
    page.getByRole('grid').element().focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(document.querySelectorAll('[role="row"][aria-selected="true"]')).toHaveLength(5);
    await userEvent.keyboard('{ArrowDown}');
    expect(document.querySelectorAll('[role="row"][aria-selected="true"]')).toHaveLength(1);
  });

  test('marks all that the filter shows, and all of an alert', async () => {
    const { cases, session } = await setupCase({ events: 700 });
    session.navigation.go({ query: 'region:us-east-1' });
    await page.getByRole('button', { name: /^Mark all \d+…/ }).click();
    await expect.element(page.getByRole('dialog', { name: /^Mark \d+ findings/ })).toBeVisible();
    await userEvent.keyboard('b{Enter}');
    await expect.element(said()).toHaveTextContent(/events marked benign/);
    expect(cases.marks.asked[0]?.target).toEqual({ of: 'view', view: expect.any(Number) });
    await page
      .getByRole('button', { name: /^More for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Mark this alert’s findings…' }).click();
    await userEvent.keyboard('s{Enter}');
    await vi.waitFor(() => {
      expect(cases.marks.asked[1]).toMatchObject({
        target: { of: 'view', rule: expect.any(String) },
        change: { status: 'suspicious' },
      });
    });
  });

  test('letters in the note are letters', async () => {
    const { cases } = await setupCase({ events: 700 });
    await expect.element(page.getByRole('grid')).toBeVisible();
    await userEvent.keyboard('jmxn');
    await userEvent.keyboard('box 1{Enter}');
    await expect.element(said()).toHaveTextContent('marked malicious');
    expect(cases.marks.asked[0]?.change).toEqual({ status: 'malicious', note: 'box 1' });
  });
});

describe('the page of a principal', () => {
  const marked = () => page.getByRole('link', { name: /findings marked malicious$/ });

  test('marks the findings of the line that the keyboard is on, shows it, and takes it back', async () => {
    const { cases, session } = await setupCase({ events: 700 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
    await userEvent.keyboard('j');
    const alert = session.entity.current?.alerts[0];
    await userEvent.keyboard('m');
    await expect
      .element(page.getByRole('dialog', { name: `Mark ${alert?.count ?? 0} findings` }))
      .toBeVisible();
    await userEvent.keyboard('xn');
    await userEvent.keyboard('Leaked{Enter}');
    await expect.element(said()).toHaveTextContent('marked malicious, note kept');
    expect(cases.marks.asked).toMatchObject([
      {
        target: { of: 'entity', entity: { value: 'root' }, from: null, to: null, rule: alert?.rule.id },
        change: { status: 'malicious', note: 'Leaked' },
      },
    ]);
    await expect.element(marked()).toHaveTextContent(String(alert?.count));
    const line = page.getByRole('button', {
      name: `Mark ${alert?.count ?? 0} findings of ${alert?.rule.name ?? ''}: ${alert?.count ?? 0} malicious; Leaked`,
    });
    await expect.element(line).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(said()).toHaveTextContent(/^Taken back/);
    await expect.element(marked()).not.toBeInTheDocument();
  });

  test('marks all of its findings by M and by button, and one alert’s by its button', async () => {
    const { cases, session } = await setupCase({ events: 700 });
    session.navigation.open({ kind: 'principal', value: 'root' });
    await expect.element(page.getByRole('heading', { name: 'What it called' })).toBeVisible();
    const all = session.entity.current?.findings ?? 0;
    await userEvent.keyboard('M');
    await expect.element(page.getByRole('dialog', { name: `Mark ${all} findings` })).toBeVisible();
    await userEvent.keyboard('x{Enter}');
    await expect.element(marked()).toHaveTextContent(String(all));
    await page.getByRole('button', { name: `Mark all ${all} findings of this page` }).click();
    await expect.element(page.getByRole('radio', { name: 'malicious' })).toBeChecked();
    await userEvent.keyboard('s{Enter}');
    await expect.element(marked()).not.toBeInTheDocument();
    await page
      .getByRole('button', { name: /^Mark \d+ findings of .*: \d+ suspicious$/ })
      .first()
      .click();
    await userEvent.keyboard('b{Enter}');
    await expect
      .poll(() => cases.marks.asked.at(-1))
      .toMatchObject({
        target: { of: 'entity', rule: session.entity.current?.alerts[0]?.rule.id },
        change: { status: 'benign' },
      });
    expect(await violations()).toEqual([]);
  });
});

describe('the open record', () => {
  test('says how the finding of each alert is marked, and marks it alone', async () => {
    const { cases } = await setupCase({ events: 700 });
    await page.getByRole('row').nth(3).click();
    const button = page.getByRole('button', { name: /^Mark the finding of .*: open$/ });
    await button.click();
    await userEvent.keyboard('sn');
    await userEvent.keyboard('Ask the owner{Enter}');
    await expect
      .poll(() => cases.marks.asked)
      .toMatchObject([
        { target: { of: 'finding', rule: expect.any(String) }, change: { status: 'suspicious' } },
      ]);
    await expect
      .element(page.getByRole('button', { name: /^Mark the finding of .*: suspicious$/ }))
      .toBeVisible();
    await expect.element(page.getByText('Ask the owner').first()).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('says how it is marked, and goes on the timeline and off it', async () => {
    const { cases } = await setupCase({ events: 700 });
    await page.getByRole('row').nth(3).click();
    await page.getByRole('button', { name: 'Mark this finding: open' }).click();
    await userEvent.keyboard('b{Enter}');
    await expect.element(said()).toHaveTextContent('marked benign');
    await userEvent.keyboard('t');
    await expect.element(page.getByRole('button', { name: 'Timeline', pressed: true })).toBeVisible();
    await page.getByRole('button', { name: 'Timeline', pressed: true }).click();
    await expect.element(said()).toHaveTextContent('1 event taken off the timeline');
    expect(cases.marks.asked.map(({ change }) => change.timeline)).toEqual([undefined, true, false]);
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  beforeEach(() => {
    document.documentElement.lang = 'en';
  });

  test('with rows marked and the menu open', async () => {
    const { session } = await setupCase({ events: 700 });
    session.preferences.setTheme(theme);
    await page.getByRole('row').nth(3).click();
    for (const key of ['b', 's', 'x']) {
      await userEvent.keyboard('jm');
      await userEvent.keyboard(`${key}{Enter}`);
      await expect.element(said()).toHaveTextContent(/marked/);
    }
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
