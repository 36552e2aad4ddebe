/** Files that the case has read to their end, told apart by their bytes. */
import { bytesKey, sizeInKey } from '../../src/core/bytes/key.ts';

export class KnownFiles {
  readonly #paths: Map<string, string>;
  readonly #sizes: Set<number>;

  /** @param known key (`bytesKey`) and path of each */
  constructor(known: readonly (readonly [key: string, path: string])[] = []) {
    this.#paths = new Map(known);
    this.#sizes = new Set([...this.#paths.keys()].map(sizeInKey));
  }

  /** Whether a file of this size may be one of them: when not, its digest need not be waited for. */
  mayHold(size: number): boolean {
    return this.#sizes.has(size);
  }

  /** @returns the path of the file that has these bytes, if there is one */
  pathOf(sha256: string, size: number): string | undefined {
    return this.#paths.get(bytesKey(sha256, size));
  }

  add(sha256: string, size: number, path: string): void {
    this.#paths.set(bytesKey(sha256, size), path);
    this.#sizes.add(size);
  }
}
