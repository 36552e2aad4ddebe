import { isObject, type JsonObject } from '../record.ts';

/**
 * Where the Open Cybersecurity Schema Framework keeps a record's fields when Security Lake maps CloudTrail to it
 * (classes API Activity, Authentication, Account Change).
 */
const FIELDS: readonly (readonly [field: string, ...sources: string[]])[] = [
  ['eventVersion', 'metadata.product.version'],
  ['userIdentity.type', 'actor.user.type', 'actor.session.issuer.type'],
  ['userIdentity.principalId', 'actor.user.uid'],
  ['userIdentity.arn', 'actor.user.uid_alt', 'actor.user.uuid'],
  ['userIdentity.accountId', 'actor.user.account.uid', 'actor.user.account_uid'],
  ['userIdentity.accessKeyId', 'actor.user.credential_uid'],
  ['userIdentity.userName', 'actor.user.name'],
  ['userIdentity.invokedBy', 'actor.invoked_by'],
  ['userIdentity.sessionContext.sessionIssuer.arn', 'actor.session.issuer'],
  ['eventTime', 'time_dt', 'time'],
  ['eventSource', 'api.service.name'],
  ['eventName', 'api.operation'],
  ['awsRegion', 'cloud.region'],
  ['sourceIPAddress', 'src_endpoint.ip', 'src_endpoint.domain', 'src_endpoint.svc_name'],
  ['userAgent', 'http_request.user_agent'],
  ['errorCode', 'api.response.error'],
  ['errorMessage', 'api.response.message'],
  ['requestParameters', 'api.request.data'],
  ['responseElements', 'api.response.data'],
  ['requestID', 'api.request.uid'],
  ['eventID', 'metadata.uid'],
  ['resources', 'resources'],
  ['eventType', 'metadata.event_code'],
  ['apiVersion', 'api.version'],
  ['recipientAccountId', 'cloud.account.uid', 'cloud.account_uid'],
];

/** Whether an object is an OCSF event that was made of a CloudTrail record. */
export function isOcsfOfCloudTrail(value: JsonObject): boolean {
  return 'class_uid' in value && at(value, 'metadata.product.name') === 'CloudTrail';
}

/** Makes a record of the fields of an OCSF event, those that were not mapped (`unmapped`) included. */
export function recordOfOcsf(value: JsonObject): JsonObject {
  const record: JsonObject = {};
  for (const [field, ...sources] of FIELDS) {
    const found = sources
      .map((source) => at(value, source))
      .find((each) => each !== undefined && each !== null);
    if (found !== undefined) place(record, field, field === 'eventTime' ? timeOf(found) : found);
  }
  const unmapped = value['unmapped'];
  for (const [name, rest] of Object.entries(isObject(unmapped) ? unmapped : {})) place(record, name, rest);
  return record;
}

/** Times are milliseconds since the epoch. */
function timeOf(value: unknown): unknown {
  return typeof value === 'number' && Math.abs(value) < 8.64e15
    ? new Date(value).toISOString().replace('.000Z', 'Z')
    : value;
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** Puts a value at a dotted path, unless something is there. */
function place(record: JsonObject, field: string, value: unknown): void {
  const path = field.split('.');
  let inner = record;
  for (const name of path.slice(0, -1)) {
    const next = (inner[name] ??= {});
    if (!isObject(next)) return;
    inner = next;
  }
  inner[path.at(-1)!] ??= value;
}
