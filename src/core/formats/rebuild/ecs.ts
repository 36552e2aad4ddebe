import { isObject, type JsonObject } from '../record.ts';

/**
 * Where the Elastic Common Schema, as the CloudTrail integration of Elastic fills it, keeps a record's fields.
 * The first that has a value counts. Several `aws.cloudtrail` fields also exist as printed Java maps; only the
 * `flattened` ones are objects.
 */
const FIELDS: readonly (readonly [field: string, ...sources: string[]])[] = [
  ['eventVersion', 'aws.cloudtrail.event_version'],
  ['userIdentity.type', 'aws.cloudtrail.user_identity.type'],
  ['userIdentity.principalId', 'user.id'],
  ['userIdentity.arn', 'aws.cloudtrail.user_identity.arn'],
  ['userIdentity.accountId', 'cloud.account.id'],
  ['userIdentity.accessKeyId', 'aws.cloudtrail.user_identity.access_key_id'],
  ['userIdentity.userName', 'user.name'],
  ['userIdentity.invokedBy', 'aws.cloudtrail.user_identity.invoked_by'],
  [
    'userIdentity.sessionContext.attributes.mfaAuthenticated',
    'aws.cloudtrail.user_identity.session_context.mfa_authenticated',
  ],
  [
    'userIdentity.sessionContext.attributes.creationDate',
    'aws.cloudtrail.user_identity.session_context.creation_date',
  ],
  [
    'userIdentity.sessionContext.sessionIssuer.type',
    'aws.cloudtrail.user_identity.session_context.session_issuer.type',
  ],
  [
    'userIdentity.sessionContext.sessionIssuer.principalId',
    'aws.cloudtrail.user_identity.session_context.session_issuer.principal_id',
  ],
  [
    'userIdentity.sessionContext.sessionIssuer.arn',
    'aws.cloudtrail.user_identity.session_context.session_issuer.arn',
  ],
  [
    'userIdentity.sessionContext.sessionIssuer.accountId',
    'aws.cloudtrail.user_identity.session_context.session_issuer.account_id',
  ],
  ['eventTime', '@timestamp'],
  ['eventSource', 'event.provider'],
  ['eventName', 'event.action'],
  ['awsRegion', 'cloud.region'],
  ['sourceIPAddress', 'source.address', 'source.ip'],
  ['userAgent', 'user_agent.original'],
  ['errorCode', 'aws.cloudtrail.error_code'],
  ['errorMessage', 'aws.cloudtrail.error_message'],
  ['requestParameters', 'aws.cloudtrail.flattened.request_parameters', 'aws.cloudtrail.request_parameters'],
  ['responseElements', 'aws.cloudtrail.flattened.response_elements', 'aws.cloudtrail.response_elements'],
  [
    'additionalEventData',
    'aws.cloudtrail.flattened.additional_eventdata',
    'aws.cloudtrail.additional_eventdata',
  ],
  ['serviceEventDetails', 'aws.cloudtrail.flattened.service_event_details'],
  ['requestID', 'aws.cloudtrail.request_id'],
  ['eventID', 'event.id'],
  ['readOnly', 'aws.cloudtrail.read_only'],
  ['resources', 'aws.cloudtrail.resources'],
  ['eventType', 'aws.cloudtrail.event_type'],
  ['apiVersion', 'aws.cloudtrail.api_version'],
  ['managementEvent', 'aws.cloudtrail.management_event'],
  ['recipientAccountId', 'aws.cloudtrail.recipient_account_id', 'cloud.account.id'],
  ['sharedEventID', 'aws.cloudtrail.shared_event_id'],
  ['vpcEndpointId', 'aws.cloudtrail.vpc_endpoint_id'],
  ['eventCategory', 'aws.cloudtrail.event_category'],
  ['sessionCredentialFromConsole', 'aws.cloudtrail.session_credential_from_console'],
  ['tlsDetails.tlsVersion', 'tls.version'],
  ['tlsDetails.cipherSuite', 'tls.cipher'],
  ['tlsDetails.clientProvidedHostHeader', 'tls.client.server_name'],
];

/** Whether an object is an event in the Elastic Common Schema with what a CloudTrail record needs at least. */
export function isEcsEvent(value: JsonObject): boolean {
  return (
    typeof lookUp(value, 'event.action') === 'string' && typeof lookUp(value, 'event.provider') === 'string'
  );
}

/** The text of the original record, where the integration was told to keep it. */
export function originalOfEcs(value: JsonObject): string | null {
  for (const path of ['event.original', 'message']) {
    const text = lookUp(value, path);
    if (typeof text === 'string' && /^\s*\{/.test(text)) return text;
  }
  return null;
}

/** Makes a record of the fields of an event in the Elastic Common Schema. What has no field there is lost. */
export function recordOfEcs(value: JsonObject): JsonObject {
  const record: JsonObject = {};
  for (const [field, ...sources] of FIELDS) {
    const found = sources
      .map((source) => lookUp(value, source))
      .find((each) => each !== undefined && each !== null);
    if (found === undefined) continue;
    const path = field.split('.');
    let inner = record;
    for (const name of path.slice(0, -1)) inner = (inner[name] ??= {}) as JsonObject;
    inner[path.at(-1)!] =
      field === 'eventTime' && typeof found === 'string' ? found.replace(/\.000Z$/, 'Z') : found;
  }
  return record;
}

/** A value by its dotted name, whether the dots are levels, parts of a name (Kibana), or both. */
function lookUp(value: unknown, path: string): unknown {
  if (!isObject(value)) return undefined;
  if (path in value) return value[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!(head in value)) continue;
    const found = lookUp(value[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
