import { isObject, isRecord, type JsonObject } from './record.ts';
import { findNestedArray } from './wrapped/nested.ts';
import { isOtherMessage, isPreview, unwrapValue } from './wrapped/unwrap.ts';

/** What a JSON value is, as far as reading it goes. */
export type Shape =
  | { kind: 'record' }
  /** Records, or what wraps them, are the elements of the array at this path. */
  | { kind: 'container'; path: readonly string[] }
  /** It holds one record: `unwrapValue` gets it. */
  | { kind: 'wrapped' }
  /** Nothing to read, and nothing wrong: digests, signatures, keys, control messages. */
  | { kind: 'kept'; name: string; note: string }
  /** Nothing to read, and nothing wrong, among records; `name` is what it is where there are none. */
  | { kind: 'passed'; what: string; why: string; name: string; advice: string }
  /** Something else altogether. */
  | { kind: 'foreign'; name: string; advice: string };

const FOR_INTEGRITY = 'It holds no records; it is kept for the integrity check.';
const PREVIEW = 'Export the results when the search has ended.';
const NOT_CLOUDTRAIL = 'It holds no CloudTrail records; leave it out.';

/** Where each kind of answer keeps its elements. The first path that leads to an array counts. */
const CONTAINERS: readonly (readonly string[])[] = [
  ['Records'],
  ['logEvents'],
  ['Events'],
  ['events'],
  ['QueryResultRows'],
  ['results'],
  ['hits', 'hits'],
  ['records'],
];

/** Tells what a JSON value is; it may be a `peek`, cut off. Null when it is nothing known. */
export function shapeOf(value: unknown): Shape | null {
  if (!isObject(value)) return unwrapValue(value) === null ? null : { kind: 'wrapped' };
  return (
    keptShape(value) ??
    passedShape(value) ??
    notificationShape(value) ??
    (isRecord(value) ? { kind: 'record' } : null) ??
    containerShape(value) ??
    (unwrapValue(value) === null ? null : { kind: 'wrapped' }) ??
    nestedContainer(value) ??
    foreignShape(value)
  );
}

function containerShape(value: JsonObject): Shape | null {
  for (const path of CONTAINERS) {
    let inner: unknown = value;
    for (const name of path) inner = isObject(inner) ? inner[name] : undefined;
    if (Array.isArray(inner)) return { kind: 'container', path };
  }
  if (value['Records'] === null)
    return { kind: 'kept', name: 'CloudTrail log file', note: 'It holds no records.' };
  return null;
}

/** Records in an array somewhere within an object that is otherwise unknown. */
function nestedContainer(value: JsonObject): Shape | null {
  const path = findNestedArray(value);
  return path === null ? null : { kind: 'container', path };
}

function keptShape(value: JsonObject): Shape | null {
  if ('digestS3Object' in value) return { kind: 'kept', name: 'CloudTrail digest file', note: FOR_INTEGRITY };
  if ('hashSignature' in value && 'files' in value) {
    return { kind: 'kept', name: 'CloudTrail Lake sign file', note: FOR_INTEGRITY };
  }
  if ('PublicKeyList' in value || 'publicKeyList' in value) {
    return { kind: 'kept', name: 'CloudTrail public keys', note: FOR_INTEGRITY };
  }
  if (isObject(value['Metadata']) && 'signature' in value['Metadata']) {
    return { kind: 'kept', name: 'object metadata with a digest signature', note: FOR_INTEGRITY };
  }
  if (value['messageType'] === 'CONTROL_MESSAGE') {
    return { kind: 'kept', name: 'CloudWatch Logs control message', note: 'It holds no records.' };
  }
  return null;
}

function passedShape(value: JsonObject): Shape | null {
  if (isPreview(value)) {
    return {
      kind: 'passed',
      what: 'preview',
      why: 'the results follow',
      name: 'preview of a Splunk search',
      advice: PREVIEW,
    };
  }
  if (isOtherMessage(value)) {
    const name = 'CloudWatch Logs of another log group';
    return { kind: 'passed', what: 'message', why: 'no CloudTrail records', name, advice: NOT_CLOUDTRAIL };
  }
  return null;
}

/** Elements of other `{"Records":[...]}`: what S3, SQS, SNS, Kinesis and DynamoDB hand to a Lambda function. */
function notificationShape(value: JsonObject): Shape | null {
  const source = value['eventSource'] ?? value['EventSource'];
  if (typeof source !== 'string' || !source.startsWith('aws:')) return null;
  if (unwrapValue(value) !== null) return null;
  const service = source.slice('aws:'.length);
  const name = service === 's3' ? 'S3 event notification' : `${service} event for a Lambda function`;
  return { kind: 'foreign', name, advice: NOT_CLOUDTRAIL };
}

/** JSON that often lies beside CloudTrail logs, by members that no other has. */
const OTHERS: readonly (readonly [members: readonly string[], name: string])[] = [
  [['configurationItems'], 'AWS Config snapshot or history'],
  [['configSnapshotId'], 'AWS Config snapshot or history'],
  [['schemaVersion', 'service', 'severity'], 'GuardDuty finding'],
  [['SchemaVersion', 'ProductArn'], 'Security Hub finding'],
  [['webaclId', 'httpRequest'], 'AWS WAF log'],
  [['query_name', 'query_type'], 'Route 53 Resolver query log'],
  [['auditID', 'verb', 'requestURI'], 'Kubernetes audit log'],
  [['class_uid', 'metadata'], 'OCSF event of another product'],
  [['Version', 'Statement'], 'IAM policy'],
  [['firewall_name', 'event'], 'Network Firewall log'],
];

function foreignShape(value: JsonObject): Shape | null {
  for (const [members, name] of OTHERS) {
    if (members.every((member) => member in value)) return { kind: 'foreign', name, advice: NOT_CLOUDTRAIL };
  }
  return null;
}
