import { shapeOf, type Shape } from '../shapes.ts';
import { peek } from './peek.ts';
import { skipValue } from './scan.ts';

/** How much of a value is looked at to recognise it, at first and at most, in bytes. */
const FIRST_LOOK = 2 ** 12;
const LAST_LOOK = 2 ** 20;

/** What a value is found to be. */
export type Recognition =
  /** More bytes are needed to tell. */
  | { kind: 'more' }
  /** It is not JSON from this index on. */
  | { kind: 'broken'; at: number }
  /** It is JSON as far as it goes, but the text ends within it and it is nothing known. */
  | { kind: 'cut off' }
  /** `shape` null: JSON that is nothing known. `close`: index after the value, negative when it is not all here. */
  | { kind: 'known'; shape: Shape | null; close: number; seen: unknown };

/**
 * Finds out what the JSON value at `bytes[start]` is.
 *
 * @param last whether no more bytes will come
 */
export function recognise(bytes: Uint8Array, start: number, end: number, last: boolean): Recognition {
  const close = skipValue(bytes, start, end);
  const length = end - start;
  const mayGrow = close < 0 && !last;
  if (mayGrow && length < FIRST_LOOK) return { kind: 'more' };
  const seen = peek(bytes, start, close > 0 ? close : end);
  const shape = shapeOf(seen.value);
  if (shape === null) {
    if (seen.end === 'broken') return { kind: 'broken', at: seen.at };
    if (mayGrow && length < LAST_LOOK) return { kind: 'more' };
    if (close < 0 && last) return { kind: 'cut off' };
  }
  return { kind: 'known', shape, close, seen: seen.value };
}
