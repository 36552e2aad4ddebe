/** Texts that often lie beside CloudTrail logs, by how they begin. The forms are those of AWS's documentation. */
const TEXTS: readonly (readonly [begin: RegExp, name: string])[] = [
  [/^version account-id |^\d+ (?:\d{12}|unknown) eni-/, 'VPC flow log'],
  [/^(?:https?|h2|wss?|grpcs?) \d{4}-\d\d-\d\dT\S+ \S+ /, 'Application Load Balancer access log'],
  [/^(?:tls|tcp) \d\.\d \d{4}-\d\d-\d\dT/, 'Network Load Balancer log'],
  [/^\d{4}-\d\d-\d\dT\S+Z \S+ \d+\.\d+\.\d+\.\d+:\d+ /, 'Classic Load Balancer access log'],
  [/^[0-9a-f]{64} \S+ \[\d\d\/\w{3}\/\d{4}/, 'S3 server access log'],
  [/^#Version: \d/, 'CloudFront or W3C access log'],
  [/^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:/, 'web server access log'],
  [/^-----BEGIN /, 'key or certificate'],
];

const AWSCLI_TEXT = /^EVENTS\t|^(?:NextToken: .*\n)?Events:\s*\n\s*- |^-{5,}\s*\n\|\s*LookupEvents\s*\|/;
/** Lake's saved results, of a query that did not ask for what makes an event. */
const LAKE_TEXT = /^# Execution Time: /;
const MARKUP = /^<(?:\?xml|!DOCTYPE|html|[A-Za-z])/i;

/** What a text or binary file that is no log of CloudTrail looks like, and what to do about it. */
export interface Foreign {
  name: string;
  /** One sentence. */
  advice: string;
}

/** Whether a text is an answer of the AWS CLI in a form that is not read, though it has records in it. */
export function isCliText(head: Uint8Array): boolean {
  return AWSCLI_TEXT.test(new TextDecoder('latin1').decode(head.subarray(0, 4096)).trimStart());
}

/** Names a file that no form was recognised in. @param head the first bytes of its text */
export function nameForeign(head: Uint8Array): Foreign {
  const text = new TextDecoder('utf-8')
    .decode(head.subarray(0, 4096))
    .replace(/^\ufeff/, '')
    .trimStart();
  if (AWSCLI_TEXT.test(text)) {
    return {
      name: 'AWS CLI answer as text, table or YAML',
      advice: 'Run the command again with --output json and add that.',
    };
  }
  if (LAKE_TEXT.test(text)) {
    return {
      name: 'CloudTrail Lake query results without events',
      advice:
        'Select eventJson, or at least eventID, eventName, eventSource and eventTime, and save the results again.',
    };
  }
  if (MARKUP.test(text)) {
    return {
      name: 'XML or HTML',
      advice: 'If these are CloudTrail records, export them as JSON or CSV and add that.',
    };
  }
  for (const [begin, name] of TEXTS) {
    if (begin.test(text)) return { name, advice: 'It holds no CloudTrail records; leave it out.' };
  }
  if (isBinary(head)) {
    return {
      name: 'binary file of an unknown kind',
      advice: 'It holds no CloudTrail records that could be recognised.',
    };
  }
  return {
    name: 'text of an unknown kind',
    advice:
      'CloudTrail records were not found in it; if it should have some, export them as JSON lines and add those.',
  };
}

/** More than a few control characters in the first bytes are no text. */
function isBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 1024);
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
  return controls > sample.length / 32;
}

/** Names of files that systems and services leave about. They count only when the content is nothing known. */
const LITTER: readonly (readonly [name: RegExp, what: string])[] = [
  [/^\.DS_Store$/, 'macOS folder settings'],
  [/^\._/, 'macOS resource fork'],
  [/^(?:Thumbs\.db|ehthumbs\.db|desktop\.ini)$/i, 'Windows folder settings'],
  [/^aws-logs-write-test$/, 'permission test of a CloudWatch Logs export'],
  [/\.csv\.metadata$/, 'Athena metadata'],
];

/** The texts that MaxMind packs with a database: GeoLite2-City_20260102/LICENSE.txt. */
const BESIDE_A_DATABASE = /(?:^|\/)(?:GeoLite2|GeoIP2)-[A-Za-z-]+_\d{8}\/(?:COPYRIGHT|LICENSE|README)\.txt$/;

/** What a path's last name says of a file that holds nothing known, null when it says nothing. */
export function nameLitter(path: string): string | null {
  if (/(?:^|\/)__MACOSX\//.test(path)) return 'macOS archive metadata';
  if (BESIDE_A_DATABASE.test(path)) return 'text beside a geo database';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return LITTER.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
