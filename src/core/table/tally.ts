/**
 * Counting the events of a list by a code and by outcome, with the time of the first and the last: one pass
 * over typed arrays, no object an event.
 */
import type { EventList } from './event-list.ts';

/** Events by what came of the call. */
export interface Tally {
  success: number;
  denied: number;
  error: number;
}

/** @returns the number of events in a tally */
export function sum({ success, denied, error }: Tally): number {
  return success + denied + error;
}

/** Counts by code, of the codes that occur. */
export class CodeTally {
  /** Codes that occur, most events first. */
  readonly codes: Uint32Array;
  /** By code: events in all, then by outcome. */
  readonly #counts: Uint32Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  /** By code: the place in the list of one of its events. */
  readonly #sample: Uint32Array;

  private constructor(counts: Uint32Array, first: Float64Array, last: Float64Array, sample: Uint32Array) {
    const met: number[] = [];
    for (let code = 0; code < sample.length; code++) {
      const events = counts[4 * code + 1]! + counts[4 * code + 2]! + counts[4 * code + 3]!;
      // The place that no outcome has takes the sum.
      if (events > 0) met.push(code);
      counts[4 * code] = events;
    }
    met.sort((a, b) => counts[4 * b]! - counts[4 * a]! || a - b);
    this.codes = Uint32Array.from(met);
    this.#counts = counts;
    this.#first = first;
    this.#last = last;
    this.#sample = sample;
  }

  /**
   * @param codes code by place in the list
   * @param size number of codes that may occur
   */
  static of({ time, outcome }: EventList, codes: Uint32Array, size: number): CodeTally {
    const counts = new Uint32Array(size * 4);
    const first = new Float64Array(size).fill(Infinity);
    const last = new Float64Array(size).fill(-Infinity);
    const sample = new Uint32Array(size);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      counts[4 * code + outcome[i]!]!++;
      const at = time[i]!;
      if (at < first[code]!) first[code] = at;
      if (at > last[code]!) last[code] = at;
      sample[code] = i;
    }
    return new CodeTally(counts, first, last, sample);
  }

  /**
   * Counts by another code, which follows from this one.
   *
   * @param codeOf the other code of a code that occurs
   * @param size number of other codes that may occur
   */
  fold(codeOf: (code: number) => number, size: number): CodeTally {
    const counts = new Uint32Array(size * 4);
    const first = new Float64Array(size).fill(Infinity);
    const last = new Float64Array(size).fill(-Infinity);
    const sample = new Uint32Array(size);
    for (const code of this.codes) {
      const other = codeOf(code);
      for (let k = 1; k < 4; k++) counts[4 * other + k]! += this.#counts[4 * code + k]!;
      first[other] = Math.min(first[other]!, this.#first[code]!);
      last[other] = Math.max(last[other]!, this.#last[code]!);
      sample[other] = this.#sample[code]!;
    }
    return new CodeTally(counts, first, last, sample);
  }

  /** Events of a code in all. */
  events(code: number): number {
    return this.#counts[4 * code]!;
  }

  tally(code: number): Tally {
    const at = 4 * code;
    return {
      success: this.#counts[at + 1]!,
      denied: this.#counts[at + 2]!,
      error: this.#counts[at + 3]!,
    };
  }

  /** First and last time of a code, ms; NaN when none of its events is dated. */
  span(code: number): { from: number; to: number } {
    const from = this.#first[code]!;
    return from === Infinity ? { from: NaN, to: NaN } : { from, to: this.#last[code]! };
  }

  /** The place in the list of one event with a code that occurs. */
  sample(code: number): number {
    return this.#sample[code]!;
  }
}

/** Pairs of two codes as one code, for the events of a list. */
export interface PairCodes {
  /** Code by place in the list. */
  codes: Uint32Array;
  /** The two codes of each pair. */
  pairs: (readonly [a: number, b: number])[];
}

/** Above this many possible pairs a table of all of them would take more memory than it saves time. */
const MOST_DENSE = 1 << 22;

/**
 * Numbers the pairs of codes that the events of a list have, in the order in which they are met.
 *
 * @param a one code by place in the list
 * @param b the other, below `size`
 */
export function pairCodes(
  a: { codes: Uint32Array; size: number },
  b: { codes: Uint32Array; size: number },
): PairCodes {
  const codes = new Uint32Array(a.codes.length);
  const pairs: (readonly [number, number])[] = [];
  const dense = a.size * b.size <= MOST_DENSE ? new Uint32Array(a.size * b.size) : null;
  const sparse = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    const key = a.codes[i]! * b.size + b.codes[i]!;
    let number = dense ? dense[key]! : (sparse.get(key) ?? 0);
    if (number === 0) {
      number = pairs.push([a.codes[i]!, b.codes[i]!]);
      if (dense) dense[key] = number;
      else sparse.set(key, number);
    }
    codes[i] = number - 1;
  }
  return { codes, pairs };
}
