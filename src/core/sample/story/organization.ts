/** Act 7, Tuesday 04:01: one role leads to another, and the second one lies in the management account. */
import { roleArn, roleSession, seatedAt, type Actor } from '../actor.ts';
import { assumeRole, onBucket } from '../aws.ts';
import { march } from '../clock.ts';
import {
  AGENTS,
  backupUser,
  BUCKETS,
  MANAGEMENT,
  PRODUCTION,
  ROLES,
  SEATS,
  temporaryKey,
} from '../company.ts';
import { Random } from '../random.ts';
import { play, type Trail } from '../trail.ts';

/** The keys of the chain, each the answer to a call with the one before it. */
export const CHAIN = {
  deploy: temporaryKey(PRODUCTION, 'chain deploy'),
  automation: temporaryKey(MANAGEMENT, 'chain automation'),
};

const SESSION = 'botocore-session-1773720071';
const POLICY = 'p-8d2f6a1c';

export function organization(trail: Trail): void {
  const random = new Random('role chain');
  const seat = { ...SEATS.server, agent: AGENTS.scripts };
  const first = march(17, '04:01:11');
  const second = march(17, '04:02:40');

  trail.log({
    ...assumeRole(ROLES.deploy, SESSION, CHAIN.deploy, first, random),
    at: first,
    by: seatedAt(backupUser, seat),
  });
  const deploy = roleSession(ROLES.deploy, SESSION, CHAIN.deploy, first, seat);
  play(trail, { by: deploy, service: 'sts' }, first + 4_000, [
    { name: 'GetCallerIdentity' },
    {
      after: 40,
      service: 'organizations',
      name: 'LeaveOrganization',
      denied: {
        action: 'organizations:LeaveOrganization',
        because: 'of an explicit deny in a service control policy',
      },
      fires: ['cis-organizations'],
    },
  ]);

  // Both accounts log this call: ours as the caller's, the other as the role's owner, joined by the shared id.
  const sharedId = random.uuid();
  const step = assumeRole(ROLES.organizationAutomation, SESSION, CHAIN.automation, second, random);
  trail.log({ ...step, at: second, by: deploy, sharedId });
  const stranger: Actor = {
    ...deploy,
    identity: { type: 'AWSAccount', principalId: `${ROLES.deploy.id}:${SESSION}`, accountId: PRODUCTION },
  };
  trail.log({ ...step, at: second, by: stranger, sharedId, account: MANAGEMENT });

  inManagement(trail, roleSession(ROLES.organizationAutomation, SESSION, CHAIN.automation, second, seat));
}

function inManagement(trail: Trail, automation: Actor): void {
  play(trail, { by: automation, service: 'organizations' }, march(17, '04:03:05'), [
    { service: 'sts', name: 'GetCallerIdentity' },
    { name: 'DescribeOrganization' },
    { name: 'ListAccounts', request: {} },
    {
      name: 'ListPoliciesForTarget',
      request: { targetId: PRODUCTION, filter: 'SERVICE_CONTROL_POLICY' },
    },
    {
      after: 26,
      name: 'DetachPolicy',
      request: { policyId: POLICY, targetId: PRODUCTION },
      fires: ['cis-organizations'],
    },
    {
      after: 19,
      service: 'iam',
      name: 'CreateUser',
      denied: { action: 'iam:CreateUser', resource: `arn:aws:iam::${MANAGEMENT}:user/svc-backup-sync` },
    },
    {
      after: 5,
      service: 's3',
      name: 'ListBuckets',
      host: 's3.us-east-1.amazonaws.com',
      request: { Host: 's3.us-east-1.amazonaws.com' },
      denied: { action: 's3:ListAllMyBuckets' },
    },
    {
      after: 8,
      service: 'sts',
      name: 'AssumeRole',
      denied: {
        action: 'sts:AssumeRole',
        resource: roleArn({ account: MANAGEMENT, name: 'AWSControlTowerExecution', id: '' }),
      },
    },
    {
      ...onBucket('GetBucketPolicy', `${BUCKETS.trail}-organization`, MANAGEMENT, { policy: '' }),
      after: 11,
      denied: { action: 's3:GetBucketPolicy', resource: `arn:aws:s3:::${BUCKETS.trail}-organization` },
    },
  ]);
}
