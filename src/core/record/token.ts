/** Single tokens among the bytes of a record: what a string or number says, and where an object ends. */
import { INCOMPLETE } from '../formats/sink.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipString,
} from './json-bytes.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === BACKSLASH) return true;
  return false;
}

/** @returns the value of the JSON token (a string, number or word) at `bytes[start..end)` */
export function decodeToken(bytes: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(decoder.decode(bytes.subarray(start, end)));
}

/** @returns whether the bytes are `8-4-4-4-12` lower-case hex digits (RFC 9562 text form) */
export function isUuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const c = bytes[start + i]!;
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (c !== 0x2d) return false;
    } else if (!((c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66))) {
      return false;
    }
  }
  return true;
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

/** @returns whether `token` stands at `bytes[i]` */
export function standsAt(token: Uint8Array, bytes: Uint8Array, i: number, end: number): boolean {
  const length = token.length;
  if (i + length > end) return false;
  for (let k = 0; k < length; k++) if (bytes[i + k] !== token[k]) return false;
  return true;
}
