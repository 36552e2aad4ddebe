import type { Session } from '../../state/session.svelte.ts';
import { stepRow } from '../entity/rove.ts';
import { onEntity, listOf, type Action } from './action.ts';

const ON_ROWS: Pick<Action, 'group' | 'possible'> = {
  group: 'Rows',
  possible: (session) => listOf(session) !== null || onEntity(session),
};

/** To the next or previous row: of a grid, or of the tables of a page. */
function step(session: Session, by: 1 | -1): void {
  const rows = listOf(session);
  if (rows) void rows.step(by);
  else stepRow(by);
}

/** Moving over rows. */
export const ROWS: readonly Action[] = [
  {
    id: 'next-row',
    title: 'Next row',
    ...ON_ROWS,
    keys: ['j'],
    unlisted: true,
    run: (session) => {
      step(session, 1);
    },
  },
  {
    id: 'previous-row',
    title: 'Previous row',
    ...ON_ROWS,
    keys: ['k'],
    unlisted: true,
    run: (session) => {
      step(session, -1);
    },
  },
  {
    id: 'open-record',
    title: 'Open the record',
    group: 'Rows',
    keys: ['Enter'],
    unlisted: true,
    // On a control, Enter is the control's.
    possible: (session) => document.activeElement === document.body && (listOf(session)?.active ?? -1) >= 0,
    run: (session) => {
      const rows = listOf(session);
      void rows?.go(rows.active, true);
    },
  },
];
