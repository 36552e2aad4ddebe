/** What searching records is held against: the browser inflating the same file, in one thread, and nothing else. */
import type { Page } from 'playwright-core';

/** @param path one gzip file @returns ms */
export async function inflating(page: Page, path: string): Promise<number> {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'inflated' }));
  });
  await page.setInputFiles('#inflated', path);
  return page.evaluate(async () => {
    const work = (): void => {
      onmessage = async ({ data }: MessageEvent<File>) => {
        const reader = data.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
        while (!(await reader.read()).done);
        postMessage(0);
      };
    };
    const file = (document.getElementById('inflated') as HTMLInputElement).files![0]!;
    const worker = new Worker(URL.createObjectURL(new Blob([`(${work.toString()})()`])));
    const began = performance.now();
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(file);
    });
    const ms = performance.now() - began;
    worker.terminate();
    return ms;
  });
}
