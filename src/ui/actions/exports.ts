import type { Session } from '../../state/session.svelte.ts';
import { download } from '../export/download.ts';
import { rowsOf, type Action } from './action.ts';

/** What leaves the page as a file: the rows that the filter selects. */
export const EXPORTS: readonly Action[] = [
  {
    id: 'export-csv',
    title: 'Export CSV of what the filter selects',
    group: 'Case',
    possible: (session) => canExport(session),
    run: (session) => {
      start(session, 'csv');
    },
  },
  {
    id: 'export-json',
    title: 'Export JSON of the findings, with their evidence',
    group: 'Case',
    possible: (session) => canExport(session) && rowsOf(session)?.kind === 'findings',
    run: (session) => {
      start(session, 'jsonl');
    },
  },
];

function canExport(session: Session): boolean {
  const view = rowsOf(session)?.view;
  return view?.searched === null && session.exports.running === null;
}

function start(session: Session, kind: 'csv' | 'jsonl'): void {
  const view = rowsOf(session)?.view;
  if (view) void download(session.exports, { kind, view: view.view, alert: null });
}
