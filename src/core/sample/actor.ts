/** Who makes a call: the identity as CloudTrail records it, and where the call comes from. */
import { HOUR, isoTime } from './clock.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type JsonObject = Record<string, Json>;

/** Regions that the company uses. */
export type Region = 'us-east-1' | 'us-west-2' | 'ap-south-1';

export interface Actor {
  /** The account that the caller belongs to. */
  account: string;
  /** `userIdentity`, in the order of members that AWS writes. */
  identity: JsonObject;
  address: string;
  agent: string;
  /** Calls with the credentials of a console session are marked as such. */
  console?: boolean;
  /** Calls of AWS services come without TLS details. */
  service?: boolean;
}

/** Where an actor works from. */
export interface Seat {
  address: string;
  agent: string;
  console?: boolean;
}

/** An IAM user and its unique id. */
export interface User {
  account: string;
  name: string;
  id: string;
}

/** A role and its unique id. `path` begins and ends with a slash. */
export interface Role {
  account: string;
  name: string;
  id: string;
  path?: string;
}

/** A user with a long-lived key. */
export function userWithKey(user: User, key: string, seat: Seat): Actor {
  return { ...seat, account: user.account, identity: { ...userIdentity(user, key), userName: user.name } };
}

/** A user in a console session: temporary credentials, begun at `since` (ms). */
export function userInConsole(user: User, key: string, since: number, mfa: boolean, seat: Seat): Actor {
  const sessionContext = { attributes: attributes(since, mfa) };
  const identity = { ...userIdentity(user, key), userName: user.name, sessionContext };
  return { ...seat, console: true, account: user.account, identity };
}

function userIdentity(user: User, key: string): JsonObject {
  return {
    type: 'IAMUser',
    principalId: user.id,
    arn: `arn:aws:iam::${user.account}:user/${user.name}`,
    accountId: user.account,
    accessKeyId: key,
  };
}

/** More about a session than its role and name. */
export interface SessionOptions {
  mfa?: boolean;
  /** Credentials that an EC2 instance fetched from its metadata service: "1.0" or "2.0". */
  ec2RoleDelivery?: string;
  sourceIdentity?: string;
}

/** A session of a role, begun at `since` (ms). Without `key` for events of the sign-in service. */
export function roleSession(
  role: Role,
  session: string,
  key: string,
  since: number,
  seat: Seat,
  options: SessionOptions = {},
): Actor {
  const issuer = {
    type: 'Role',
    principalId: role.id,
    arn: roleArn(role),
    accountId: role.account,
    userName: role.name,
  };
  const identity: JsonObject = {
    type: 'AssumedRole',
    principalId: `${role.id}:${session}`,
    arn: sessionArn(role, session),
    accountId: role.account,
    ...(key === '' ? {} : { accessKeyId: key }),
    sessionContext: {
      sessionIssuer: issuer,
      attributes: attributes(since, options.mfa ?? false),
      ...(options.sourceIdentity === undefined ? {} : { sourceIdentity: options.sourceIdentity }),
      ...(options.ec2RoleDelivery === undefined ? {} : { ec2RoleDelivery: options.ec2RoleDelivery }),
    },
  };
  return { ...seat, account: role.account, identity };
}

/** The root user of an account; `key` is '' for sign-ins. */
export function rootUser(account: string, key: string, since: number, seat: Seat): Actor {
  const arn = `arn:aws:iam::${account}:root`;
  const identity: JsonObject = {
    type: 'Root',
    principalId: account,
    arn,
    accountId: account,
    accessKeyId: key,
  };
  if (key !== '') identity['sessionContext'] = { attributes: attributes(since, false) };
  return { ...seat, account, identity };
}

/** An AWS service that acts on its own. */
export function awsService(service: string, account: string): Actor {
  const name = `${service}.amazonaws.com`;
  return {
    account,
    identity: { type: 'AWSService', invokedBy: name },
    address: name,
    agent: name,
    service: true,
  };
}

/** A service that carries on a call of `actor` in its name (a forward access session). */
export function onBehalfOf(actor: Actor, service: string, key: string): Actor {
  const name = `${service}.amazonaws.com`;
  const identity = { ...actor.identity, ...(key === '' ? {} : { accessKeyId: key }), invokedBy: name };
  return { account: actor.account, identity, address: name, agent: name, service: true };
}

/** The same actor seated elsewhere. */
export function seatedAt(actor: Actor, seat: Seat): Actor {
  return { ...actor, ...seat };
}

export function roleArn(role: Role): string {
  return `arn:aws:iam::${role.account}:role${role.path ?? '/'}${role.name}`;
}

export function sessionArn(role: Role, session: string): string {
  return `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`;
}

function attributes(since: number, mfa: boolean): JsonObject {
  return { creationDate: isoTime(since), mfaAuthenticated: `${mfa}` };
}

/** The start of the hour-long session that covers `at`: services keep credentials for an hour. */
export function sessionStart(at: number): number {
  return Math.floor(at / HOUR) * HOUR - 17_000;
}
