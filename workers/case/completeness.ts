/**
 * Whether all that was given for a case is in it. It is remembered with the case, so that whoever opens it again is told
 * that reading broke off, or that files were read and not stored.
 */
import type { CaseRow, ClosedSource } from '../../src/store/database.ts';

/** Digits of a SHA-256 that tell the files of one case apart. */
const DIGEST_DIGITS = 16;

export class Completeness {
  /** Reading had not come to its end when the case was last open. */
  #brokeOff = false;

  /** @param row the case as it is stored: kept up to date */
  constructor(private readonly row: CaseRow) {}

  /** The case was opened from what is stored. */
  opened(): void {
    this.#brokeOff = this.row.reading;
  }

  /** Something is being read. */
  begun(): void {
    this.row.reading = true;
  }

  /** Reading has come to its end, and all of it is stored. */
  ended(): void {
    this.#brokeOff = this.row.reading = false;
  }

  /** These files were read. @param stored whether the case still stores what it takes in */
  closed(files: readonly ClosedSource[], stored: boolean): void {
    const digests = files.map(({ sha256 }) => sha256.slice(0, DIGEST_DIGITS)).filter(Boolean);
    const { unstored } = this.row;
    if (!stored) this.row.unstored = [...new Set([...unstored, ...digests])];
    else if (unstored.length > 0) this.row.unstored = unstored.filter((digest) => !digests.includes(digest));
  }

  /** What the stored case lacks: null for nothing, else how many files were read and not stored. */
  get lacks(): { unstored: number } | null {
    const { length } = this.row.unstored;
    return this.#brokeOff || length > 0 ? { unstored: length } : null;
  }
}
