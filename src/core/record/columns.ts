/**
 * The dictionary columns: the JSON paths of a CloudTrail record that the scanner lifts out of the bytes.
 *
 * A path earns a column when responders filter or group by it and when it repeats, so that a predicate can be
 * decided once per distinct value instead of once per event. Everything else is read from the record itself.
 * Field names: AWS CloudTrail user guide, "CloudTrail record contents" and "userIdentity element".
 */
export const COLUMN_PATHS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'eventType',
  'eventCategory',
  'recipientAccountId',
  'readOnly',
  'managementEvent',
  'sessionCredentialFromConsole',
  'vpcEndpointId',
  'userIdentity.type',
  'userIdentity.principalId',
  'userIdentity.arn',
  'userIdentity.accountId',
  'userIdentity.accessKeyId',
  'userIdentity.userName',
  'userIdentity.invokedBy',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'additionalEventData.MFAUsed',
  'responseElements.ConsoleLogin',
] as const;

export type ColumnPath = (typeof COLUMN_PATHS)[number];

/** Position of a column in every per-column array (`Block.columns`, `Table.columns`, ...). */
export type IndexIntoColumns = number;

export const COLUMN_COUNT = COLUMN_PATHS.length;

const INDEX = new Map<string, IndexIntoColumns>(COLUMN_PATHS.map((path, index) => [path, index]));

/** The index of the column that holds `path`, or -1 when the path has none. */
export function columnIndex(path: string): IndexIntoColumns {
  return INDEX.get(path) ?? -1;
}

/** A leaf value of a record as it stands in a column. `null` is "no value", never stored. */
export type Value = string | number | boolean;

export { ABSENT, FIRST_VALUE, OPEN } from './codes.ts';
