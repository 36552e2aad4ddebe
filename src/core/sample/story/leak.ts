/** Act 1, Tuesday 01:12: the key of the build server turns up in the Netherlands and is tried out. */
import type { Actor } from '../actor.ts';
import { march } from '../clock.ts';
import { AGENTS, BUCKETS, DISTRIBUTION, intruder, PRODUCTION } from '../company.ts';
import { PLACES } from '../places.ts';
import { play, type Denial, type Step, type Trail } from '../trail.ts';

export function leakedKey(trail: Trail): void {
  play(trail, { by: intruder, service: 'sts' }, march(17, '01:12:04'), [
    { name: 'GetCallerIdentity' },
    { after: 21, service: 'iam', name: 'GetUser', request: { userName: 'ci-deploy' } },
    { after: 4, service: 'iam', name: 'ListAttachedUserPolicies', request: { userName: 'ci-deploy' } },
    { after: 2, service: 'iam', name: 'ListUserPolicies', request: { userName: 'ci-deploy' } },
    { after: 2, service: 'iam', name: 'ListGroupsForUser', request: { userName: 'ci-deploy' } },
    { after: 9, service: 'iam', name: 'GetAccountSummary' },
  ]);
  reconnaissance(trail);
  knockInOtherRegions(trail);
}

/** A script that asks for everything, once. */
function reconnaissance(trail: Trail): void {
  const script: Actor = { ...intruder, agent: AGENTS.scripts };
  play(trail, { by: script, service: 'iam' }, march(17, '01:16:30'), [
    tried('iam', 'ListUsers', 'iam:ListUsers', 'AccessDenied', `arn:aws:iam::${PRODUCTION}:user/`),
    tried('iam', 'ListRoles', 'iam:ListRoles', 'AccessDenied', `arn:aws:iam::${PRODUCTION}:role/`),
    tried('iam', 'ListGroups', 'iam:ListGroups', 'AccessDenied', `arn:aws:iam::${PRODUCTION}:group/`),
    tried('iam', 'GetAccountAuthorizationDetails', 'iam:GetAccountAuthorizationDetails', 'AccessDenied'),
    {
      ...tried('s3', 'ListBuckets', 's3:ListAllMyBuckets', 'AccessDenied'),
      request: { Host: 's3.us-east-1.amazonaws.com' },
    },
    tried('secretsmanager', 'ListSecrets', 'secretsmanager:ListSecrets', 'AccessDeniedException'),
    tried('ec2', 'DescribeInstances', 'ec2:DescribeInstances', 'Client.UnauthorizedOperation'),
    tried('ec2', 'DescribeSecurityGroups', 'ec2:DescribeSecurityGroups', 'Client.UnauthorizedOperation'),
    tried('rds', 'DescribeDBInstances', 'rds:DescribeDBInstances', 'AccessDenied'),
    tried('lambda', 'ListFunctions20150331', 'lambda:ListFunctions', 'AccessDeniedException'),
    tried('dynamodb', 'ListTables', 'dynamodb:ListTables', 'AccessDeniedException'),
    tried('kms', 'ListAliases', 'kms:ListAliases', 'AccessDeniedException'),
    tried('organizations', 'ListAccounts', 'organizations:ListAccounts', 'AccessDeniedException'),
    tried('cloudtrail', 'DescribeTrails', 'cloudtrail:DescribeTrails', 'AccessDeniedException'),
    tried('guardduty', 'ListDetectors', 'guardduty:ListDetectors', 'AccessDeniedException'),
    { ...tried('ssm', 'DescribeParameters', 'ssm:DescribeParameters', 'AccessDeniedException'), after: 1 },
    { after: 1, service: 'ecr', name: 'DescribeRepositories', request: { maxResults: 100 } },
    { after: 2, service: 'ecs', name: 'ListClusters', request: {} },
    {
      // What the build server may do, and so may its key.
      after: 12,
      service: 's3',
      name: 'ListObjects',
      host: `${BUCKETS.artifacts}.s3.us-east-1.amazonaws.com`,
      data: true,
      request: { bucketName: BUCKETS.artifacts, Host: `${BUCKETS.artifacts}.s3.us-east-1.amazonaws.com` },
    },
    {
      after: 31,
      service: 'cloudfront',
      name: 'UpdateDistribution2020_05_31',
      apiVersion: '2020_05_31',
      denied: {
        action: 'cloudfront:UpdateDistribution',
        resource: `arn:aws:cloudfront::${PRODUCTION}:distribution/${DISTRIBUTION}`,
      },
      fires: ['cloudfront-update'],
    },
  ]);
}

function knockInOtherRegions(trail: Trail): void {
  const script: Actor = {
    address: PLACES.rentedServer.address,
    agent: AGENTS.scripts,
    account: PRODUCTION,
    identity: intruder.identity,
  };
  for (const region of ['us-west-2', 'ap-south-1'] as const) {
    play(trail, { by: script, region, service: 'ec2' }, march(17, '01:17:41'), [
      tried('ec2', 'DescribeInstances', 'ec2:DescribeInstances', 'Client.UnauthorizedOperation'),
      tried('rds', 'DescribeDBInstances', 'rds:DescribeDBInstances', 'AccessDenied'),
      tried('lambda', 'ListFunctions20150331', 'lambda:ListFunctions', 'AccessDeniedException'),
      tried('secretsmanager', 'ListSecrets', 'secretsmanager:ListSecrets', 'AccessDeniedException'),
    ]);
  }
}

function tried(
  service: string,
  name: string,
  action: string,
  code: NonNullable<Denial['code']>,
  resource?: string,
): Step {
  return {
    after: 1,
    service,
    name,
    denied: { action, code, ...(resource === undefined ? {} : { resource }) },
  };
}
