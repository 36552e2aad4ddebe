/**
 * How long the page takes to answer: from the input event to the frame in which the answer stands on the screen.
 */
import type { Page } from 'playwright-core';

export interface Answered {
  /** From the event to the frame that shows the answer, ms. */
  ms: number;
  /** Longest task of the main thread meanwhile, ms; 0 when none took over 50. */
  longestTask: number;
}

/**
 * Does something and waits until `shown` is true in the page, which it must not be before.
 *
 * @param act what a person does; the clock starts at the last input event that it causes
 * @param shown runs in the page with `argument` each frame; may use nothing else
 */
export async function answered<A>(
  page: Page,
  act: () => Promise<unknown>,
  shown: (argument: A) => boolean,
  argument: A,
): Promise<Answered> {
  // As a text, not as an argument: the page's policy allows no function to be made of one.
  const watching = page.evaluate<Answered>(
    `(${watch.toString()})(${shown.toString()}, ${JSON.stringify(argument)})`,
  );
  watching.catch(() => undefined);
  await page.waitForSelector('html[data-watching]', { state: 'attached' });
  await act();
  return watching;
}

/** Runs in the page. */
async function watch<A>(shown: (argument: A) => boolean, argument: A): Promise<Answered> {
  let began = NaN;
  const start = (event: Event): void => {
    began = event.timeStamp;
  };
  const kinds = ['keydown', 'click', 'pointerup', 'popstate', 'hashchange'];
  for (const kind of kinds) window.addEventListener(kind, start, true);
  document.documentElement.dataset['watching'] = 'yes';
  try {
    const end = performance.now() + 600_000;
    while (!Number.isFinite(began) || !shown(argument)) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (performance.now() > end) throw new Error('The page has not answered within ten minutes.');
    }
    const ms = performance.now() - began;
    // Long tasks are told of late.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const tasks = window.trailsiftTest.longTasks.filter((task) => task.start >= began);
    return { ms, longestTask: Math.max(0, ...tasks.map((task) => task.ms)) };
  } finally {
    for (const kind of kinds) window.removeEventListener(kind, start, true);
    delete document.documentElement.dataset['watching'];
  }
}
