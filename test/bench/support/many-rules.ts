/**
 * Many alerts, to measure how matching grows with their number: the shapes that detection packs consist of, over
 * distinct pairs of service and operation. The operations that a corpus has most of are among them, so that they are not
 * cheap merely because nothing in the data concerns them.
 */
import { printRule, parseRule, type Rule } from '../../../src/core/rules/index.ts';
import { eventNames } from '../../../src/core/query/api/catalogue.ts';

/** Operations that busy accounts log all day, with a field deep in their requests or answers. */
const BUSY: readonly (readonly [service: string, operation: string, path: string])[] = [
  ['sts', 'AssumeRole', 'requestParameters.roleSessionName'],
  ['ec2', 'DescribeInstances', 'requestParameters.instancesSet.items.instanceId'],
  ['s3', 'GetObject', 'requestParameters.bucketName'],
  ['s3', 'PutObject', 'requestParameters.x-amz-acl'],
  ['kms', 'Decrypt', 'requestParameters.encryptionContext.aws:s3:arn'],
  ['kms', 'GenerateDataKey', 'requestParameters.keyId'],
  ['secretsmanager', 'GetSecretValue', 'requestParameters.secretId'],
  ['logs', 'CreateLogStream', 'requestParameters.logGroupName'],
  ['iam', 'GetRole', 'requestParameters.roleName'],
  ['ssm', 'UpdateInstanceInformation', 'requestParameters.instanceId'],
  ['dynamodb', 'DescribeTable', 'requestParameters.tableName'],
  ['ec2', 'RunInstances', 'requestParameters.instanceType'],
];

const ERRORS = ['AccessDenied', 'Client.UnauthorizedOperation', 'ThrottlingException', 'ValidationException'];

/**
 * `count` alerts: of ten, six ask for an operation of a service, two for an error of one as well, and two for a field
 * that only the record itself can tell. Always the same ones.
 */
export function manyRules(count: number): Rule[] {
  return Array.from({ length: count }, (_, index) => parseRule(textOf(index)));
}

/** The same alerts as YAML texts that the page imports, `perFile` in each. */
export function manyRuleFiles(count: number, perFile = 200): { name: string; text: string }[] {
  const rules = manyRules(count);
  return Array.from({ length: Math.ceil(count / perFile) }, (_, file) => ({
    name: `many-${file + 1}.yaml`,
    text: rules
      .slice(file * perFile, (file + 1) * perFile)
      .map(printRule)
      .join('---\n'),
  }));
}

function textOf(index: number): string {
  return `id: many-${index}
name: Many ${index}
severity: low
description: One of many.
query: '${queryOf(index)}'
`;
}

function queryOf(index: number): string {
  const kind = index % 10;
  const busy = BUSY[Math.floor(index / 10)];
  // Every tenth rule is about a busy operation, while there are any; they ask for a field that decides.
  if (kind === 0 && busy !== undefined) {
    const [service, operation, path] = busy;
    return `${call(service, operation)} AND ${fieldName(path)}.keyword:"no such value ${index}"`;
  }
  const [service, operation] = operations()[(index * STRIDE) % operations().length]!;
  if (kind < 6) return call(service, operation);
  if (kind < 8) return `${call(service, operation)} AND errorCode.keyword:${ERRORS[index % ERRORS.length]!}`;
  if (kind === 8)
    return `${call(service, operation)} AND _exists_:requestParameters.policy${index}.statement`;
  return `${call(service, operation)} AND requestParameters.tagSpecificationSet.items.tags.value:(secret OR prod${index})`;
}

function call(service: string, operation: string): string {
  return `eventSource.keyword:"${service}.amazonaws.com" AND eventName.keyword:${operation}`;
}

/** A path as a query names it. */
function fieldName(path: string): string {
  return path.replaceAll(':', '\\:');
}

/** Prime, so that the rules are spread over all services and none comes twice. */
const STRIDE = 7919;

let pairs: (readonly [service: string, operation: string])[] | null = null;

/** Every operation of every service that the catalogue knows. */
function operations(): (readonly [string, string])[] {
  return (pairs ??= [...eventNames()].flatMap(([operation, services]) =>
    services.map((service) => [service, operation] as const),
  ));
}
