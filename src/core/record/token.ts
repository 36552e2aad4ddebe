/** Single tokens among the bytes of a record: what a string or number says, and where an object ends. */
import { INCOMPLETE } from '../formats/sink.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE, skipString } from './json-bytes.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @returns the value of the JSON token (a string, number or word) at `bytes[start..end)` */
export function decodeToken(bytes: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(decoder.decode(bytes.subarray(start, end)));
}

/** End of the object at `start` by brackets and strings alone: for nesting too deep to check here. */
export function looseEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let i = start; i < end;) {
    const c = bytes[i]!;
    if (c === QUOTE) {
      i = skipString(bytes, i + 1, end);
      if (i < 0) return i;
      continue;
    }
    if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
    else if ((c === CLOSE_BRACE || c === CLOSE_BRACKET) && --depth === 0) return i + 1;
    i++;
  }
  return INCOMPLETE;
}
