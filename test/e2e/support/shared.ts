/** Real and generated logs that lie beside the repository, in `../shared`. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of something in `../shared/data`. */
export function sharedPath(path: string): string {
  return fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
}

/** Whether `../shared` is there; tests that need it skip where it is not. */
export const HAVE_SHARED = existsSync(sharedPath(''));

/** A JSON file of `../shared/data`. */
export function sharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T;
}
