import type { Snippet } from 'svelte';

/** What a grid needs to know of a column. */
export interface Column {
  id: string;
  title: string;
  /** Width unless it was set by hand, px. */
  width: number;
  /** Whether a click on the header sorts. */
  sortable: boolean;
  /** Takes of the room that the others leave; several share it. */
  grows?: boolean;
  /** Down to which it gives up width when that makes room for more columns, px; without it, none. */
  least?: number;
  /** The others give up no more than half of what they can to make room for it. */
  minor?: boolean;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** Identifiers, times and addresses are set in the mono face. */
  mono?: boolean;
  /** Said less loudly than the columns that one reads first. */
  soft?: boolean;
}

/** What a Grid is given. */
export interface GridProps<T> {
  label: string;
  columns: readonly Column[];
  total: number;
  /** The row, or undefined while it is on its way. */
  row: (index: number) => T | undefined;
  cell: Snippet<[T, Column]>;
  /** What a cell says, when it is nothing but text (which is drawn far quicker); null leaves it to `cell`. */
  text?: (row: T, column: Column) => string | null;
  /** Shown in place of rows when there are none. */
  empty: Snippet;
  /** Row that the keyboard is on, -1 for none. */
  active: number;
  /** Rows that are chosen besides; null for none but the active one. */
  chosen?: { from: number; to: number } | null;
  /** Row whose record is open, -1 for none. */
  opened?: number;
  /** A change of it scrolls to the top. */
  fresh?: number;
  busy?: boolean;
  sort?: { field: string; descending: boolean } | null;
  width?: (column: string) => number | undefined;
  /** Rows stand close together. */
  compact?: boolean;
  /** What lies between a row and the one above it, as a mark on their border; '' for nothing. */
  between?: (above: T, row: T) => string;
  onactive: (index: number) => void;
  onopen: (index: number) => void;
  /** Chooses rows up to this one; without it one row is chosen at a time. */
  onextend?: (index: number) => void;
  onsight: (first: number, last: number) => void;
  onsort?: (column: string) => void;
  onwidth?: (column: string, width: number | null) => void;
  /** A column is to stand at place `to`. */
  onmove?: (column: string, to: number) => void;
  /** A menu was asked for on a cell, or on a header cell (`index` -1). */
  onmenu?: (index: number, column: string, x: number, y: number) => void;
  oncopy?: (index: number) => void;
}

export const NARROWEST_PX = 40;
/** As tall as any screen: a grid that a mistake leaves without a height must not put every row in the document. */
export const TALLEST_VIEW_PX = 4320;

/**
 * Widths of the columns for a grid that is `room` px wide. Growing ones take what is left. Where that makes more columns
 * fit, they stand closer together: those beyond, which come last because they matter least, are scrolled to.
 */
export function layOut(
  columns: readonly Column[],
  room: number,
  chosen: (id: string) => number | undefined,
): number[] {
  const widths = columns.map((column) => chosen(column.id) ?? column.width);
  const left = room - widths.reduce((sum, width) => sum + width, 0);
  if (left < 0) return shrunk(columns, widths, room, chosen);
  const growing = columns.flatMap((column, i) =>
    column.grows && chosen(column.id) === undefined ? [i] : [],
  );
  const takers = growing.length > 0 ? growing : columns.length > 0 ? [columns.length - 1] : [];
  for (const [n, i] of takers.entries()) {
    const share = Math.floor(left / takers.length) + (n < left % takers.length ? 1 : 0);
    widths[i] = (widths[i] as number) + share;
  }
  return widths;
}

/**
 * `widths` of which as many as can be stand within `room`, each of these giving in proportion to what it can; the others
 * as they are.
 */
function shrunk(
  columns: readonly Column[],
  widths: number[],
  room: number,
  chosen: (id: string) => number | undefined,
): number[] {
  const slack = columns.map(({ id, width, least = width }) => (chosen(id) === undefined ? width - least : 0));
  let [fitting, excess, most] = [0, 0, 0];
  let [over, gives] = [-room, 0];
  for (const [i, { minor }] of columns.entries()) {
    over += widths[i] as number;
    gives += slack[i] as number;
    if (over <= (minor ? gives / 2 : gives)) [fitting, excess, most] = [i + 1, over, gives];
  }
  if (excess <= 0) return widths;
  let before = 0;
  // Sums are rounded, not the parts, so that the parts come to the whole.
  return widths.map((width, i) => {
    if (i >= fitting) return width;
    const until = before + (slack[i] as number);
    const given = Math.round((until * excess) / most) - Math.round((before * excess) / most);
    before = until;
    return width - given;
  });
}

/** How far to have scrolled sideways, px, so that a column is in sight of `room`; as it is when it is, or for none. */
export function leftFor(widths: readonly number[], column: number, scrolled: number, room: number): number {
  if (column < 0) return scrolled;
  const left = widths.slice(0, column).reduce((sum, one) => sum + one, 0);
  const right = left + (widths[column] ?? 0);
  if (left < scrolled) return left;
  return right > scrolled + room ? right - room : scrolled;
}

/** Row that a key leads to from `active` (-1: the header), or null when the key is none of the grid's. */
export function rowForKey(key: string, active: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(total - 1, active + 1);
    case 'ArrowUp':
      return Math.max(-1, active - 1);
    case 'PageDown':
      return Math.min(total - 1, Math.max(0, active) + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return Math.min(0, total - 1);
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

export type HeaderAction = { step: number } | { widen: number } | { move: number } | 'sort' | null;

/**
 * What a key does while the keyboard is on the header: to another cell, a width (px to add), the column to another
 * place, sorting; null for nothing.
 */
export function headerAction(key: string, shift: boolean, mod: boolean): HeaderAction {
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (by !== 0) return mod ? { move: by } : shift ? { widen: 16 * by } : { step: by };
  if (mod) return null;
  return key === 'Enter' || key === ' ' ? 'sort' : null;
}

/** Place that a column takes when it is let go at `x`, px from the left of the header. */
export function placeAt(widths: readonly number[], x: number): number {
  let left = 0;
  for (const [index, width] of widths.entries()) {
    if (x < left + width / 2) return index;
    left += width;
  }
  return widths.length;
}

/** The cell that was pressed with the right button: its row (-1: the header) and its place in it, -1 for none. */
export function cellUnder({ button, target }: MouseEvent): { index: number; place: number } {
  const cell = target instanceof Element ? target.closest('[role=gridcell], [role=columnheader]') : null;
  const row = cell?.parentElement;
  if (!cell || !row || button !== 2) return { index: -1, place: -1 };
  return { index: Number(row.getAttribute('aria-rowindex')) - 2, place: [...row.children].indexOf(cell) };
}
