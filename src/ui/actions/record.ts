import type { EventDetail } from '../../../workers/contract.ts';
import type { Session } from '../../state/session.svelte.ts';
import { filterOf, markdownOf } from '../detail/copies.ts';
import { copyText } from '../parts/clipboard.ts';
import { onEntity, listOf, type Action } from './action.ts';

/** The record on display, null when none is open. */
function openRecord(session: Session): EventDetail | null {
  return listOf(session) === null || session.navigation.place.event === null ? null : session.detail.current;
}

const ON_RECORD: Pick<Action, 'group' | 'possible'> = {
  group: 'Record',
  possible: (session) => openRecord(session) !== null,
};

/** While something is found in the open record. */
const ON_FOUND: Pick<Action, 'group' | 'possible' | 'unlisted'> = {
  group: 'Record',
  possible: (session) => openRecord(session) !== null && session.detail.reader.found.length > 0,
  unlisted: true,
};

/** The record that is open: finding in it, copying it, closing it. */
export const RECORD: readonly Action[] = [
  {
    id: 'find-in-record',
    title: 'Find in the open record',
    ...ON_RECORD,
    keys: ['f'],
    run: () => {
      const input = document.getElementById('record-find');
      if (!(input instanceof HTMLInputElement)) return;
      input.focus();
      input.select();
    },
  },
  {
    id: 'next-found',
    title: 'Next one found in it',
    ...ON_FOUND,
    keys: ['n'],
    run: ({ detail }) => void detail.reader.step(1),
  },
  {
    id: 'previous-found',
    title: 'Previous one found in it',
    ...ON_FOUND,
    keys: ['N'],
    run: ({ detail }) => void detail.reader.step(-1),
  },
  {
    id: 'copy-record',
    title: 'Copy the open record as logged',
    ...ON_RECORD,
    keys: ['c'],
    run: (session) => void copyText(openRecord(session)?.raw ?? ''),
  },
  {
    id: 'copy-record-as',
    title: 'Copy it as something else…',
    ...ON_RECORD,
    keys: ['C'],
    unlisted: true,
    run: () => document.getElementById('copy-menu')?.click(),
  },
  {
    id: 'copy-record-markdown',
    title: 'Copy the open record as a line of Markdown',
    ...ON_RECORD,
    run: (session) => {
      const record = openRecord(session);
      if (record) void copyText(markdownOf(record));
    },
  },
  {
    id: 'copy-record-filter',
    title: 'Copy the filter for the open record',
    ...ON_RECORD,
    run: (session) => {
      const record = openRecord(session);
      if (record) void copyText(filterOf(record));
    },
  },
  {
    id: 'close-record',
    title: 'Close the record; back from a principal, address or key',
    group: 'Record',
    keys: ['Escape'],
    possible: (session) =>
      onEntity(session) || (listOf(session) !== null && session.navigation.place.event !== null),
    run: ({ navigation }) => {
      if (navigation.place.who === null) navigation.go({ event: null });
      else navigation.leave();
    },
  },
];
