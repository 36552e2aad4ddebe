import { BROKEN, INCOMPLETE, type RecordSink } from '../sink.ts';
import { isRecord } from '../record.ts';
import { unwrapValue } from '../wrapped/unwrap.ts';
import { findMember, skipValue, withoutNuls } from './scan.ts';
import type { Journal } from '../journal.ts';

/**
 * Takes the element that begins at `bytes[start]`: like `RecordSink.record`, and UNKNOWN for valid JSON that
 * holds no record.
 */
export type Taker = (bytes: Uint8Array, start: number, end: number, offset: number) => number;

/** The element is well-formed and holds no record. */
export const UNKNOWN = -3;

const DECODER = new TextDecoder();
const ENCODER = new TextEncoder();

/** The taker of elements that wrap a record. */
export function wrappedTaker(sink: RecordSink, journal: Journal): Taker {
  return (bytes, start, end, offset) => {
    const close = skipValue(bytes, start, end);
    if (close < 0) return close;
    const element = bytes.subarray(start, close);
    const value = parseJson(element);
    if (value === undefined) return BROKEN;
    const found = unwrapValue(value);
    if (found === null) return UNKNOWN;
    journal.wrappedIn(found.wrapping);
    if (found.kind === 'nested') {
      let at = start;
      for (const name of found.path) at = at < 0 ? at : findMember(bytes, at, close, name);
      return at < 0 || sink.record(bytes, at, close, offset + at - start) < 0 ? BROKEN : close;
    }
    const json = found.kind === 'text' ? found.json : JSON.stringify(found.record);
    return sink.wrapped(ENCODER.encode(json), offset, close - start) ? close : BROKEN;
  };
}

/**
 * Takes a record that NUL bytes run through (a file copied off a damaged disk), if it is whole without them.
 *
 * @returns like `RecordSink.record`
 */
export function takeWithoutNuls(
  sink: RecordSink,
  bytes: Uint8Array,
  start: number,
  end: number,
  offset: number,
): number {
  const close = skipValue(bytes, start, end);
  if (close < 0) return INCOMPLETE;
  const record = bytes.subarray(start, close);
  const cleaned = withoutNuls(record);
  // What the NULs replaced is gone; the rest may happen to be JSON without being the record.
  if (cleaned === record || !isRecord(parseJson(cleaned))) return BROKEN;
  return sink.wrapped(cleaned, offset, close - start) ? close : BROKEN;
}

/** JSON text as a value, undefined when it is not valid. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(DECODER.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
