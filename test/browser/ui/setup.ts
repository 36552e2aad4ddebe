import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { Session } from '../../../src/state/session.svelte.ts';
import App from '../../../src/ui/App.svelte';
import { FakeIngest } from './fake-ingest.ts';
import { FakeCase, type FakeSize } from './fake.ts';

export interface Setup {
  session: Session;
  cases: FakeCase;
  ingest: FakeIngest;
}

/** Mounts the page with fakes behind it, as a browser without a past would. */
export async function setup(
  size: FakeSize,
  prepare: (setup: Omit<Setup, 'session'>) => void = () => undefined,
): Promise<Setup> {
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, '', location.pathname + location.search);
  await page.viewport(1280, 800);
  const cases = new FakeCase(size);
  const ingest = new FakeIngest(size.events, cases.world.findings);
  prepare({ cases, ingest });
  const session = new Session({ cases, ingest });
  // The element of index.html: without its height the page would be as tall as its longest list.
  document.getElementById('app')?.remove();
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  await render(App, { target, props: { session } });
  return { session, cases, ingest };
}

/** Mounts the page with a case open. */
export async function setupCase(
  size: FakeSize,
  prepare?: (setup: Omit<Setup, 'session'>) => void,
): Promise<Setup> {
  const made = await setup(size, prepare);
  await made.session.open('case-1', false);
  return made;
}

/** The status element that automation reads. */
export function ingestData(): DOMStringMap {
  return document.querySelector<HTMLElement>('[data-testid="ingest"]')?.dataset ?? {};
}

/** Text of the rows in the document, top to bottom, without the header. */
export function rowTexts(): string[] {
  return Array.from(document.querySelectorAll('[role="grid"] [role="row"]'), (row) =>
    row.textContent.trim(),
  ).slice(1);
}
