/**
 * Where things lie. A copy may write up to SLACK bytes more than a match is long, and input is looked at eight bytes at a
 * time, so both areas have room behind them.
 */

/** How far back deflate reaches (RFC 1951 section 2). */
export const WINDOW: i32 = 32768;
/** Packed bytes that are taken in at a time. */
export const INPUT_BYTES: i32 = 1 << 18;
/** Unpacked bytes that are handed on at a time, but for the end of a match. */
export const OUTPUT_BYTES: i32 = 1 << 18;
/** Three literals, the longest match, and what copying it sixteen bytes at a time writes beyond its end. */
const SLACK: i32 = 512;

export const input: usize = heap.alloc(INPUT_BYTES + SLACK);
/** The window, and behind it what is unpacked. */
export const output: usize = heap.alloc(WINDOW + OUTPUT_BYTES + SLACK);
