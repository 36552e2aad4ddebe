import type { EntityRef } from '../../core/table/entity.ts';
import { entityOfRow } from '../../state/entity.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { rowsOf, type Action } from './action.ts';

type Field = 'principal' | 'sourceIp' | 'accessKeyId';

/** Whom the row that the keyboard is on, or else the open record, names in a field; null for nobody. */
function named(session: Session, field: Field): EntityRef | null {
  const rows = rowsOf(session);
  const row =
    rows?.pages?.row(rows.active) ??
    (rows && session.navigation.place.event !== null ? session.detail.current?.row : undefined);
  return row === undefined ? null : entityOfRow(row, field);
}

function opening(id: string, title: string, key: string, field: Field): Action {
  return {
    id,
    title,
    group: 'Record',
    keys: [key],
    possible: (session) => named(session, field) !== null,
    run: (session) => {
      const entity = named(session, field);
      if (entity) session.navigation.open(entity);
    },
  };
}

/** From a row or record to the pages of those that it names. */
export const ENTITIES: readonly Action[] = [
  opening('open-principal', 'Open the principal', 'p', 'principal'),
  opening('open-address', 'Open the source address', 'i', 'sourceIp'),
  opening('open-key', 'Open the access key', 'a', 'accessKeyId'),
];
