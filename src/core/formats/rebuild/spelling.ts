import { isObject, type JsonObject } from '../record.ts';
import { spell } from './schema.ts';

/** Parts whose members are the caller's own: their names are kept as they are. */
const OPEN: ReadonlySet<string> = new Set([
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'insightDetails',
]);

/** A record whose keys are written in other letters (`useridentity`: Athena, Panther) with AWS's spelling of them. */
export function respelled(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const known = spell(name);
      return [known, OPEN.has(known) ? value : respelledValue(value)];
    }),
  );
}

function respelledValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(respelledValue);
  return isObject(value) ? respelled(value) : value;
}
