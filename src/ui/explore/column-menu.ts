/** What can be done with a column of the grid. */
import type { GridField } from '../../../workers/contract.ts';
import type { Explore } from '../../state/explore.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { RULE, type MenuEntry } from '../parts/menu.ts';
import { moved, type ResultColumn } from './columns.ts';

/** The menu of the header cell of `field`. */
export function columnMenu(
  { navigation, preferences }: Session,
  explore: Explore,
  columns: readonly ResultColumn[],
  field: GridField,
): MenuEntry[] {
  const { kind } = explore;
  const ids = columns.map(({ id }) => id);
  const at = ids.indexOf(field);
  const sort = navigation.place.sort[kind];
  const setSort = (descending: boolean) => (): void => {
    navigation.setSort(kind, { field, descending });
  };
  const moveTo = (to: number) => (): void => {
    preferences.setColumns(kind, moved(ids, at, to));
  };
  return [
    { label: 'Sort ascending', icon: 'up', run: setSort(false) },
    { label: 'Sort descending', icon: 'down', run: setSort(true) },
    {
      label: 'Usual order',
      disabled: sort === null,
      run: () => {
        navigation.setSort(kind, null);
      },
    },
    RULE,
    { label: 'Move to the left', icon: 'back', disabled: at <= 0, run: moveTo(at - 1) },
    { label: 'Move to the right', icon: 'next', disabled: at >= ids.length - 1, run: moveTo(at + 1) },
    {
      label: 'Usual width',
      disabled: preferences.width(kind, field) === undefined,
      run: () => {
        preferences.setWidth(kind, field, null);
      },
    },
    {
      label: 'Hide this column',
      icon: 'close',
      disabled: ids.length === 1,
      run: () => {
        preferences.setColumns(
          kind,
          ids.filter((id) => id !== field),
        );
      },
    },
    RULE,
    {
      label: 'Choose columns…',
      icon: 'columns',
      run: () => (explore.choosingColumns = true),
    },
  ];
}
