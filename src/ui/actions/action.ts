import type { Explore } from '../../state/explore.svelte.ts';
import type { Timeline } from '../../state/timeline.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** Headings under which help and the command palette list actions, in this order. */
export const GROUPS = ['Go to', 'Rows', 'Record', 'Marks', 'Filter', 'Case', 'Page'] as const;

/** Something that can be done from anywhere: by its key, from the command palette, and told of in help. */
export interface Action {
  /** Never changes: what was used lately is remembered by it. */
  id: string;
  /** What it does, as an order: "Copy the open record". */
  title: string;
  group: (typeof GROUPS)[number];
  /** Keys as `keyOf` spells them; `g f` is one after the other. Any of them will do. */
  keys?: readonly string[];
  /** Whether it can be done as things are; always, when it does not say. */
  possible?: (session: Session) => boolean;
  run: (session: Session) => void;
  /** Holds while text is being written, too. */
  whileTyping?: boolean;
  /** A step from where one is: it has a key, and is no use in a list of commands. */
  unlisted?: boolean;
}

/** A key that a control handles itself while it has the focus: told of in help, carried out by the control. */
export interface ControlKey {
  group: Action['group'];
  keys: readonly string[];
  title: string;
}

/** The rows on display, null where a screen has none. */
export function rowsOf(session: Session): Explore | null {
  if (session.phase.at !== 'case') return null;
  const { tab, place } = session.navigation;
  // The page of an entity stands over them.
  if (place.who !== null) return null;
  return tab === 'findings' || tab === 'events' ? session[tab] : null;
}

/** What `j` and `k` move over: the rows on display, or the entries of the timeline. */
export function listOf(session: Session): Explore | Timeline | null {
  const { tab, place } = session.navigation;
  return inCase(session) && place.who === null && tab === 'timeline' ? session.timeline : rowsOf(session);
}

/** Whether the page of a principal, an address or a key is looked at. */
export function onEntity(session: Session): boolean {
  return session.phase.at === 'case' && session.navigation.place.who !== null;
}

/** Whether a case is open. */
export function inCase(session: Session): boolean {
  return session.phase.at === 'case';
}
