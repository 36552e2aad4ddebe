import { isObject, isRecord, type JsonObject } from '../record.ts';
import { accountOfKey, accountsInArns, isDamagedAccount, repairAccount } from './account.ts';
import { isFieldName, pathOfColumn, spell } from './schema.ts';
import { valueOfCell } from './values.ts';

/** Columns that hold a whole record as JSON, whatever else there is. */
const WHOLE_RECORD: ReadonlySet<string> = new Set([
  '@message',
  '_raw',
  'eventjson',
  'cloudtrailevent',
  'event.original',
]);

export function isWholeRecordColumn(column: string): boolean {
  return WHOLE_RECORD.has(column.toLowerCase());
}

/** Columns of which a table of events has at least three. */
const MARKS: readonly string[] = ['eventName', 'eventTime', 'eventID', 'eventSource', 'awsRegion'];

/** A row of a table: column name and text; null where there is nothing. */
export type Row = readonly (readonly [column: string, text: string | null])[];

/** The record that a row holds as JSON text, or null. */
export function wholeRecordOf(row: Row): string | null {
  const cell = row.find(
    ([column, text]) => isWholeRecordColumn(column) && text !== null && /^\s*\{/.test(text),
  );
  return cell?.[1] ?? null;
}

/** Columns that, beside a name and a time, make a row an event. */
const BESIDE: ReadonlySet<string> = new Set([
  'userIdentity',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'requestParameters',
  'recipientAccountId',
]);

/** Whether columns are those of a table of CloudTrail events. */
export function areEventColumns(columns: readonly string[]): boolean {
  if (columns.some(isWholeRecordColumn)) return true;
  const fields = new Set(columns.map((column) => pathOfColumn(column)?.join('.')));
  if (MARKS.filter((field) => fields.has(field)).length >= 3) return true;
  return (
    fields.has('eventName') &&
    fields.has('eventTime') &&
    [...fields].some((field) => field !== undefined && BESIDE.has(field.split('.')[0]!))
  );
}

/** Whether what was made of a row is an event. */
export function isEvent(record: JsonObject): boolean {
  if (isRecord(record) || 'eventID' in record) return true;
  return (
    'eventName' in record && 'eventTime' in record && Object.keys(record).some((name) => BESIDE.has(name))
  );
}

/**
 * Makes a record of a row whose columns are fields of one.
 *
 * @param accounts account numbers known from elsewhere in the table, to repair what a spreadsheet damaged
 */
export function recordOfRow(row: Row, accounts: readonly string[] = []): JsonObject {
  const record: JsonObject = {};
  // A time of its own tells more than the time that a log wrote down.
  const inOrder = [...row].sort(([a], [b]) => Number(isLogTime(a)) - Number(isLogTime(b)));
  for (const [column, text] of inOrder) {
    // Empty and `null` are what tables write for nothing; Kibana writes `-`.
    if (text === null || text === '' || text === '-' || text === 'null') continue;
    if (column.toLowerCase() === 'eventdata') liftEventData(record, text);
    const path = pathOfColumn(column);
    if (path !== null) place(record, path, valueOfCell(path.at(-1)!, text));
  }
  describeResources(record);
  repairAccounts(record, row, accounts);
  return record;
}

function isLogTime(column: string): boolean {
  return /^@?timestamp$|^timegenerated$/i.test(column);
}

/** CloudTrail Lake keeps the events of other sources in one struct, `eventData`: its members are the record's. */
function liftEventData(record: JsonObject, text: string): void {
  const members = valueOfCell('requestParameters', text);
  if (!isObject(members)) return;
  for (const [name, value] of Object.entries(members)) {
    const path = isFieldName(name) ? spell(name) : name;
    record[path] ??= typeof value === 'string' ? valueOfCell(path, value) : value;
  }
}

function place(record: JsonObject, path: readonly string[], value: unknown): void {
  let inner = record;
  for (const name of path.slice(0, -1)) {
    const next = inner[name];
    inner = isObject(next) ? next : ((inner[name] = {}) as JsonObject);
  }
  const name = path.at(-1)!;
  if (inner[name] === undefined) inner[name] = value;
}

/** The console's CSV names resources otherwise than a record does. */
function describeResources(record: JsonObject): void {
  if (!Array.isArray(record['resources'])) return;
  record['resources'] = record['resources'].map((resource: unknown) => {
    if (!isObject(resource) || !('resourceType' in resource || 'arn' in resource)) return resource;
    const { resourceType, resourceName, arn, ...rest } = resource;
    const name = arn ?? resourceName;
    const isArn = typeof name === 'string' && name.startsWith('arn:');
    return {
      ...rest,
      ...(resourceType === undefined ? {} : { type: resourceType }),
      ...(name === undefined ? {} : isArn ? { ARN: name } : { resourceName: name }),
    };
  });
}

function repairAccounts(record: JsonObject, row: Row, accounts: readonly string[]): void {
  const damaged = record['recipientAccountId'];
  if (typeof damaged !== 'string' || !isDamagedAccount(damaged)) return;
  const texts = row.map(([, text]) => text ?? '');
  const nearby = texts.flatMap((text) => [...accountsInArns(text), accountOfKey(text) ?? '']);
  const repaired = repairAccount(damaged, nearby.filter(Boolean)) ?? repairAccount(damaged, accounts);
  if (repaired !== null) record['recipientAccountId'] = repaired;
}
