import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ingestData, setup, setupCase } from './setup.ts';

const SUMMARY = {
  id: 'case-1',
  name: 'invictus',
  created: 0,
  opened: Date.UTC(2026, 9, 12),
  events: 2900,
  findings: 310,
  files: 55,
  bytes: 8_400_000,
  from: Date.UTC(2023, 6, 10),
  to: Date.UTC(2023, 6, 10, 9),
};

describe('the start page', () => {
  test('offers what it promises, by the names that automation knows', async () => {
    await setup({ events: 500 });
    const files = page.getByLabelText('Add files');
    const folder = page.getByLabelText('Add folder');
    await expect.element(files).toHaveAttribute('multiple');
    await expect.element(folder).toHaveAttribute('webkitdirectory');
    await expect.element(page.getByRole('button', { name: 'Try the sample incident' })).toBeVisible();
    expect(ingestData()).toMatchObject({ state: 'idle', files: '0', events: '0' });
    expect(ingestData().ms).toBeUndefined();
  });

  test('lists cases, opens, renames and deletes them', async () => {
    const { cases } = await setup({ events: 500 }, ({ cases }) => {
      cases.summaries = [SUMMARY];
    });
    await page.getByRole('button', { name: 'Rename invictus' }).click();
    await page.getByLabelText('Name of the case').fill('July');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'July', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Delete July' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await vi.waitFor(() => {
      expect(cases.removed).toEqual(['case-1']);
    });
    await expect.element(page.getByRole('heading', { name: 'Cases' })).not.toBeInTheDocument();
  });
});

describe('reading', () => {
  test('a picked file makes a case of its name, and ends in totals', async () => {
    const { cases, ingest } = await setup({ events: 700 });
    await page.getByLabelText('Add files').upload(new File(['{}'], 'trail.tar.gz'));
    await vi.waitFor(() => {
      expect(ingestData().state).toBe('done');
    });
    expect(ingestData()).toMatchObject({
      files: '40',
      refused: '2',
      events: '700',
      duplicates: '12',
      findings: '100',
    });
    expect(ingestData().ms).toMatch(/^\d+$/);
    expect(ingest.given).toHaveLength(1);
    expect(cases.header_?.name).toBe('trail');
  });

  test('what is safe shows while reading; leaving warns; cancelling keeps it', async () => {
    const { ingest } = await setup({ events: 700 }, ({ ingest }) => {
      ingest.until = new Promise(() => undefined);
    });
    await page.getByLabelText('Add files').upload(new File(['{}'], 'trail.json'));
    await vi.waitFor(() => {
      expect(ingestData()).toMatchObject({ state: 'busy', events: '420' });
    });
    // The case line says the same number as the tabs and the progress.
    const holds = page.getByRole('list', { name: 'What this case holds' });
    await expect.element(holds).toHaveTextContent(/\b420\s+events/);
    // Whose they are is not known before a file is read.
    await expect.element(holds).not.toHaveTextContent(/no account|no region/);
    await expect
      .element(page.getByRole('progressbar', { name: 'Reading' }))
      .toHaveAttribute('aria-valuenow', '60');
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await vi.waitFor(() => {
      expect(ingestData().state).toBe('done');
    });
    expect(ingest.cancelled).toBe(1);
  });

  test('what is given while reading waits and is read next; cancelling says that it was not', async () => {
    const { ingest } = await setup({ events: 700 });
    const pause = (): (() => void) => {
      let goOn = (): void => undefined;
      ingest.until = new Promise((resolve) => (goOn = resolve));
      return goOn;
    };
    const goOn = pause();
    await page.getByLabelText('Add files').upload(new File(['{}'], 'first.json'));
    await expect.element(page.getByRole('progressbar', { name: 'Reading' })).toBeVisible();
    await page.getByLabelText('Add files').upload(new File(['{}'], 'second.json'));
    await expect.element(page.getByText('1 more to add after this')).toBeVisible();
    expect([ingest.given.length, ingest.started.length]).toEqual([2, 1]);
    const goOnAgain = pause();
    goOn();
    await vi.waitFor(() => {
      expect(ingest.started).toHaveLength(2);
    });
    await page.getByLabelText('Add files').upload(new File(['{}'], 'third.json'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    goOnAgain();
    await vi.waitFor(() => {
      expect(ingestData().state).toBe('done');
    });
    expect([ingest.given.length, ingest.started.length]).toEqual([3, 2]);
    await expect.element(page.getByText('what waited was not read')).toBeVisible();
  });

  test('files picked when the page shows another screen already are read all the same', async () => {
    const { ingest, session } = await setupCase({ events: 700 });
    const input = page.getByLabelText('Add files').element() as HTMLInputElement;
    await session.close();
    await expect.element(page.getByRole('button', { name: 'Try the sample incident' })).toBeVisible();
    expect(input.isConnected).toBe(false);
    const files = new DataTransfer();
    files.items.add(new File(['{}'], 'late.json'));
    input.files = files.files;
    const before = ingest.given.length;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => {
      expect(ingest.given).toHaveLength(before + 1);
      expect(ingestData().state).toBe('done');
    });
  });

  test('a drop is taken only when it carries files', async () => {
    const { ingest } = await setup({ events: 700 });
    const text = new DataTransfer();
    text.setData('text/plain', 'hello');
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer: text }));
    await expect.element(page.getByText('Drop files, folders or archives')).not.toBeInTheDocument();
    const files = new DataTransfer();
    files.items.add(new File(['{}'], 'a.json'));
    document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer: files, bubbles: true }));
    await expect.element(page.getByText('Drop files, folders or archives')).toBeVisible();
    const drop = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
    document.body.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    expect(ingest.given.map((given) => given.kind)).toEqual(['drop']);
    await vi.waitFor(() => {
      expect(ingestData().state).toBe('done');
    });
  });

  test('an empty folder is told of and leaves no case behind', async () => {
    const { cases } = await setup({ events: 0 }, ({ ingest }) => {
      ingest.files = 0;
    });
    const files = new DataTransfer();
    files.items.add(new File([], 'empty'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }),
    );
    await expect.element(page.getByText(/No files in what you gave/)).toBeVisible();
    await vi.waitFor(() => {
      expect(cases.removed).toEqual(['case-new']);
    });
    await expect.element(page.getByRole('button', { name: 'Try the sample incident' })).toBeVisible();
  });
});

describe('a case that cannot be shown', () => {
  test('open in another tab: can be taken over', async () => {
    const { session } = await setup({ events: 100 }, ({ cases }) => {
      cases.summaries = [SUMMARY];
      cases.refuseOpen = { ok: false, why: 'busy', message: '' };
    });
    await session.open('case-1', false);
    await expect
      .element(page.getByRole('heading', { name: 'This case is open in another tab' }))
      .toBeVisible();
    await page.getByRole('button', { name: 'Take over' }).click();
    await expect.element(page.getByRole('tab', { name: 'Findings' })).toBeVisible();
  });

  test('taken over by another tab: can be taken back', async () => {
    const { cases } = await setupCase({ events: 100 });
    await expect.element(page.getByRole('grid')).toBeVisible();
    cases.tell({ kind: 'taken-over' });
    await expect
      .element(page.getByRole('heading', { name: 'Another tab has taken this case over' }))
      .toBeVisible();
    expect(ingestData().events).toBe('0');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect.element(page.getByRole('grid')).toBeVisible();
  });

  test('memory only says why', async () => {
    await setupCase({ events: 100 }, ({ cases }) => {
      cases.storageKind = { kind: 'memory', reason: 'the browser refuses storage in a private window.' };
    });
    await expect.element(page.getByText(/the browser refuses storage in a private window/)).toBeVisible();
  });

  test('the start page does not speak of storage where there is none', async () => {
    await setup({ events: 100 }, ({ cases }) => {
      cases.storageKind = { kind: 'memory', reason: 'it is switched off.' };
    });
    await expect.element(page.getByText(/^Nothing is stored either/)).toBeVisible();
    expect(document.body.textContent).not.toContain('kept in this browser’s storage');
    expect(document.body.textContent).not.toContain('Export what you need');
  });

  test('a reload opens the case again', async () => {
    const { session } = await setup({ events: 100 }, ({ cases }) => {
      cases.summaries = [SUMMARY];
    });
    await session.open('case-1', false);
    expect(sessionStorage.getItem('trailsift.open-case')).toBe('case-1');
    await session.close();
    expect(sessionStorage.getItem('trailsift.open-case')).toBeNull();
  });
});

describe('what was not foreseen', () => {
  test('an error outside the components is shown', async () => {
    const { session } = await setup({ events: 10 });
    session.problems.report('The page', new Error('something odd'));
    await expect.element(page.getByText('something odd')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.element(page.getByText('something odd')).not.toBeInTheDocument();
  });
});

test('themes go round and are remembered', async () => {
  await setup({ events: 10 });
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(document.documentElement.dataset.theme).toBe('light');
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(document.documentElement.dataset.theme).toBe('dark');
  expect(localStorage.getItem('trailsift.setup')).toContain('"theme":"dark"');
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
