import { isObject, isRecord, type JsonObject } from '../record.ts';
import type { Found, Wrapping } from './unwrap.ts';

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

/** Finds a record in a wrapping that is not known: the first object or string that is one, the outermost first. */
export function findNested(value: JsonObject, wrapping: Wrapping): Found | null {
  let level: { object: JsonObject; path: string[] }[] = [{ object: value, path: [] }];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next: typeof level = [];
    for (const { object, path } of level) {
      for (const [name, member] of Object.entries(object)) {
        if (typeof member === 'string' && holdsRecord(member))
          return { kind: 'text', json: member, wrapping };
        if (!isObject(member)) continue;
        if (isRecord(member)) return { kind: 'nested', path: [...path, name], wrapping };
        next.push({ object: member, path: [...path, name] });
      }
    }
    level = next;
  }
  return null;
}
