/** Calls that come up in several places of the story, with the parameters that AWS logs for them. */
import {
  roleArn,
  sessionArn,
  type Actor,
  type Json,
  type JsonObject,
  type Region,
  type Role,
} from './actor.ts';
import { longTime } from './clock.ts';
import type { Random } from './random.ts';
import type { CallForm } from './trail.ts';

/** A call of S3 on a bucket; `more` are the parameters beside bucket and host. */
export function onBucket(
  name: string,
  bucket: string,
  account: string,
  more: JsonObject = {},
  region: Region = 'us-east-1',
): CallForm {
  const host = `${bucket}.s3.${region}.amazonaws.com`;
  return {
    service: 's3',
    name,
    region,
    host,
    request: { bucketName: bucket, ...more, Host: host },
    resources: [{ accountId: account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` }],
  };
}

/** A data event on one object of a bucket. */
export function onObject(
  name: 'GetObject' | 'PutObject' | 'DeleteObject' | 'HeadObject',
  bucket: string,
  key: string,
  account: string,
  bytes: number,
  region: Region = 'us-east-1',
): CallForm {
  const put = name === 'PutObject';
  return {
    ...onBucket(name, bucket, account, { key }, region),
    data: true,
    additional: { bytesTransferredIn: put ? bytes : 0, bytesTransferredOut: put ? 0 : bytes },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
      { accountId: account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
    ],
  };
}

/** What STS answers when `session` of `role` was granted the temporary key `key` until an hour after `at`. */
export function grantedRole(
  role: Role,
  session: string,
  key: string,
  at: number,
  random: Random,
): JsonObject {
  return {
    credentials: {
      accessKeyId: key,
      sessionToken: `IQoJb3JpZ2luX2Vj${random.letters(180, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}=`,
      expiration: longTime(at + 3_600_000),
    },
    assumedRoleUser: { assumedRoleId: `${role.id}:${session}`, arn: sessionArn(role, session) },
  };
}

/** AssumeRole of `role`, answered with `key`. */
export function assumeRole(role: Role, session: string, key: string, at: number, random: Random): CallForm {
  return {
    service: 'sts',
    name: 'AssumeRole',
    request: { roleArn: roleArn(role), roleSessionName: session, durationSeconds: 3600 },
    response: grantedRole(role, session, key, at, random),
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: roleArn(role) }],
  };
}

/** A sign-in to the console. `problem` is the message of a failure. */
export function consoleLogin(mfa: boolean, problem?: string): CallForm {
  return {
    service: 'signin',
    name: 'ConsoleLogin',
    type: 'AwsConsoleSignIn',
    readOnly: false,
    host: 'us-east-1.signin.aws.amazon.com',
    response: { ConsoleLogin: problem === undefined ? 'Success' : 'Failure' },
    ...(problem === undefined ? {} : { error: ['', problem] as const }),
    additional: {
      LoginTo:
        'https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&nc2=h_ct&src=header-signin',
      MobileVersion: 'No',
      MFAUsed: mfa ? 'Yes' : 'No',
    },
  };
}

/** Signs an actor in: sign-in events know no access key, and are not made with console credentials. */
export function signingIn(actor: Actor): Actor {
  const { console: _console, ...rest } = actor;
  const { accessKeyId: _key, sessionContext: _context, ...identity } = actor.identity;
  return {
    ...rest,
    identity: actor.identity['type'] === 'Root' ? { ...identity, accessKeyId: '' } : identity,
  };
}

/** A policy document as IAM logs it: JSON in a string. */
export function policy(...statements: JsonObject[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Tags and other repeated things as EC2 logs them. */
export function items(...list: Json[]): JsonObject {
  return list.length === 0 ? {} : { items: list };
}

/** What EC2 answers to most changes. */
export const DONE: JsonObject = { _return: true };

/** A change of EC2's networks, and the rule that it is to fire. */
export function networkChange(
  name: string,
  request: JsonObject,
  rule: string,
  response: JsonObject = DONE,
): CallForm & { after: number } {
  return { after: 8, service: 'ec2', name, request, response, fires: [rule] };
}

/** `ipPermissions` of one rule of a security group: TCP on `port`, from or to `cidr`. */
export function tcpRule(port: number, cidr: string): JsonObject {
  return items({
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    groups: {},
    ipRanges: items({ cidrIp: cidr }),
    ipv6Ranges: {},
    prefixListIds: {},
  });
}
