/** What can be done with a value that is met in the grid or the side list. */
import type { FacetField, GridField, Row } from '../../../workers/contract.ts';
import { clauseFor } from '../../core/table/clause.ts';
import type { EntityKind } from '../../core/table/entity.ts';
import { exclude, include, remove, stanceOf } from '../../state/clauses.ts';
import { entityOf, entityOfRow } from '../../state/entity.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { copyText } from '../parts/clipboard.ts';
import { RULE, type MenuEntry } from '../parts/menu.ts';
import { visibleLine } from '../parts/visible.ts';
import { valueOf } from './columns.ts';

const HALF_HOUR = 1_800_000;

const PAGES: Record<EntityKind, string> = {
  principal: 'Open the principal’s page',
  address: 'Open the address’s page',
  key: 'Open the key’s page',
};

/** The menu of a cell of the grid. */
export function cellMenu(
  session: Session,
  row: Row,
  field: GridField,
): { label: string; entries: MenuEntry[] } {
  if (field === 'time') {
    return {
      label: valueOf(row, 'time') || 'no time',
      entries: [...timeEntries(session, row.time), copyEntry(valueOf(row, 'time'))],
    };
  }
  const value = valueOf(row, field);
  const label = field === 'alert' ? (row.rule?.name ?? '') : value;
  return {
    label: visibleLine(label) || 'none',
    entries: valueEntries(
      session,
      field,
      value,
      clauseFor(field, value),
      field === 'alert' ? label : value,
      entityOfRow(row, field),
    ),
  };
}

/**
 * The entries for a value of a field.
 *
 * @param clause the query that selects exactly this value
 * @param text what is copied
 * @param entity whose page can be opened
 */
export function valueEntries(
  { navigation }: Session,
  field: GridField | FacetField,
  value: string,
  clause: string,
  text = value,
  entity = entityOf(field, value),
): MenuEntry[] {
  const { query } = navigation.place;
  const stance = stanceOf(query, clause);
  const goTo = (next: string) => (): void => {
    navigation.go({ query: next, event: null });
  };
  return [
    stance === 'included'
      ? { label: 'Not only these any more', icon: 'close', run: goTo(remove(query, clause)) }
      : { label: 'Is this', icon: 'add', run: goTo(include(query, clause)) },
    stance === 'excluded'
      ? { label: 'Do not leave out any more', icon: 'close', run: goTo(remove(query, clause)) }
      : { label: 'Is not this', icon: 'minus', run: goTo(exclude(query, clause)) },
    { label: 'Only this', icon: 'search', run: goTo(clause) },
    RULE,
    ...(entity === null
      ? []
      : [
          {
            label: entity.value === '' ? 'Open the page of those without' : PAGES[entity.kind],
            icon: 'next' as const,
            run: (): void => {
              navigation.open(entity);
            },
          },
        ]),
    copyEntry(text),
    {
      label: 'Copy as a filter',
      run: () => void copyText(clause),
    },
  ];
}

function copyEntry(text: string): MenuEntry {
  return { label: 'Copy', icon: 'copy', disabled: text === '', run: () => void copyText(text) };
}

function timeEntries({ navigation }: Session, time: number): MenuEntry[] {
  const { from, to } = navigation.place;
  const disabled = !Number.isFinite(time);
  const range = (start: number | null, end: number | null) => (): void => {
    navigation.go({ from: start, to: end, event: null });
  };
  return [
    { label: 'From here on', disabled, run: range(time, to !== null && to >= time ? to : null) },
    { label: 'Until here', disabled, run: range(from !== null && from <= time ? from : null, time) },
    { label: 'The hour around', disabled, run: range(time - HALF_HOUR, time + HALF_HOUR) },
    RULE,
  ];
}
