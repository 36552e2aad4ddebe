/** Hashes files for the ingest workers, which have enough to do. */
import type { ArrivingSource } from '../contract.ts';
import { sha256 } from '../hash.ts';

/** A source of which is known which bytes it has. */
export interface IdentifiedSource extends ArrivingSource {
  sha256: string;
}

/** @returns the same sources, those hashed that were not */
export function identify(sources: readonly ArrivingSource[]): Promise<IdentifiedSource[]> {
  return Promise.all(
    sources.map(async (source) => {
      const { sha256: known } = source;
      return { ...source, sha256: known instanceof Uint8Array ? await sha256(known) : known };
    }),
  );
}

/** Digests of large files. */
export class Digests {
  #turn: Promise<unknown> = Promise.resolve();

  /** One file after another: each may be in memory as a whole. @returns its SHA-256; '' when it cannot be read */
  of(file: Blob): Promise<string> {
    const digest = this.#turn.then(() => sha256(file)).catch(() => '');
    this.#turn = digest;
    return digest;
  }
}
