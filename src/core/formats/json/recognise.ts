import { isObject } from '../record.ts';
import { shapeOf, type Shape } from '../shapes.ts';
import { peek, type Peek } from './peek.ts';
import { COLON, OPEN_BRACE, OPEN_BRACKET, QUOTE, matchesAscii, skipSpace } from './scan.ts';

/** How much of a value is looked at to recognise it, in bytes: more only when less did not tell. */
const LOOKS: readonly number[] = [2 ** 10, 2 ** 14, 2 ** 20];

const RECORDS = 'Records';
const S3_LOG: Shape = { kind: 'container', path: [RECORDS] };

/** What a value is found to be. */
export type Recognition =
  /** More bytes are needed to tell. */
  | { kind: 'more' }
  /** It is not JSON from this index on. */
  | { kind: 'broken'; at: number }
  /** It is JSON as far as it goes, but the text ends within it and it is nothing known. */
  | { kind: 'cut off' }
  /** `shape` null: JSON that is nothing known. `seen`: its beginning. */
  | { kind: 'known'; shape: Shape | null; seen: unknown };

/**
 * Finds out what the JSON value at `bytes[start]` is. The answer depends on the value alone, not on how much of it is
 * at hand.
 *
 * @param last whether no more bytes will come
 */
export function recognise(bytes: Uint8Array, start: number, end: number, last: boolean): Recognition {
  if (opensRecords(bytes, start, end)) return { kind: 'known', shape: S3_LOG, seen: null };
  for (const look of LOOKS) {
    const seen = peek(bytes, start, Math.min(end, start + look));
    if (seen.end === 'cut off' && end - start < look && !last) return { kind: 'more' };
    const shape = shapeOf(seen.value);
    if (shape !== null && isCertain(shape, seen)) return { kind: 'known', shape, seen: seen.value };
    if (seen.end === 'broken') return { kind: 'broken', at: seen.at };
    if (seen.end === 'complete') break;
    if (end - start < look) return { kind: 'cut off' };
  }
  return { kind: 'known', shape: null, seen: null };
}

/** Whether an object begins `{"Records":[`, as nearly all of them do: a short way round. */
function opensRecords(bytes: Uint8Array, start: number, end: number): boolean {
  const quote = skipSpace(bytes, start + 1, end);
  const nameEnd = quote + 1 + RECORDS.length;
  if (bytes[start] !== OPEN_BRACE || bytes[quote] !== QUOTE || bytes[nameEnd] !== QUOTE) return false;
  const colon = skipSpace(bytes, nameEnd + 1, end);
  const bracket = skipSpace(bytes, colon + 1, end);
  return (
    bracket < end &&
    bytes[bracket] === OPEN_BRACKET &&
    bytes[colon] === COLON &&
    matchesAscii(bytes, quote + 1, nameEnd, RECORDS)
  );
}

/** What looks like a record may still turn out a notification (`eventSource: "aws:..."`) further on. */
function isCertain(shape: Shape, seen: Peek): boolean {
  return shape.kind !== 'record' || seen.end !== 'cut off' || tellsItsSource(seen.value);
}

function tellsItsSource(value: unknown): boolean {
  return isObject(value) && ('eventSource' in value || 'insightDetails' in value || 'eventsource' in value);
}
