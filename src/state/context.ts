import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';

/** The session of the page a component stands in: set once by App, so that tests can give it another. */
export const [getSession, setSession] = createContext<Session>();
