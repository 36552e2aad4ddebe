/** An object as JSON gives it. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of these five a bare record has at least three; `@timestamp` stands for eventTime in Logstash output. */
const MARKS = ['eventVersion', 'eventName', 'eventSource', 'eventTime', 'awsRegion'] as const;

/**
 * Whether an object is a CloudTrail record. Neither eventVersion nor userIdentity is required: real ones lack them.
 * Insights, aggregated and VPC endpoint events have no eventName or eventSource of their own, but a type `Aws...`.
 * An eventSource that begins with `aws:` is a notification of S3, SQS or Kinesis in the same clothes.
 */
export function isRecord(value: unknown): value is JsonObject {
  return isObject(value) && looksLikeRecord(value);
}

/** Whether an object is a record whose keys have lost their capitals. */
export function isMisspeltRecord(value: unknown): value is JsonObject {
  return isObject(value) && !looksLikeRecord(value) && looksLikeRecord(withCamelCase(value));
}

function looksLikeRecord(value: JsonObject): boolean {
  const source = value['eventSource'];
  if (typeof source === 'string' && source.startsWith('aws:')) return false;
  if (isObject(value['insightDetails'])) return true;
  const type = value['eventType'];
  if (typeof type === 'string' && type.startsWith('Aws')) return true;
  const marks = MARKS.filter((mark) => typeof value[mark] === 'string').length;
  const named = typeof value['eventName'] === 'string' && typeof source === 'string';
  return marks >= 3 || (named && '@timestamp' in value);
}

/** Athena and some SIEMs lower the case of every key (`eventname`). */
function withCamelCase(value: JsonObject): JsonObject {
  const marks: JsonObject = {};
  for (const mark of MARKS) marks[mark] = value[mark.toLowerCase()];
  return marks;
}

/** Names that a CloudTrail record may begin with (user guide, "CloudTrail record contents"), for resynchronising. */
export const RECORD_KEYS: readonly string[] = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'eventID',
  'eventType',
  'eventCategory',
  'additionalEventData',
  'apiVersion',
  'errorCode',
  'errorMessage',
  'addendum',
  '@timestamp',
  '@version',
];
