import type { ControlKey } from './action.ts';

/** Keys of controls that have the focus. */
export const CONTROL_KEYS: readonly ControlKey[] = [
  { group: 'Rows', keys: ['ArrowDown', 'ArrowUp'], title: 'Next and previous row' },
  { group: 'Rows', keys: ['ArrowLeft', 'ArrowRight'], title: 'Over the cells of a row, or of the header' },
  { group: 'Rows', keys: ['Shift+F10'], title: 'Menu of the cell: is, is not, only this, copy' },
  { group: 'Rows', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'], title: 'Choose several rows' },
  { group: 'Rows', keys: ['Enter'], title: 'On the header: sort' },
  { group: 'Rows', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], title: 'On the header: set the width' },
  { group: 'Rows', keys: ['Mod+ArrowLeft', 'Mod+ArrowRight'], title: 'On the header: move the column' },
  { group: 'Record', keys: ['Enter', 'Shift+Enter'], title: 'In the search: next and previous one found' },
  { group: 'Record', keys: ['ArrowLeft', 'ArrowRight'], title: 'On a line: fold and unfold' },
  { group: 'Record', keys: ['+', '-'], title: 'On a line: filter for it, filter it out' },
  { group: 'Record', keys: ['c', 'p'], title: 'On a line: copy its value, its path' },
  { group: 'Filter', keys: ['Enter'], title: 'Apply the filter' },
  { group: 'Filter', keys: ['Escape'], title: 'Leave the filter' },
  { group: 'Filter', keys: ['Mod+ '], title: 'Complete the query' },
  { group: 'Filter', keys: ['Alt+ArrowDown'], title: 'Saved and recent filters' },
  { group: 'Filter', keys: ['-'], title: 'In the side list: leave the value out' },
  { group: 'Page', keys: [' '], title: 'On Rules: switch the alert on or off' },
];
