/**
 * Counting the events of a list by a code and by outcome, with the time of the first and the last: one pass
 * over typed arrays, no object an event.
 */
import type { Codes } from './rows.ts';

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
  readonly #counts: Uint32Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;

  /**
   * @param codes code by event row
   * @param size number of codes that may occur
   * @param rows the events to count
   * @param outcomes outcome by event row: 1 + its place in OUTCOMES
   * @param time ms by event row, NaN = undated
   */
  constructor(codes: Codes, size: number, rows: Uint32Array, outcomes: Codes, time: Float64Array) {
    const counts = new Uint32Array(size * 4);
    const first = new Float64Array(size).fill(Infinity);
    const last = new Float64Array(size).fill(-Infinity);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const code = codes[row]!;
      counts[4 * code + outcomes[row]!]!++;
      const at = time[row]!;
      if (at < first[code]!) first[code] = at;
      if (at > last[code]!) last[code] = at;
    }
    const met: number[] = [];
    for (let code = 0; code < size; code++) {
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
}

/** Pairs of two codes as one code, for the events of a list. */
export interface PairCodes {
  /** Code by event row; meaningless for events that are not in the list. */
  codes: Uint32Array;
  /** The two codes of each pair. */
  pairs: (readonly [a: number, b: number])[];
}

/** Above this many possible pairs a table of all of them would take more memory than it saves time. */
const MOST_DENSE = 1 << 22;

/** Numbers the pairs of codes that the events of a list have, in the order in which they are met. */
export function pairCodes(
  a: { codes: Codes; size: number },
  b: { codes: Codes; size: number },
  rows: Uint32Array,
  count: number,
): PairCodes {
  const codes = new Uint32Array(count);
  const pairs: (readonly [number, number])[] = [];
  const dense = a.size * b.size <= MOST_DENSE ? new Uint32Array(a.size * b.size) : null;
  const sparse = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const key = a.codes[row]! * b.size + b.codes[row]!;
    let number = dense ? dense[key]! : (sparse.get(key) ?? 0);
    if (number === 0) {
      number = pairs.push([a.codes[row]!, b.codes[row]!]);
      if (dense) dense[key] = number;
      else sparse.set(key, number);
    }
    codes[row] = number - 1;
  }
  return { codes, pairs };
}
