import type { MarkSubject } from '../../state/marks.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { MARKS } from '../../core/table/mark.ts';
import { inCase, listOf, onEntity, rowsOf, type Action } from './action.ts';

/** What `m` and `t` are about: the rows or the entry that the keyboard is on, or else the record that is open. */
function subjectOf(session: Session): MarkSubject | null {
  const { navigation, detail } = session;
  if (onEntity(session)) return entitySubject(session, focusedAlert());
  const rows = listOf(session);
  if (rows === null) return null;
  const { event } = navigation.place;
  const open = detail.current?.row;
  const { mark = null, note = '' } = open?.event === event ? (open ?? {}) : {};
  return (
    rows.subject ??
    (event === null ? null : { target: { of: 'event', event }, count: 1, noun: 'event', mark, note })
  );
}

/** The findings of the page of an entity: of one alert, or all. */
export function entitySubject({ entity, navigation }: Session, rule?: string): MarkSubject | null {
  const { current } = entity;
  if (current === null) return null;
  const { from, to } = navigation.place;
  const alerts = current.alerts.filter((alert) => rule === undefined || alert.rule.id === rule);
  const count = alerts.reduce((total, alert) => total + alert.count, 0);
  if (count === 0) return null;
  const notes = new Set(alerts.map(({ note }) => note));
  return {
    target: { of: 'entity', entity: current.entity, from, to, ...(rule === undefined ? {} : { rule }) },
    count,
    noun: 'finding',
    mark: MARKS.find((mark) => alerts.every((alert) => alert.marks[mark] === alert.count)) ?? null,
    note: notes.size === 1 ? ([...notes][0] ?? '') : '',
  };
}

/** The alert whose line the keyboard is on. */
function focusedAlert(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-alert]')?.dataset['alert'];
}

/** Puts the subject on the timeline; takes it off when all that is in sight of it is there. */
function toggleTimeline(session: Session): void {
  const subject = subjectOf(session);
  if (subject === null) return;
  void session.marks.mark(subject.target, { timeline: !isOnTimeline(session, subject) });
}

function isOnTimeline(session: Session, { target }: MarkSubject): boolean {
  if (session.navigation.tab === 'timeline') return true;
  const rows = rowsOf(session);
  if (rows !== null && rows.chosen !== null) {
    const { from, to } = rows.chosen;
    // Of more rows than are at hand, those that are speak for all.
    for (let i = from; i <= to && i < from + 1000; i++)
      if (rows.pages?.row(i)?.onTimeline === false) return false;
    return true;
  }
  const open = session.detail.current?.row;
  return (
    (target.of === 'event' || target.of === 'finding') && open?.event === target.event && open.onTimeline
  );
}

/** What `M` is about. */
function allOf(session: Session): MarkSubject | null {
  if (onEntity(session)) return entitySubject(session);
  const rows = rowsOf(session);
  return (rows?.view?.total ?? 0) > 0 ? (rows?.all() ?? null) : null;
}

/** Deciding on findings and events. */
export const MARKING: readonly Action[] = [
  {
    id: 'mark',
    title: 'Mark the row, the chosen rows, the record, or the findings of a line',
    group: 'Marks',
    keys: ['m'],
    possible: (session) => subjectOf(session) !== null,
    run: (session) => {
      session.marks.ask(subjectOf(session));
    },
  },
  {
    id: 'mark-all',
    title: 'Mark all that the filter or the page of a principal, address or key shows',
    group: 'Marks',
    keys: ['M'],
    possible: (session) => allOf(session) !== null,
    run: (session) => {
      session.marks.ask(allOf(session));
    },
  },
  {
    id: 'timeline',
    title: 'Put on the timeline, or take off it',
    group: 'Marks',
    keys: ['t'],
    possible: (session) => subjectOf(session) !== null,
    run: toggleTimeline,
  },
  {
    id: 'note',
    title: 'On the timeline: write the note',
    group: 'Marks',
    keys: ['e'],
    possible: (session) =>
      inCase(session) && session.navigation.tab === 'timeline' && session.timeline.active >= 0,
    run: ({ timeline }) => (timeline.noting = timeline.active),
  },
  {
    id: 'undo-mark',
    title: 'Take the last mark back',
    group: 'Marks',
    keys: ['Mod+z'],
    possible: (session) => inCase(session) && session.header !== null && session.header.marks.undo !== null,
    run: ({ marks }) => void marks.undo(),
  },
  {
    id: 'redo-mark',
    title: 'Set the mark again',
    group: 'Marks',
    keys: ['Mod+Shift+z', 'Mod+y'],
    possible: (session) => inCase(session) && session.header !== null && session.header.marks.redo !== null,
    run: ({ marks }) => void marks.redo(),
  },
];
