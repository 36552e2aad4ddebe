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

const NO_DIGIT = 0xff;
/** By character: the value of a lower-case hex digit. */
const NIBBLE = new Uint8Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) NIBBLE[value.toString(16).charCodeAt(0)] = value;

/** Where the 16 bytes of a UUID begin in its text. */
const UUID_PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

/** @returns whether the bytes are `8-4-4-4-12` lower-case hex digits (RFC 9562 text form) */
export function isUuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 36) return false;
  for (let at = start + 8; at < start + 24; at += 5) if (bytes[at] !== 0x2d) return false;
  let any = 0;
  for (let n = 0; n < 16; n++) {
    const at = start + UUID_PLACES[n]!;
    any |= NIBBLE[bytes[at]!]! | NIBBLE[bytes[at + 1]!]!;
  }
  return any < 16;
}

/** Packs the 36 characters of a UUID into 16 bytes. */
export function writeUuid(bytes: Uint8Array, start: number, into: Uint8Array, at: number): void {
  for (let n = 0; n < 16; n++) {
    const from = start + UUID_PLACES[n]!;
    into[at + n] = (NIBBLE[bytes[from]!]! << 4) | NIBBLE[bytes[from + 1]!]!;
  }
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
