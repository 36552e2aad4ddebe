import { isObject, isRecord, type JsonObject } from '../record.ts';

/** How deep records are looked for in wrappings that are not known. */
const MAX_DEPTH = 4;

/** Whether a text is the JSON of a CloudTrail record. */
export function holdsRecord(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    return isRecord(JSON.parse(text) as unknown);
  } catch {
    return false;
  }
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
export function findNestedRecord(object: JsonObject): Member | null {
  for (const member of membersOf(object)) {
    if (typeof member.value === 'string' ? holdsRecord(member.value) : isRecord(member.value)) return member;
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
