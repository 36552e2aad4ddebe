/**
 * How much a file may make us do. An archive is untrusted input: these bounds keep a small file from
 * costing unbounded memory or time. Each one is stated in the sentence that refuses a file for it.
 */

const MB = 2 ** 20;
const GB = 2 ** 30;

/** Decompressed text of one log. Real ones reach about 450 MB (S3 delivers at most 50 MB compressed). */
export const MAX_LOG_BYTES = 16 * GB;

/** Bytes that have to be in memory at once: an archive entry, an archive within an archive, a wrapped form. */
export const MAX_IN_MEMORY = 512 * MB;

/** Entries of one archive. */
export const MAX_ENTRIES = 1_000_000;

/** Containers within containers: gzip, tar, zip, base64. */
export const MAX_DEPTH = 5;

/** Deflate cannot expand further: 258 bytes from two bits (zlib technical notes). */
export const MAX_DEFLATE_RATIO = 1032;

/** Everything that one given file may inflate to, archives within it included. Logs compress 6:1 to 30:1. */
export const MAX_TOTAL_RATIO = 200;
export const FREE_INFLATION = 256 * MB;

/** Why reading stopped, as a sentence for the person who gave the file. */
export class LimitError extends Error {}

/** The limit is one of the file as given: no other entry of it can be read either. */
export class BudgetError extends LimitError {}

/** Counts what a given file inflates to, over all its layers and entries. */
export class InflationBudget {
  #left: number;
  readonly #allowed: number;

  /** @param given size of the file as given, in bytes */
  constructor(given: number) {
    this.#allowed = FREE_INFLATION + MAX_TOTAL_RATIO * given;
    this.#left = this.#allowed;
  }

  /** Takes note of `bytes` more; throws BudgetError when that is too much. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) {
      throw new BudgetError(
        `It inflates to more than ${describeBytes(this.#allowed)}, the limit for a file of its size: this looks like a decompression bomb. Unpack it yourself and add the logs.`,
      );
    }
  }
}

/** A number of bytes in words: `16 GB`, `512 MB`, `1,024 bytes`. Units are powers of 1,024. */
export function describeBytes(bytes: number): string {
  if (bytes >= GB) return `${round(bytes / GB)} GB`;
  if (bytes >= MB) return `${round(bytes / MB)} MB`;
  return count(bytes, 'byte');
}

/** `1 byte`, `2,048 bytes`: a number with thousands separators and its noun in the right number. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}

function round(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
