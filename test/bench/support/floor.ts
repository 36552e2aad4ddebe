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
      const decoder = new TextDecoder();
      const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes).replace(/\0.*$/s, '');
      /** The entries of a tar, or of a zip that only stores. */
      function* entries(bytes: Uint8Array): Generator<Uint8Array> {
        const view = new DataView(bytes.buffer);
        const isZip = view.getUint32(0, true) === 0x04034b50;
        for (let at = 0; at + 512 <= bytes.length;) {
          let start: number;
          let size: number;
          if (isZip) {
            if (view.getUint32(at, true) !== 0x04034b50) return;
            size = view.getUint32(at + 18, true);
            start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
            at = start + size;
          } else {
            size = parseInt(ascii(bytes.subarray(at + 124, at + 136)), 8) || 0;
            start = at + 512;
            at = start + Math.ceil(size / 512) * 512;
          }
          // Long names stand in entries of their own.
          if (bytes[start] === 0x1f && bytes[start + 1] === 0x8b) yield bytes.subarray(start, start + size);
        }
      }
      const count = async (log: Blob): Promise<number> => {
        const stream = log.stream().pipeThrough(new DecompressionStream('gzip'));
        const text = decoder.decode(await new Response(stream).arrayBuffer());
        return (JSON.parse(text) as { Records: unknown[] }).Records.length;
      };
      /** As `count`; the quickest way that a browser has for one that is in memory. */
      const countBytes = async (log: Uint8Array): Promise<number> => {
        const gunzip = new DecompressionStream('gzip');
        const writer = gunzip.writable.getWriter();
        void writer.write(log as Uint8Array<ArrayBuffer>);
        void writer.close();
        const reader = gunzip.readable.getReader();
        let text = '';
        for (;;) {
          const { done, value } = await reader.read();
          text += decoder.decode(value, { stream: !done });
          if (done) break;
        }
        return (JSON.parse(text) as { Records: unknown[] }).Records.length;
      };
      const countAll = async (files: File[]): Promise<number> => {
        let records = 0;
        for (const file of files) {
          if (/\.(?:zip|tar)$/.test(file.name)) {
            for (const log of entries(new Uint8Array(await file.arrayBuffer())))
              records += await countBytes(log);
          } else if (file.size > 8 << 20) records += await count(file);
          else records += await countBytes(new Uint8Array(await file.arrayBuffer()));
        }
        return records;
      };
      onmessage = (event: MessageEvent<File[]>) => {
        // Said as data: a rejected promise of a worker reaches nobody.
        countAll(event.data).then(postMessage, (error: unknown) => postMessage(String(error)));
      };
    };
    const input = document.getElementById('floor') as HTMLInputElement;
    const files = [...input.files!].filter((file) => /\.(?:gz|zip|tar)$/.test(file.name));
    const size = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 4));
    const url = URL.createObjectURL(new Blob([`(${work.toString()})()`]));
    const workers = Array.from({ length: size }, () => new Worker(url));
    const began = performance.now();
    const counts = await Promise.all(
      workers.map(
        (worker, i) =>
          new Promise<number>((resolve, reject) => {
            worker.onmessage = (event: MessageEvent<number | string>) =>
              typeof event.data === 'number' ? resolve(event.data) : reject(new Error(event.data));
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
