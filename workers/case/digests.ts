/** Hashes large files for the ingest workers. */
import { sha256 } from '../hash.ts';

export class Digests {
  #turn: Promise<unknown> = Promise.resolve();

  /** One file after another: each may be in memory as a whole. @returns its SHA-256; '' when it cannot be read */
  of(file: Blob): Promise<string> {
    const digest = this.#turn.then(() => sha256(file)).catch(() => '');
    this.#turn = digest;
    return digest;
  }
}
