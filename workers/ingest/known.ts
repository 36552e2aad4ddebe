/** Files that the case has read to their end, told apart by their bytes. */
import { bytesKey, sizeInKey } from '../../src/core/bytes/key.ts';
import type { Parcel } from '../contract.ts';

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

  /** A parcel is stored: files that began and ended in it are known from now on. @param sha256 of those that began */
  stored({ opened, closed }: Parcel, sha256: readonly string[]): void {
    const read = new Set(
      closed.flatMap(({ key, report }) => (report.state === 'refused' || report.unfinished ? [] : [key])),
    );
    opened.forEach(({ key, path, bytes }, index) => {
      if (!read.has(key)) return;
      const file = bytesKey(sha256[index]!, bytes);
      // The first path is that under which the case has it.
      if (!this.#paths.has(file)) this.#paths.set(file, path);
      this.#sizes.add(bytes);
    });
  }
}
