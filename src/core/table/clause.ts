/**
 * The clauses of the query language that ask for one value of a field: what facets and cells write into the filter.
 */
import { quote } from '../query/index.ts';
import type { ColumnPath } from '../record/columns.ts';
import type { FieldName } from './fields.ts';

/** The path by which the filter knows a field. */
export const FIELD_PATHS: Record<FieldName, string> = {
  severity: 'severity',
  alert: 'alert',
  principal: 'principal',
  principalType: 'userIdentity.type',
  eventName: 'eventName',
  eventSource: 'eventSource',
  account: 'recipientAccountId',
  region: 'awsRegion',
  sourceIp: 'sourceIPAddress',
  country: 'sourceIPAddress_geoip.country_name',
  userAgent: 'userAgent',
  outcome: 'outcome',
  errorCode: 'errorCode',
  accessKeyId: 'userIdentity.accessKeyId',
  readOnly: 'readOnly',
  category: 'eventCategory',
  mark: 'mark',
};

/** Columns whose values are true and false, which have no text of their own to compare with. */
const TRUTHS: readonly string[] = [
  'readOnly',
  'managementEvent',
  'sessionCredentialFromConsole',
] satisfies ColumnPath[];

/** @returns the clause that selects exactly the rows whose field, or column of the record, has this value; '' = none */
export function clauseFor(field: string, value: string): string {
  const path = Object.hasOwn(FIELD_PATHS, field) ? FIELD_PATHS[field as FieldName] : field;
  if (value === '') return `NOT _exists_:${path}`;
  if (TRUTHS.includes(path) && (value === 'true' || value === 'false')) return `${path}:${value}`;
  if (field === 'outcome' || field === 'mark') return `${field}:${value}`;
  if (field === 'alert' || field === 'severity') return `${field}:${quoteIfNeeded(value)}`;
  return `${path}.keyword:${quote(value)}`;
}

function quoteIfNeeded(value: string): string {
  return /^[A-Za-z0-9_]+$/.test(value) ? value : quote(value);
}
