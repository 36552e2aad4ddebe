/** Build and deployment: the old Jenkins with its key, GitHub Actions without one, Terraform at night. */
import { roleArn, roleSession, userWithKey, type Actor, type Json, type JsonObject } from '../actor.ts';
import { grantedRole, onObject } from '../aws.ts';
import { AGENTS, BUCKETS, DISTRIBUTION, KEYS, PRODUCTION, ROLES, temporaryKey, USERS } from '../company.ts';
import { PLACES } from '../places.ts';
import type { Source } from './window.ts';

const jenkinsServer = userWithKey(USERS.ciDeploy, KEYS.ciDeploy, {
  address: PLACES.jenkins.address,
  agent: AGENTS.jenkins,
});

/** What the key of ci-deploy is for: the same key that the intruder uses, from where it belongs. */
export const jenkins: Source = (window) => {
  if (!window.random.chance(0.4)) return;
  const at = window.moment(60);
  const build = 4100 + window.random.below(300);
  window.log({ at, by: jenkinsServer, service: 'sts', name: 'GetCallerIdentity' });
  window.log({
    at: at + 2_000,
    by: jenkinsServer,
    service: 'ecr',
    name: 'GetAuthorizationToken',
    request: {},
  });
  for (let i = 0; i < 4; i++) {
    const step = onObject(
      'PutObject',
      BUCKETS.artifacts,
      `warehouse/${build}/part-${i}.jar`,
      PRODUCTION,
      900_000,
    );
    window.log({ ...step, at: at + (9 + 4 * i) * 1_000, by: jenkinsServer });
  }
};

/** A deployment from GitHub: a token of the repository is traded for a session, and the session deploys. */
export const actions: Source = (window) => {
  if (!window.random.chance(0.3)) return;
  const at = window.moment(120);
  const run = `${23_100_000_000 + window.random.below(900_000_000)}`;
  const seat = {
    address: window.random.pick([PLACES.runnerOne, PLACES.runnerTwo]).address,
    agent: AGENTS.actions,
  };
  const repository = 'repo:fernlight/storefront:ref:refs/heads/main';
  const provider = `arn:aws:iam::${PRODUCTION}:oidc-provider/token.actions.githubusercontent.com`;
  const web: Actor = {
    ...seat,
    account: PRODUCTION,
    identity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${repository}`,
      userName: repository,
      identityProvider: provider,
    },
  };
  const key = temporaryKey(PRODUCTION, `actions ${run}`);
  window.log({
    at,
    by: web,
    service: 'sts',
    name: 'AssumeRoleWithWebIdentity',
    request: { roleArn: roleArn(ROLES.deploy), roleSessionName: `deploy-${run}`, durationSeconds: 3600 },
    response: {
      subjectFromWebIdentityToken: repository,
      ...grantedRole(ROLES.deploy, `deploy-${run}`, key, at, window.random),
      provider,
      audience: 'sts.amazonaws.com',
    },
    resources: [{ accountId: PRODUCTION, type: 'AWS::IAM::Role', ARN: roleArn(ROLES.deploy) }],
  });
  const by = roleSession(ROLES.deploy, `deploy-${run}`, key, at, seat);
  const steps: [service: string, name: string, request: JsonObject][] = [
    ['ecr', 'GetAuthorizationToken', {}],
    ['ecs', 'DescribeTaskDefinition', { taskDefinition: 'storefront' }],
    [
      'ecs',
      'RegisterTaskDefinition',
      { family: 'storefront', requiresCompatibilities: ['FARGATE'], cpu: '1024', memory: '2048' },
    ],
    ['ecs', 'UpdateService', { cluster: 'storefront', service: 'web', forceNewDeployment: false }],
    ['ecs', 'DescribeServices', { cluster: 'storefront', services: ['web'] }],
    [
      'cloudfront',
      'CreateInvalidation',
      { distributionId: DISTRIBUTION, invalidationBatch: { paths: { quantity: 1, items: ['/static/*'] } } },
    ],
  ];
  steps.forEach(([service, name, request], i) => {
    window.log({ at: at + (5 + 17 * i) * 1_000, by, service, name, request });
  });
};

const PLANNED: [service: string, name: string, request: Json][] = [
  ['ec2', 'DescribeVpcs', { vpcSet: {}, filterSet: {} }],
  ['ec2', 'DescribeSubnets', { subnetSet: {}, filterSet: {} }],
  ['ec2', 'DescribeRouteTables', { routeTableIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeSecurityGroups', { securityGroupSet: {}, securityGroupIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeNetworkAcls', { networkAclIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeVpcAttribute', { vpcId: 'vpc-0d41f6a8c27b9e350', attribute: 'enableDnsSupport' }],
  ['iam', 'GetRole', { roleName: 'fernlight-storefront-task' }],
  ['iam', 'GetRolePolicy', { roleName: 'fernlight-storefront-task', policyName: 'assets' }],
  ['iam', 'ListAttachedRolePolicies', { roleName: 'fernlight-storefront-task' }],
  [
    'iam',
    'GetPolicyVersion',
    { policyArn: `arn:aws:iam::${PRODUCTION}:policy/ci-deploy-permissions`, versionId: 'v4' },
  ],
  ['kms', 'DescribeKey', { keyId: 'alias/storefront' }],
  ['rds', 'DescribeDBInstances', { dBInstanceIdentifier: 'orders' }],
  ['cloudtrail', 'GetEventSelectors', { trailName: 'production' }],
  ['acm', 'DescribeCertificate', {}],
];

/** Terraform compares what is with what should be: many reads, no change. */
export const terraformPlan: Source = (window) => {
  if (!window.random.chance(0.25)) return;
  const run = `drift-${window.random.below(9000) + 1000}`;
  const at = window.moment(90);
  const by = roleSession(ROLES.terraform, run, temporaryKey(PRODUCTION, run), at, {
    address: PLACES.runnerTwo.address,
    agent: AGENTS.terraform,
  });
  for (let i = 0; i < 14; i++) {
    const [service, name, request] = PLANNED[i]!;
    window.log({ at: at + 2_000 + i * 1_000, by, service, name, request: request as JsonObject });
  }
};
