/** What the page's screens show, read from roles and names as assistive technology does. */
import { expect } from 'vitest';
import { parseCsv } from '../../core/export/parse-csv.ts';
import type { TestPage } from './page.ts';

/** How long the page may take to show what it was asked for, ms; many times what it needs. */
export const SOON = { timeout: 20_000, interval: 50 };

/** Rows that the grid on display stands for, in sight or not; -1 without a grid. */
export function gridRows(page: TestPage): Promise<number> {
  return page.evaluate(
    () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0) - 1,
    null,
  );
}

/** Applies a filter on the screen of findings or events, and waits for its number of rows. */
export async function filter(page: TestPage, query: string, rows: number): Promise<void> {
  await page.fill('searchbox', 'Filter', query);
  await page.press('Enter');
  await expect.poll(() => gridRows(page), { ...SOON, message: query }).toBe(rows);
}

/** The cells of the grid's rows in sight, from the top: texts by column title. */
export function rowsInSight(page: TestPage): Promise<Record<string, string>[]> {
  return page.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const titles = [...(grid?.querySelectorAll('[role=columnheader]') ?? [])].map((cell) =>
      (cell.getAttribute('aria-label') ?? cell.textContent).trim(),
    );
    return [...(grid?.querySelectorAll('[role=row][aria-rowindex]') ?? [])]
      .map((row) => ({ row, index: Number(row.getAttribute('aria-rowindex')) }))
      .filter(({ index }) => index > 1)
      .sort((a, b) => a.index - b.index)
      .map(({ row }) =>
        Object.fromEntries(
          [...row.querySelectorAll('[role=gridcell]')].map((cell, i) => [
            titles[i] ?? String(i),
            cell.textContent.trim().replace(/\s+/g, ' '),
          ]),
        ),
      );
  }, null);
}

/** What became of a file, as the screen "Sources" shows it. */
export interface SourceShown {
  state: string;
  /** Its name and, after it, its folder. */
  file: string;
  /** What there is to say about it: why it was not read whole, anything odd. */
  remark: string;
  records: number;
  kept: number;
  duplicates: number;
}

/** The files listed on "Sources", which is opened for it; as many as are in sight. */
export async function sourcesInSight(page: TestPage): Promise<SourceShown[]> {
  await page.click('tab', 'Sources');
  const { files } = await page.ingestState();
  await expect.poll(() => gridRows(page), SOON).toBeGreaterThanOrEqual(files);
  await expect
    .poll(async () => (await rowsInSight(page)).every((row) => row['State'] !== ''), SOON)
    .toBe(true);
  return (await rowsInSight(page)).map((row) => ({
    state: row['State'] ?? '',
    file: row['File'] ?? '',
    remark: row['Remarks'] ?? '',
    records: number(row['Records']),
    kept: number(row['Kept']),
    duplicates: number(row['Duplicates']),
  }));
}

/** Exports what the screen selects. @returns the columns' names and, for each row, its cells by column */
export async function exportRows(
  page: TestPage,
): Promise<{ columns: string[]; rows: Record<string, string>[]; name: string }> {
  const { bytes, name } = await page.download(() => page.click('button', 'Export CSV'));
  const [columns = [], ...rows] = parseCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  return {
    columns,
    name,
    rows: rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))),
  };
}

/** The text of everything that the page announces: banners, problems, errors. */
export function announced(page: TestPage): Promise<string> {
  return page.evaluate(
    () =>
      [...document.querySelectorAll('[role=alert], [role=status]')]
        .map((element) => element.textContent.trim().replace(/\s+/g, ' '))
        .join('\n'),
    null,
  );
}

/** The text of the page's main heading: on the start page and where a case cannot be shown. */
export function heading(page: TestPage): Promise<string> {
  return page.evaluate(
    () => document.querySelector('h1')?.textContent.trim().replace(/\s+/g, ' ') ?? '',
    null,
  );
}

/** "1,234" as a number. */
function number(text = ''): number {
  return Number(text.replaceAll(',', ''));
}
