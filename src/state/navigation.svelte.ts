import type { EntityRef } from '../core/table/entity.ts';
import {
  HOME,
  decodePlace,
  encodePlace,
  narrowed,
  trailed,
  type Place,
  type Range,
  type Sort,
  type Tab,
} from './address.ts';

/** Moves of the selection are written to the address together: browsers limit how often it may change. */
const WRITE_AFTER_MS = 200;

/** What is looked at, kept in step with the address bar: back and forward go through it. */
export class Navigation {
  #place: Place = $state.raw(HOME);
  /** The time ranges that led to the one in force, each within the one before. */
  ranges: readonly Range[] = $state.raw([]);
  /** The places that led to the page of a principal, address or key, oldest first; none anywhere else. */
  trail: readonly Place[] = $state.raw([]);
  #pending: ReturnType<typeof setTimeout> | undefined;

  get place(): Place {
    return this.#place;
  }

  get tab(): Tab {
    return this.#place.tab;
  }

  /** Follows the address bar until the returned function is called. */
  start(): () => void {
    const follow = (): void => {
      // A shift that is not written yet was of the place that was left.
      this.#forgetPending();
      this.#set(decodePlace(location.hash), trailIn(history.state));
    };
    follow();
    window.addEventListener('popstate', follow);
    window.addEventListener('hashchange', follow);
    return () => {
      this.#settle();
      window.removeEventListener('popstate', follow);
      window.removeEventListener('hashchange', follow);
    };
  }

  /**
   * Goes somewhere: a step of its own for "back". The page of a principal, address or key has a time range, but
   * neither filter nor record: whatever changes these, or the screen, leaves it.
   */
  go(change: Partial<Place>): void {
    const stays = change.tab === undefined && change.query === undefined && (change.event ?? null) === null;
    const next = { ...this.#place, ...(stays ? {} : { who: null }), ...change };
    if (encodePlace(next) === encodePlace(this.#place)) return;
    this.#settle();
    this.#set(next);
    this.#write('pushState');
  }

  /** Opens the page of a principal, address or key, over all of the time that the case spans. */
  open(who: EntityRef): void {
    this.go({ who, from: null, to: null });
  }

  /** Back from the page of an entity to where it was opened. */
  leave(): void {
    this.go(this.trail.at(-1) ?? { who: null });
  }

  /** Shifts the place without a step of its own: the selection moving from row to row. */
  shift(change: Partial<Place>): void {
    this.#set({ ...this.#place, ...change });
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => {
      this.#settle();
    }, WRITE_AFTER_MS);
  }

  /** Back to where a case starts, without a trace of the last one. */
  reset(): void {
    this.#set(HOME);
    this.#write('replaceState');
  }

  setSort(rows: 'findings' | 'events', sort: Sort | null): void {
    this.go({ sort: { ...this.#place.sort, [rows]: sort } });
  }

  /** @param trail the way to a place that was gone back to; null: it is gone to from here */
  #set(place: Place, trail: readonly Place[] | null = null): void {
    this.trail = place.who !== null && trail !== null ? trail : trailed(this.trail, this.#place, place);
    this.#place = place;
    this.ranges = narrowed(this.ranges, place);
  }

  #settle(): void {
    if (this.#pending === undefined) return;
    this.#forgetPending();
    this.#write('replaceState');
  }

  #forgetPending(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }

  #write(how: 'pushState' | 'replaceState'): void {
    try {
      const trail = this.trail.map(encodePlace);
      const state = trail.length === 0 ? null : { trail };
      history[how](state, '', encodePlace(this.#place) || location.pathname + location.search);
    } catch {
      // Some browsers refuse to change the address of a local file: the view works, only the address stands still.
    }
  }
}

/** The trail that was left with an entry of the browser's history, so that back and reload keep it; null without one. */
function trailIn(state: unknown): readonly Place[] | null {
  const trail = (state as { trail?: unknown } | null)?.trail;
  if (!Array.isArray(trail)) return null;
  return trail.filter((hash) => typeof hash === 'string').map(decodePlace);
}
