/**
 * One tab stop a table, however many links it has: arrows move over them, up and down in the same column.
 * `j` and `k` go on from table to table (see ../actions).
 */
import type { Attachment } from 'svelte/attachments';

/** Links of a table's row, left to right. */
function linksOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a, button')];
}

function rowsOf(table: Element): HTMLElement[][] {
  return [...table.querySelectorAll('tr')].map(linksOf).filter((links) => links.length > 0);
}

/** Makes the links of a table one tab stop. */
export const roving: Attachment<HTMLElement> = (table) => {
  let current: HTMLElement | null = null;

  function settle(): void {
    const links = rowsOf(table).flat();
    if (current === null || !links.includes(current)) current = links[0] ?? null;
    for (const link of links) link.tabIndex = link === current ? 0 : -1;
  }

  function onfocusin(event: FocusEvent): void {
    current = (event.target as HTMLElement).closest<HTMLElement>('a, button');
    settle();
  }

  function onkeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || current === null) return;
    const to = next(rowsOf(table), current, event.key);
    if (to === null) return;
    event.preventDefault();
    to.focus();
  }

  const watch = new MutationObserver(settle);
  watch.observe(table, { childList: true, subtree: true });
  table.addEventListener('focusin', onfocusin);
  table.addEventListener('keydown', onkeydown);
  settle();
  return () => {
    watch.disconnect();
    table.removeEventListener('focusin', onfocusin);
    table.removeEventListener('keydown', onkeydown);
  };
};

/** The link that a key leads to; null when it leads to none. In another row the one nearest in its place from the right. */
function next(rows: HTMLElement[][], from: HTMLElement, key: string): HTMLElement | null {
  const at = rows.findIndex((links) => links.includes(from));
  const row = rows[at];
  if (row === undefined) return null;
  const column = row.indexOf(from);
  switch (key) {
    case 'ArrowLeft':
      return row[column - 1] ?? null;
    case 'ArrowRight':
      return row[column + 1] ?? null;
    case 'ArrowUp':
    case 'ArrowDown': {
      const other = rows[at + (key === 'ArrowUp' ? -1 : 1)];
      return other?.[Math.max(0, other.length - (row.length - column))] ?? null;
    }
    case 'Home':
      return rows[0]?.[0] ?? null;
    case 'End':
      return rows.at(-1)?.[0] ?? null;
    default:
      return null;
  }
}

/** Puts the focus on the last link of the next (1) or previous (-1) row of the page's tables. */
export function stepRow(by: 1 | -1): void {
  const rows = rowsOf(document.getElementById('entity') ?? document.body);
  const at = rows.findIndex((links) => links.some((link) => link === document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by));
  rows[to]?.at(-1)?.focus();
}
