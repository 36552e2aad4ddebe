import type { Session } from '../state/session.svelte.ts';
import { ACTIONS } from './actions/index.ts';
import { inCase, type Action } from './actions/action.ts';
import { keyOf } from './actions/keys.ts';

/** How long the first key of two waits for the second, ms. */
const CHORD_MS = 1200;

/** Keys that begin two-key actions: `g` of `g f`. */
const FIRST_KEYS = new Set(
  ACTIONS.flatMap(({ keys = [] }) => keys.filter((one) => /^\S \S/.test(one)).map((one) => one.charAt(0))),
);

/** Carries out actions by their keys, but in text fields and open dialogs. One object lives as long as the page. */
export class Keys {
  #session: Session;
  #first = '';
  #firstUntil = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly onkeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const typing = isTyping(event.target) || document.querySelector(':popover-open') !== null;
    if (this.#handle(keyOf(event), typing, event.timeStamp)) event.preventDefault();
  };

  #handle(key: string, typing: boolean, at: number): boolean {
    const first = at < this.#firstUntil && !typing ? this.#first : '';
    this.#firstUntil = 0;
    const action = (first && this.#actionFor(`${first} ${key}`, typing)) || this.#actionFor(key, typing);
    if (action) {
      action.run(this.#session);
      return true;
    }
    if (typing || !FIRST_KEYS.has(key) || !inCase(this.#session)) return false;
    this.#first = key;
    this.#firstUntil = at + CHORD_MS;
    return true;
  }

  #actionFor(key: string, typing: boolean): Action | undefined {
    return ACTIONS.find(
      ({ keys, possible, whileTyping }) =>
        keys?.includes(key) && (!typing || whileTyping) && (possible?.(this.#session) ?? true),
    );
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
