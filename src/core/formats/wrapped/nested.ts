import { findMember, skipSpace, skipValue } from '../json/scan.ts';
import { isObject, isRecord, type JsonObject } from '../record.ts';

/** How deep records are looked for in wrappings that are not known: levels of objects, and texts within texts. */
const MAX_DEPTH = 4;
const MAX_TEXTS = 3;

/** Saves the cost of an exception where there is nothing to parse. */
const LOOKS_LIKE_OBJECT = /^\s*\{\s*"[^]*\}\s*$/;

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/** Whether a text is the JSON of a CloudTrail record. */
export function holdsRecord(text: string): boolean {
  return isRecord(parseObject(text));
}

/**
 * The CloudTrail record in a JSON text, as it is written there: the text itself, or an object or text within it (SQS
 * and SNS put events into texts). Null when there is none.
 */
export function recordTextIn(text: string, texts = 0): string | null {
  const value = parseObject(text);
  if (value === null) return null;
  if (isRecord(value)) return text;
  const member = texts < MAX_TEXTS ? findNestedRecord(value, texts + 1) : null;
  if (member === null) return null;
  return typeof member.value === 'string' ? recordTextIn(member.value, texts + 1) : textAt(text, member.path);
}

function parseObject(text: string): JsonObject | null {
  if (!LOOKS_LIKE_OBJECT.test(text)) return null;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return null;
  }
}

/** The text of the member that a path leads to: what is written, where parsing might round numbers. */
function textAt(text: string, path: readonly string[]): string | null {
  const bytes = ENCODER.encode(text);
  let at = skipSpace(bytes, 0, bytes.length);
  for (const name of path) at = at < 0 ? at : findMember(bytes, at, bytes.length, name);
  return at < 0 ? null : DECODER.decode(bytes.subarray(at, skipValue(bytes, at, bytes.length)));
}

/** A member somewhere within an object, with the names that lead to it. */
interface Member {
  path: string[];
  value: unknown;
}

/** The members of an object and of the objects in it, the outermost first. */
function* membersOf(object: JsonObject): Generator<Member> {
  let level: { object: JsonObject; path: string[] }[] = [{ object, path: [] }];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next: typeof level = [];
    for (const outer of level) {
      for (const [name, value] of Object.entries(outer.object)) {
        const path = [...outer.path, name];
        yield { path, value };
        if (isObject(value)) next.push({ object: value, path });
      }
    }
    level = next;
  }
}

/** The first member that is a record, or a string that holds one; null when there is none. */
export function findNestedRecord(object: JsonObject, texts = 0): Member | null {
  for (const member of membersOf(object)) {
    const { value } = member;
    if (typeof value === 'string' ? recordTextIn(value, texts) !== null : isRecord(value)) return member;
  }
  return null;
}

/** The names that lead to the first array of records, null when there is none. */
export function findNestedArray(object: JsonObject): string[] | null {
  for (const { path, value } of membersOf(object)) {
    const first: unknown = Array.isArray(value) ? value[0] : null;
    if (isRecord(first) || (isObject(first) && findNestedRecord(first) !== null)) return path;
  }
  return null;
}
