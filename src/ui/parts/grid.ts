/** What a grid needs to know of a column. */
export interface Column {
  id: string;
  title: string;
  /** Width unless it was set by hand, px. */
  width: number;
  /** Whether a click on the header sorts. */
  sortable: boolean;
  /** Takes the room that the others leave. One column of a grid has it. */
  grows?: boolean;
  /** Numbers stand to the right. */
  numeric?: boolean;
}

export const NARROWEST_PX = 40;

/** Widths of the columns for a grid that is `room` px wide; the growing one takes what is left. */
export function layOut(
  columns: readonly Column[],
  room: number,
  chosen: (id: string) => number | undefined,
): number[] {
  const widths = columns.map((column) => chosen(column.id) ?? column.width);
  const left = room - widths.reduce((sum, width) => sum + width, 0);
  const grower = columns.findIndex((column) => column.grows && chosen(column.id) === undefined);
  const last = grower >= 0 ? grower : columns.length - 1;
  if (left > 0 && last >= 0) widths[last] = (widths[last] as number) + left;
  return widths;
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
