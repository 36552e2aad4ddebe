import { createSubscriber } from 'svelte/reactivity';

/** Where small preferences are kept: as much of `Storage` as is used here. */
type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** The browser's local storage, or null where it is refused (some file:// and private modes throw on touch). */
export function localStore(): Store | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

const OPEN_CASE = 'trailsift.open-case';

/** The case this tab had open before it was loaded again; '' for none. */
export function rememberedCase(): string {
  try {
    return globalThis.sessionStorage.getItem(OPEN_CASE) ?? '';
  } catch {
    return '';
  }
}

/** Remembers the open case for a reload of this tab; '' forgets it. */
export function rememberCase(id: string): void {
  try {
    if (id === '') globalThis.sessionStorage.removeItem(OPEN_CASE);
    else globalThis.sessionStorage.setItem(OPEN_CASE, id);
  } catch {
    // Without it a reload leads to the start page, where the case is listed.
  }
}

/**
 * A value that is remembered in the browser and follows the other tabs. Without storage it works for as long as
 * the page is open. `read` judges what is found: it takes anything and returns a sound value.
 */
export class Persisted<T> {
  #key: string;
  #read: (found: unknown) => T;
  #store: Store | null;
  #value: T;
  #changed: () => void = () => undefined;
  #subscribe: () => void;

  constructor(key: string, read: (found: unknown) => T, store = localStore()) {
    this.#key = key;
    this.#read = read;
    this.#store = store;
    this.#value = this.#load();
    this.#subscribe = createSubscriber((update) => {
      this.#changed = update;
      const follow = (event: StorageEvent): void => {
        if (event.key !== this.#key) return;
        this.#value = this.#load();
        update();
      };
      window.addEventListener('storage', follow);
      return () => {
        window.removeEventListener('storage', follow);
      };
    });
  }

  get current(): T {
    this.#subscribe();
    return this.#value;
  }

  set current(value: T) {
    this.#value = value;
    try {
      this.#store?.setItem(this.#key, JSON.stringify(value));
    } catch {
      // A full or refused storage costs the memory of a preference, nothing else.
    }
    this.#changed();
  }

  #load(): T {
    try {
      return this.#read(JSON.parse(this.#store?.getItem(this.#key) ?? 'null'));
    } catch {
      return this.#read(null);
    }
  }
}
