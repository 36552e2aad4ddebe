/** Reading the recorded vectors beside the repository; tests that need them skip where they are not there. */
import { existsSync, readFileSync } from 'node:fs';

const SHARED = new URL('../../../../shared/', import.meta.url);

/** Whether `../shared` is there. */
export const HAVE_VECTORS = existsSync(SHARED);

/** The text of a file of `../shared`. */
export function sharedText(path: string): string {
  return readFileSync(new URL(path, SHARED), 'utf8');
}

export function sharedUrl(path: string): URL {
  return new URL(path, SHARED);
}

/** The rows of a tab-separated file of `../shared`. */
export function sharedRows(path: string): string[][] {
  return sharedText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

/** The lines of a JSON Lines file of `../shared`. */
export function sharedLines<T>(path: string): T[] {
  return sharedText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
