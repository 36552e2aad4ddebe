import { TABS, type Tab } from '../state/address.ts';
import type { Session } from '../state/session.svelte.ts';
import { copyText } from './parts/clipboard.ts';

/** How long `g` waits for its second key, ms. */
const CHORD_MS = 1200;

const BY_LETTER: Record<string, Tab> = Object.fromEntries(TABS.map((tab) => [tab.charAt(0), tab]));

/** Keys that hold everywhere but in text fields and open dialogs. One object lives as long as the page. */
export class Keys {
  #session: Session;
  #chordUntil = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly onkeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('dialog[open], :popover-open')) return;
    if (this.#handle(event.key, event.timeStamp)) event.preventDefault();
  };

  #handle(key: string, at: number): boolean {
    const session = this.#session;
    if (key === '?') {
      session.helpShown = true;
      return true;
    }
    if (session.phase.at !== 'case') return false;
    const { navigation } = session;
    const chord = at < this.#chordUntil;
    this.#chordUntil = 0;
    const tab = BY_LETTER[key];
    if (chord && tab) {
      navigation.go({ tab });
      return true;
    }
    if (key === 'g') {
      this.#chordUntil = at + CHORD_MS;
      return true;
    }
    if (key === '/') return focusFilter();
    if (navigation.tab !== 'findings' && navigation.tab !== 'events') return false;
    const explore = session[navigation.tab];
    switch (key) {
      case 'j':
        void explore.step(1);
        return true;
      case 'k':
        void explore.step(-1);
        return true;
      case 'Enter':
        if (document.activeElement !== document.body || explore.active < 0) return false;
        void explore.go(explore.active, true);
        return true;
      case 'c':
        if (session.detail.current === null || navigation.place.event === null) return false;
        void copyText(session.detail.current.raw);
        return true;
      case 'Escape':
        if (navigation.place.event === null) return false;
        navigation.go({ event: null });
        return true;
      default:
        return false;
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function focusFilter(): boolean {
  const filter = document.getElementById('filter');
  if (!(filter instanceof HTMLInputElement)) return false;
  filter.focus();
  filter.select();
  return true;
}
