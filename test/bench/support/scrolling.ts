/** How the table of a large case scrolls: by wheel, by keys, by its scrollbar. */
import { longTasksDuring } from '../../e2e/support/main-thread.ts';
import type { TestPage } from '../../e2e/support/page.ts';
import { gridRows } from '../../e2e/support/screen.ts';
import type { Line } from './triage.ts';

/** Of a hundred frames the one that ninety-five are shorter than, ms; the longest task is told as its time on the processor. */
export async function scrolling(page: TestPage): Promise<Line[]> {
  const { keyboard, mouse } = page.driver.chromium!;
  const grid = page.driver.chromium!.getByRole('grid');
  const box = (await grid.boundingBox())!;
  const rows = await gridRows(page);
  const lines: Line[] = [];
  const note = async (what: string, act: () => Promise<void>): Promise<void> => {
    let frames: number[] = [];
    const tasks = await longTasksDuring(page, async () => {
      const counting = page.evaluate(countFrames, null);
      await act();
      await page.evaluate(() => void (document.documentElement.dataset['still'] = 'yes'), null);
      frames = (await counting).sort((a, b) => a - b);
    });
    lines.push({
      what: `scrolling ${what}: a frame (95 %)`,
      ms: Math.round(frames[Math.floor(frames.length * 0.95)] ?? NaN),
      'longest task ms': Math.max(0, ...tasks.map(({ cpu }) => cpu)),
      rows,
    });
  };
  /** `times` times, about as fast as a hand or a held key does it. */
  const often = async (times: number, act: (n: number) => Promise<void>): Promise<void> => {
    for (let n = 0; n < times; n++) {
      await act(n);
      await new Promise((resolve) => setTimeout(resolve, 12));
    }
  };

  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await note('by wheel', () => often(120, () => mouse.wheel(0, 100)));
  await note('by wheel, wildly', () => often(60, () => mouse.wheel(0, 5000)));
  await grid.focus();
  await note('by arrow key', () => often(120, () => keyboard.press('ArrowDown')));
  await note('by page', () => often(60, () => keyboard.press('PageDown')));
  await note('to both ends', () => often(20, (n) => keyboard.press(n % 2 === 0 ? 'End' : 'Home')));
  // What dragging the scrollbar does: automation has none to drag.
  await note('by scrollbar', () =>
    often(100, (n) =>
      page.evaluate((share) => {
        const element = document.querySelector('[role=grid]')!;
        element.scrollTop = share * (element.scrollHeight - element.clientHeight);
      }, n / 100),
    ),
  );
  await keyboard.press('Home');
  return lines;
}

/** Runs in the page: lengths of its frames, ms, until the root is marked. */
function countFrames(): Promise<number[]> {
  const { dataset } = document.documentElement;
  delete dataset['still'];
  return new Promise((resolve) => {
    const lengths: number[] = [];
    let last = NaN;
    const frame = (now: number): void => {
      if (!Number.isNaN(last)) lengths.push(now - last);
      last = now;
      if (dataset['still']) resolve(lengths);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
