import { BROKEN, INCOMPLETE } from '../sink.ts';

export const NUL = 0x00;
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** A byte order mark inside a string is part of it. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** JSON's white space (RFC 8259 section 2). */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB;
}

/** The first index at or after `at` that is no white space; `end` when there is none. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
}

/** The index after the string whose opening quote stands at `start`, or INCOMPLETE. */
export function skipString(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at++;
  }
  return INCOMPLETE;
}

/**
 * The index after the JSON value that begins at `start`, judged by brackets and quotes alone: what is between them
 * need not be valid. INCOMPLETE when the bytes end first, BROKEN when no value can begin so.
 */
export function skipValue(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  if (first === QUOTE) return skipString(bytes, start, end);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipScalar(bytes, start, end);
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = skipString(bytes, at, end) - 1;
      if (at < 0) return INCOMPLETE;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (--depth === 0) return at + 1;
    }
  }
  return INCOMPLETE;
}

function skipScalar(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isScalarByte(bytes[at]!)) at++;
  if (at === end) return INCOMPLETE;
  return at === start ? BROKEN : at;
}

/** Letters, digits and signs of numbers, true, false and null. */
function isScalarByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e ||
    byte === 0x45
  );
}

/**
 * The member of an object that begins at `start`: the index after its name and that of its value.
 *
 * @returns INCOMPLETE when the bytes end before its value, BROKEN when no member can begin so
 */
export function memberAt(
  bytes: Uint8Array,
  start: number,
  end: number,
): { nameEnd: number; value: number } | typeof INCOMPLETE | typeof BROKEN {
  if (bytes[start] !== QUOTE) return BROKEN;
  const nameEnd = skipString(bytes, start, end);
  if (nameEnd < 0) return INCOMPLETE;
  const colon = skipSpace(bytes, nameEnd, end);
  if (colon < end && bytes[colon] !== COLON) return BROKEN;
  const value = skipSpace(bytes, colon + 1, end);
  return value < end ? { nameEnd, value } : INCOMPLETE;
}

/**
 * Where the value of a member stands in the object that begins at `start`, or -1. The object has to be complete.
 * Of several members of that name the last counts, as in JSON.parse.
 *
 * @param name the member's name, as JSON.parse gives it
 */
export function findMember(bytes: Uint8Array, start: number, end: number, name: string): number {
  let found = -1;
  let at = skipSpace(bytes, start + 1, end);
  while (bytes[at] === QUOTE) {
    const member = memberAt(bytes, at, end);
    if (typeof member === 'number') return -1;
    if (isText(bytes, at + 1, member.nameEnd - 1, name)) found = member.value;
    at = skipValue(bytes, member.value, end);
    if (at < 0) return -1;
    at = skipSpace(bytes, at, end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
  }
  return found;
}

/** Whether `bytes[from..to)` are exactly these ASCII characters. */
export function matchesAscii(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  if (to - from !== text.length) return false;
  for (let at = 0; at < text.length; at++) {
    if (bytes[from + at] !== text.charCodeAt(at)) return false;
  }
  return true;
}

/** Whether a string, by the bytes between its quotes, is this text: any text, written in any way. */
export function isText(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at]! >= 0x80 || bytes[at] === BACKSLASH) return textOf(bytes, from, to) === text;
  }
  return matchesAscii(bytes, from, to, text);
}

/** The text of a string, by the bytes between its quotes; as it stands there when its escapes are none of JSON. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  const text = DECODER.decode(bytes.subarray(from, to));
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/** A copy without the NUL bytes. JSON text cannot hold any (RFC 8259 section 7), so nothing of meaning goes. */
export function withoutNuls(bytes: Uint8Array): Uint8Array {
  return bytes.includes(NUL) ? bytes.filter((byte) => byte !== NUL) : bytes;
}
