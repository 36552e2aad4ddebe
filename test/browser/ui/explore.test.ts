import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ViewAnswer, ViewSpec } from '../../../workers/contract.ts';
import { rowTexts, setupCase } from './setup.ts';

const grid = () => page.getByRole('grid');
const filter = () => page.getByRole('searchbox', { name: 'Filter' });

function severity(grade: string) {
  return page.getByRole('group', { name: 'Severity' }).getByRole('button', { name: grade });
}

async function apply(query: string): Promise<void> {
  await filter().fill(query);
  await userEvent.keyboard('{Enter}');
}

describe('a filter that only the records can answer', () => {
  test('shows what was found so far, can be stopped, and goes on', async () => {
    const { cases } = await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    const answerOf = cases.view.bind(cases);
    let answer: (answer: ViewAnswer) => void = () => undefined;
    const asked: ViewSpec[] = [];
    cases.view = (spec) => {
      asked.push(spec);
      return new Promise((resolve) => (answer = resolve));
    };
    await apply('severity:critical');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const whole = await answerOf(asked[0]!);
    if (!whole.ok) throw new Error('The made-up case does not answer.');
    const part = { ...whole, searched: { done: 430, total: 1000 } };
    cases.tell({ kind: 'part', spec: asked[0]!, answer: part });
    await expect.element(page.getByText(/Looking through 1,000 records: 43 %/)).toBeVisible();
    await expect.element(page.getByText(/so far$/)).toBeVisible();
    // What is not all must not be taken for all.
    await expect.element(page.getByRole('button', { name: 'Export CSV' })).toBeDisabled();
    const stop = page.getByRole('button', { name: /^Stop looking/ });
    await expect.element(stop).toHaveTextContent('Stop');
    await stop.click();
    expect(cases.stopped).toEqual(['findings']);
    answer({ ...part, total: 0 });
    await expect.element(page.getByText('Nothing found in what was looked through.')).toBeVisible();
    await expect.element(page.getByText(/^Stopped: 43 % of 1,000 records/)).toBeVisible();
    await page.getByRole('button', { name: 'Look through the rest' }).click();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    answer(await answerOf(asked[1]!));
    await expect.element(page.getByText(/^Stopped:/)).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Export CSV' })).toBeEnabled();
  });
});

test('the screen that is not on display is made ready: with just what it will ask for', async () => {
  const { cases } = await setupCase({ events: 7000 });
  await apply('severity:critical');
  await expect.element(page.getByText(/^\d+ of 1,000 findings$/)).toBeVisible();
  await vi.waitFor(() => expect(cases.prepared.at(-1)?.query).toBe('severity:critical'));
  const prepared = cases.prepared.at(-1);
  await page.getByRole('tab', { name: /^Events/ }).click();
  await vi.waitFor(() => expect(cases.specs.at(-1)?.rows).toBe('events'));
  expect(cases.specs.at(-1)).toEqual(prepared);
});

test('rows that the case worker has let go of do not come back in place of what is asked for', async () => {
  const { cases, session } = await setupCase({ events: 7000 });
  await apply('severity:critical');
  await expect.element(page.getByText(/^\d+ of 1,000 findings$/)).toBeVisible();
  const made = session.findings.view!.view;
  session.navigation.go({ tab: 'rules' });
  await expect.element(page.getByRole('grid', { name: 'Rules' })).toBeVisible();
  const rowsOf = cases.rows.bind(cases);
  cases.rows = (view, ...rest) => (view <= made ? Promise.resolve([]) : rowsOf(view, ...rest));
  session.navigation.go({ tab: 'findings', query: '' });
  await expect.element(grid()).toHaveAttribute('aria-rowcount', '1001');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(cases.specs.at(-1)?.query).toBe('');
  await expect.element(grid()).toHaveAttribute('aria-rowcount', '1001');
});

describe('the filter', () => {
  test('applies on Enter, and the count says of how many', async () => {
    const { cases } = await setupCase({ events: 7000 });
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1001');
    await filter().fill('severity:critical');
    expect(cases.specs.every((spec) => spec.query === '')).toBe(true);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/^\d+ of 1,000 findings$/)).toBeVisible();
    expect(location.hash).toContain('q=severity%3Acritical');
  });

  test('what is wrong is shown with a caret, and the old rows stay', async () => {
    await setupCase({ events: 7000 });
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1001');
    await expect.element(grid()).toHaveAttribute('aria-busy', 'false');
    const before = rowTexts();
    await apply('errorCode:(');
    await expect.element(filter()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByText(/never closed/)).toBeVisible();
    expect(document.querySelector('[role="alert"] pre')?.textContent).toMatch(/\n *\^$/);
    expect(rowTexts()).toEqual(before);
    // It is said of the filter that it is about, and not of what is typed after it.
    await filter().fill('errorCode:(A');
    await expect.element(page.getByText(/never closed/)).not.toBeInTheDocument();
    await apply('');
    await expect.element(filter()).toHaveAttribute('aria-invalid', 'false');
  });

  test('severity buttons write one clause', async () => {
    await setupCase({ events: 7000 });
    await severity('critical').click();
    await expect.element(filter()).toHaveValue('severity:critical');
    await severity('high').click();
    await expect.element(filter()).toHaveValue('severity:(critical OR high)');
    await severity('critical').click();
    await expect.element(filter()).toHaveValue('severity:high');
    await severity('high').click();
    await expect.element(filter()).toHaveValue('');
  });

  test('facets include and leave out, pills take back', async () => {
    await setupCase({ events: 7000 });
    const value = page
      .getByRole('list', { name: 'Principal', exact: true })
      .getByRole('button', { name: /^root, / });
    await value.click();
    await expect.element(filter()).toHaveValue('principal:root');
    await expect.element(value).toHaveAttribute('aria-pressed', 'true');
    await value.click({ modifiers: ['Alt'] });
    await expect.element(filter()).toHaveValue('NOT principal:root');
    await page.getByRole('button', { name: 'Remove NOT principal:root' }).click();
    await expect.element(filter()).toHaveValue('');
  });

  test('an alert in the list narrows to it', async () => {
    await setupCase({ events: 7000 });
    await page.getByRole('list', { name: 'Alerts with findings' }).getByRole('button').first().click();
    await expect.element(filter()).toHaveValue('alert:"cloudtrail-change"');
  });

  test('back and forward go through what was looked at', async () => {
    await setupCase({ events: 7000 });
    await apply('region:us-east-1');
    await page.getByRole('tab', { name: 'Events' }).click();
    history.back();
    await expect
      .element(page.getByRole('tab', { name: 'Findings' }))
      .toHaveAttribute('aria-selected', 'true');
    history.back();
    await expect.element(filter()).toHaveValue('');
    history.forward();
    await expect.element(filter()).toHaveValue('region:us-east-1');
  });
});

describe('the time', () => {
  test('typed ranges are UTC, checked, and can be left again', async () => {
    const { session, cases } = await setupCase({ events: 7000 });
    await page.getByLabelText('From (UTC)').fill('2023-07-10 09:00');
    await userEvent.keyboard('{Enter}');
    await page.getByLabelText('To (UTC)').fill('2023-07-10 09:59');
    await userEvent.keyboard('{Enter}');
    expect(session.navigation.place.from).toBe(Date.UTC(2023, 6, 10, 9));
    expect(session.navigation.place.to).toBe(Date.UTC(2023, 6, 10, 9, 59, 59, 999));
    await vi.waitFor(() => {
      expect(cases.specs.at(-1)?.to).toBe(Date.UTC(2023, 6, 10, 9, 59, 59, 999));
    });
    await page.getByLabelText('From (UTC)').fill('yesterday');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/A time in UTC/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'All time' }).click();
    expect(session.navigation.place.from).toBeNull();
  });

  test('the chart selects by keyboard', async () => {
    const { session } = await setupCase({ events: 7000 });
    const chart = page.getByRole('slider', { name: /over time/ });
    await expect.element(chart).toBeVisible();
    chart.element().focus();
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', expect.stringMatching(/15 min.*events/));
    await userEvent.keyboard('{Enter}');
    const { from, to } = session.navigation.place;
    expect((to ?? 0) - (from ?? 0) + 1).toBe(15 * 60_000);
    await expect.element(page.getByRole('button', { name: '15 min' })).toBeVisible();
  });
});

describe('the grid', () => {
  test('a million rows are reached, first and last', async () => {
    await setupCase({ events: 1_000_000 });
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1000001');
    const element = grid().element() as HTMLElement;
    expect(element.scrollHeight).toBeLessThan(8_940_000);
    element.focus();
    await userEvent.keyboard('{End}');
    await vi.waitFor(() => {
      const pointed = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      expect(pointed?.getAttribute('aria-rowindex')).toBe('1000001');
      const box = pointed?.getBoundingClientRect();
      expect(box?.bottom).toBeLessThanOrEqual(element.getBoundingClientRect().bottom);
      expect(pointed?.textContent).toContain('2023-07-10');
    });
    await userEvent.keyboard('{ArrowUp}{PageUp}');
    await vi.waitFor(() => {
      const pointed = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      expect(Number(pointed?.getAttribute('aria-rowindex'))).toBeLessThan(999_999);
    });
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => {
      expect(element.scrollTop).toBe(0);
    });
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(60);
  });

  test('every row of a long list can be scrolled to', async () => {
    await setupCase({ events: 1_000_000 });
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1000001');
    const element = grid().element() as HTMLElement;
    element.scrollTop = element.scrollHeight;
    await vi.waitFor(() => {
      const last = Array.from(element.querySelectorAll('[role="row"]')).at(-1);
      expect(last?.getAttribute('aria-rowindex')).toBe('1000001');
    });
  });

  test('the header sorts by mouse and by keyboard', async () => {
    const { cases } = await setupCase({ events: 7000 });
    const header = page.getByRole('columnheader', { name: 'Principal' });
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await vi.waitFor(() => {
      expect(cases.specs.at(-1)?.sort[0]).toEqual({ field: 'principal', descending: true });
    });
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'none');
    (grid().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await expect
      .element(page.getByRole('columnheader', { name: /Time/ }))
      .toHaveAttribute('aria-sort', 'ascending');
  });

  test('widths set by hand are remembered', async () => {
    const { session } = await setupCase({ events: 700 });
    await expect.element(grid()).toBeVisible();
    (grid().element() as HTMLElement).focus();
    const before = page.getByRole('columnheader', { name: /^Time/ }).element().getBoundingClientRect().width;
    await userEvent.keyboard('{ArrowUp}{Shift>}{ArrowRight}{/Shift}');
    expect(session.preferences.width('findings', 'time')).toBe(before + 16);
    expect(localStorage.getItem('trailsift.setup')).toContain('findings.time');
  });

  test('hidden and turning characters are made visible', async () => {
    await setupCase({ events: 700 });
    await page.getByRole('tab', { name: 'Events' }).click();
    await vi.waitFor(() => {
      expect(rowTexts().join('')).toContain('ua<U+202E>gnp.exe');
    });
    expect(document.body.textContent).not.toContain('\u202E');
  });
});

test('a view that the case worker has let go of is asked for again', async () => {
  const { cases } = await setupCase({ events: 7000 });
  await expect.element(grid()).toBeVisible();
  const asked = cases.specs.length;
  cases.forgetViews();
  grid().element().scrollTop = 20_000;
  await vi.waitFor(() => {
    expect(cases.specs.length).toBe(asked + 1);
    expect(rowTexts().every((text) => text !== '')).toBe(true);
  });
});

describe('no findings', () => {
  test('never a bare zero', async () => {
    await setupCase({ events: 700, findingEvery: 0 });
    await expect
      .element(page.getByText('0 findings in 700 events; 3 alerts could not be evaluated.'))
      .toBeVisible();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1');
    await page.getByRole('button', { name: 'Which alerts, and why' }).click();
    await expect.element(page.getByText('no sourceIPAddress_geoip')).toBeVisible();
  });
});

describe('the record', () => {
  test('opens, moves on with j and k, closes with Escape', async () => {
    const { session } = await setupCase({ events: 7000 });
    await expect.element(grid()).toBeVisible();
    await userEvent.keyboard('jj{Enter}');
    const record = page.getByRole('region', { name: 'Record', exact: true });
    await expect.element(record.getByText('Why it fired')).toBeVisible();
    expect(session.navigation.place.event).toBe(7);
    await userEvent.keyboard('j');
    await vi.waitFor(() => {
      expect(session.navigation.place.event).toBe(14);
    });
    await userEvent.keyboard('kk');
    await vi.waitFor(() => {
      expect(session.navigation.place.event).toBe(0);
    });
    await userEvent.keyboard('{Escape}');
    await expect.element(record).not.toBeInTheDocument();
  });

  test('says why, marks what matched, and keeps what was logged', async () => {
    await setupCase({ events: 7000 });
    await page.getByRole('row').nth(3).click();
    const record = page.getByRole('region', { name: 'Record', exact: true });
    await expect.element(record.getByText('the record has no such field')).toBeVisible();
    await vi.waitFor(() => {
      const marked = Array.from(document.querySelectorAll('.line.marked'), (line) => line.textContent.trim());
      expect(marked).toEqual(['toPort 443', expect.stringMatching(/^"eventSource"/), '"toPort": 443,']);
    });
    await expect.element(record.getByText('JSON in a string').first()).toBeVisible();
    await page.getByRole('button', { name: 'As logged', exact: true }).click();
    await expect.element(record.getByText(/^\{"eventVersion":"1.08"/)).toBeVisible();
  });

  test('leads to what happened around it', async () => {
    const { session } = await setupCase({ events: 7000 });
    await page.getByRole('row').nth(3).click();
    await page.getByRole('button', { name: /^Same access key/ }).click();
    const { place } = session.navigation;
    expect(place.tab).toBe('events');
    expect(place.query).toMatch(/^accessKeyId:/);
    expect((place.to ?? 0) - (place.from ?? 0)).toBe(7_200_000);
    await vi.waitFor(() => {
      expect(session.events.pages?.row(session.events.active)?.event).toBe(place.event);
    });
  });
});

describe('keys', () => {
  test('/ goes to the filter, g and a letter to a screen, ? to help', async () => {
    await setupCase({ events: 700 });
    await userEvent.keyboard('/');
    await expect.element(filter()).toHaveFocus();
    await userEvent.keyboard('{Escape}ge');
    await expect.element(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('gs');
    await expect.element(page.getByRole('tab', { name: 'Sources' })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('gr');
    await expect.element(page.getByRole('tab', { name: 'Rules' })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keys and filters' })).toBeVisible();
    await userEvent.keyboard('{Escape}gf');
    await expect
      .element(page.getByRole('tab', { name: 'Findings' }))
      .toHaveAttribute('aria-selected', 'true');
  });

  test('letters stay letters in the filter', async () => {
    const { session } = await setupCase({ events: 700 });
    await filter().fill('');
    await userEvent.keyboard('gej?');
    await expect.element(filter()).toHaveValue('gej?');
    expect(session.navigation.tab).toBe('findings');
  });
});
