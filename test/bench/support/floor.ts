/**
 * The floor: what merely inflating, decoding and JSON.parse-ing the same files takes in the same browser, with the
 * same number of workers. No columns, no rules, no storage.
 */
import type { Page } from 'playwright-core';

/** @returns ms from handing the chosen files to the workers until the last is parsed, and the records met */
export async function floor(
  page: Page,
  path: string,
  folder: boolean,
): Promise<{ ms: number; records: number }> {
  await page.evaluate((webkitdirectory) => {
    document.getElementById('floor')?.remove();
    const input = Object.assign(document.createElement('input'), {
      type: 'file',
      id: 'floor',
      webkitdirectory,
      multiple: true,
    });
    document.body.append(input);
  }, folder);
  await page.setInputFiles('#floor', path);
  return page.evaluate(async () => {
    const work = async (): Promise<void> => {
      onmessage = async (event: MessageEvent<File[]>) => {
        let records = 0;
        for (const file of event.data) {
          const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
          const text = new TextDecoder().decode(await new Response(stream).arrayBuffer());
          records += (JSON.parse(text) as { Records: unknown[] }).Records.length;
        }
        postMessage(records);
      };
    };
    const input = document.getElementById('floor') as HTMLInputElement;
    const files = [...input.files!].filter((file) => file.name.endsWith('.gz'));
    const size = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 4));
    const url = URL.createObjectURL(new Blob([`(${work.toString()})()`]));
    const workers = Array.from({ length: size }, () => new Worker(url));
    const began = performance.now();
    const counts = await Promise.all(
      workers.map(
        (worker, i) =>
          new Promise<number>((resolve, reject) => {
            worker.onmessage = (event: MessageEvent<number>) => resolve(event.data);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(files.filter((_, n) => n % size === i));
          }),
      ),
    );
    const ms = performance.now() - began;
    for (const worker of workers) worker.terminate();
    return { ms, records: counts.reduce((sum, n) => sum + n, 0) };
  });
}
