import { isObject, isRecord, type JsonObject } from '../record.ts';

/** What wraps a record. */
export interface Wrapping {
  /** Stable id, the `formatId` of a log. */
  id: string;
  /** In words. */
  name: string;
}

/** Where the record is in a value. */
export type Found =
  /** In a string, as JSON text. */
  | { kind: 'text'; json: string; wrapping: Wrapping }
  /** An object within the value: the names that lead to it, [] when it is the value. */
  | { kind: 'nested'; path: readonly string[]; wrapping: Wrapping };

const LOOKUP: Wrapping = { id: 'lookup-events', name: 'lookup-events answer (AWS CLI)' };
const EVENT_BRIDGE: Wrapping = { id: 'eventbridge', name: 'EventBridge events' };
const OTHER: Wrapping = { id: 'nested', name: 'JSON with CloudTrail records inside' };

/** Finds the record that a value wraps, or null when it wraps none. */
export function unwrapValue(value: unknown): Found | null {
  if (!isObject(value)) return null;
  if (isRecord(value)) return { kind: 'nested', path: [], wrapping: OTHER };
  return textMember(value, 'CloudTrailEvent', LOOKUP) ?? detail(value);
}

function textMember(value: JsonObject, name: string, wrapping: Wrapping): Found | null {
  const json = value[name];
  return typeof json === 'string' && json.trimStart().startsWith('{')
    ? { kind: 'text', json, wrapping }
    : null;
}

function detail(value: JsonObject): Found | null {
  return isRecord(value['detail']) ? { kind: 'nested', path: ['detail'], wrapping: EVENT_BRIDGE } : null;
}
