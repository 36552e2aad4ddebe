import { isEcsEvent, originalOfEcs, recordOfEcs } from '../rebuild/ecs.ts';
import { isOcsfOfCloudTrail, recordOfOcsf } from '../rebuild/ocsf.ts';
import { areEventColumns, isEvent, recordOfRow, wholeRecordOf, type Row } from '../rebuild/row.ts';
import { respelled } from '../rebuild/spelling.ts';
import { isMisspeltRecord, isObject, isRecord, type JsonObject } from '../record.ts';
import { findNestedRecord, holdsRecord, recordTextIn } from './nested.ts';

/** What wraps a record. */
export interface Wrapping {
  /** Stable id, the `formatId` of a log. */
  id: string;
  /** In words. */
  name: string;
  /** What the person should know about records from there, '' when they are whole. */
  note: string;
}

/** Where the record is in a value. */
export type Found =
  /** In a string, as JSON text. */
  | { kind: 'text'; json: string; wrapping: Wrapping }
  /** An object within the value: the names that lead to it, [] when it is the value. */
  | { kind: 'nested'; path: readonly string[]; wrapping: Wrapping }
  /** Nowhere: it was made again of fields that tell of it. */
  | { kind: 'rebuilt'; record: JsonObject; wrapping: Wrapping };

const LOOKUP: Wrapping = { id: 'lookup-events', name: 'lookup-events answer (AWS CLI)', note: '' };
const EVENT_BRIDGE: Wrapping = { id: 'eventbridge', name: 'EventBridge events', note: '' };
const SUBSCRIPTION: Wrapping = { id: 'cloudwatch', name: 'CloudWatch Logs subscription', note: '' };
const LOG_EVENTS: Wrapping = { id: 'log-events', name: 'CloudWatch Logs events (AWS CLI)', note: '' };
const INSIGHTS: Wrapping = { id: 'logs-insights', name: 'Logs Insights results', note: '' };
const LAKE: Wrapping = { id: 'lake', name: 'CloudTrail Lake query results', note: '' };
const ELASTIC: Wrapping = { id: 'elastic', name: 'Elasticsearch documents', note: '' };
const SPLUNK: Wrapping = { id: 'splunk', name: 'Splunk export', note: '' };
const OCSF: Wrapping = { id: 'ocsf', name: 'OCSF events of CloudTrail', note: '' };
const TABLE: Wrapping = { id: 'table', name: 'table of CloudTrail events', note: '' };
const OTHER: Wrapping = { id: 'nested', name: 'JSON with CloudTrail records inside', note: '' };

const MISSPELT: Wrapping = {
  id: 'misspelt',
  name: 'records with keys in other letters',
  note: 'Keys written in other letters (useridentity) were given the spelling of AWS.',
};

const REDUCED = 'The records were put together from single columns: what was not exported is missing.';
const REBUILT = 'The records were rebuilt from the fields of another schema: some of what they held is lost.';

/** Whether a value is the preview of a result, which comes once more as the result itself (Splunk). */
export function isPreview(value: JsonObject): boolean {
  return value['preview'] === true && isObject(value['result']);
}

/** Whether a value is the message of another log in an answer of CloudWatch Logs. */
export function isOtherMessage(value: JsonObject): boolean {
  const { message } = value;
  return (
    typeof message === 'string' &&
    typeof value['timestamp'] === 'number' &&
    ['id', 'eventId', 'ingestionTime', 'logStreamName'].some((name) => name in value) &&
    // What has these, and is no record, is the rest of one.
    !/"event(?:Version|Name|Source)"/.test(message)
  );
}

function isLeftOut(value: JsonObject): boolean {
  return isPreview(value) || isOtherMessage(value);
}

/** Finds the record that a JSON value wraps, or null when it wraps none. */
export function unwrapValue(value: unknown): Found | null {
  if (Array.isArray(value)) return unwrapRow(value);
  if (typeof value === 'string')
    return holdsRecord(value) ? { kind: 'text', json: value, wrapping: OTHER } : null;
  if (!isObject(value)) return null;
  if (isRecord(value)) return { kind: 'nested', path: [], wrapping: OTHER };
  if (isMisspeltRecord(value)) return { kind: 'rebuilt', record: respelled(value), wrapping: MISSPELT };
  if (isLeftOut(value)) return null;
  return unwrapKnown(value) ?? unwrapUnknown(value);
}

function unwrapKnown(value: JsonObject): Found | null {
  const event = value['CloudTrailEvent'];
  if (typeof event === 'string' && /^\s*\{/.test(event))
    return { kind: 'text', json: event, wrapping: LOOKUP };
  if (isRecord(value['detail'])) return { kind: 'nested', path: ['detail'], wrapping: EVENT_BRIDGE };
  const message = value['message'];
  if (typeof message === 'string' && holdsRecord(message)) {
    const wrapping = 'ingestionTime' in value || 'logStreamName' in value ? LOG_EVENTS : SUBSCRIPTION;
    return { kind: 'text', json: message, wrapping };
  }
  if (isObject(value['_source'])) return unwrapElastic(value['_source']);
  if (isObject(value['result'])) return unwrapFields(value['result'], SPLUNK);
  if ('_raw' in value) return unwrapFields(value, SPLUNK);
  if (isOcsfOfCloudTrail(value)) {
    return { kind: 'rebuilt', record: recordOfOcsf(value), wrapping: { ...OCSF, note: REBUILT } };
  }
  return unwrapElastic(value) ?? unwrapFields(value, TABLE);
}

function unwrapUnknown(value: JsonObject): Found | null {
  const member = findNestedRecord(value);
  if (member === null) return null;
  if (typeof member.value !== 'string') return { kind: 'nested', path: member.path, wrapping: OTHER };
  const json = recordTextIn(member.value);
  return json === null ? null : { kind: 'text', json, wrapping: OTHER };
}

function unwrapElastic(source: JsonObject): Found | null {
  const original = originalOfEcs(source);
  if (original !== null && holdsRecord(original)) return { kind: 'text', json: original, wrapping: ELASTIC };
  if (!isEcsEvent(source)) return null;
  return { kind: 'rebuilt', record: recordOfEcs(source), wrapping: { ...ELASTIC, note: REBUILT } };
}

/** A row of an answer: `{field, value}` pairs (Logs Insights) or objects of one member each (Lake). */
function unwrapRow(elements: readonly unknown[]): Found | null {
  const pairs = elements.filter(isObject);
  if (pairs.length === 0 || pairs.length < elements.length) return null;
  if (pairs.every((pair) => typeof pair['field'] === 'string')) {
    return fromRow(
      pairs.map((pair) => [pair['field'] as string, textOf(pair['value'])]),
      INSIGHTS,
    );
  }
  return pairs.every((pair) => Object.keys(pair).length === 1)
    ? fromRow(
        pairs.flatMap((pair) => Object.entries(pair)).map(([name, value]) => [name, textOf(value)]),
        LAKE,
      )
    : null;
}

function unwrapFields(value: JsonObject, wrapping: Wrapping): Found | null {
  return fromRow(
    Object.entries(value).map(([name, field]) => [name, textOf(field)]),
    wrapping,
  );
}

function fromRow(row: Row, wrapping: Wrapping): Found | null {
  const json = wholeRecordOf(row);
  if (json !== null && holdsRecord(json)) return { kind: 'text', json, wrapping };
  if (!areEventColumns(row.map(([column]) => column))) return null;
  const record = recordOfRow(row);
  return isEvent(record) ? { kind: 'rebuilt', record, wrapping: { ...wrapping, note: REDUCED } } : null;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
