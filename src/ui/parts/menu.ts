import type { IconName } from './Icon.svelte';

/** One thing to do, in a menu. */
export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Keys that do the same, as they are written on their caps. */
  caps?: readonly string[];
  /** The letter that does it while the menu is open: shown as a cap, and it need not begin the label. */
  key?: string;
  /** Said at the end of the line, fainter. */
  note?: string;
  /** It deletes. */
  danger?: boolean;
  disabled?: boolean;
  run: () => void;
}

/** A line between items. */
export const RULE = 'rule';

/** Items of a kind, under a heading. */
export interface MenuGroup {
  heading: string;
  items: readonly MenuItem[];
}

export type MenuEntry = MenuItem | MenuGroup | typeof RULE;

/** A menu that is to be shown: what about, what with, and where, px from the top left of the window. */
export interface MenuAsked {
  label: string;
  /** Whether `label` is shown above the items: a value, as against the name of a control. */
  about?: boolean;
  entries: readonly MenuEntry[];
  /** Said below the items. */
  remark?: string;
  x: number;
  y: number;
  /** `x` is where the menu ends, not where it begins. */
  endsAtX?: boolean;
}

/** Where a menu for a control or a cell opens: below its left edge, or where the pointer is within it. */
export function spotFor(element: Element, event?: MouseEvent): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  const within =
    event !== undefined &&
    event.clientX >= box.left &&
    event.clientX <= box.right &&
    event.clientY >= box.top &&
    event.clientY <= box.bottom &&
    event.button === 2;
  return within ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom };
}

/** Whether a key asks for the menu of what has the focus. */
export function asksForMenu({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}
