/** AWS services at work: nine in ten records of a real trail. */
import { awsService, roleSession, sessionStart, type Json, type JsonObject, type Role } from '../actor.ts';
import { onBucket, onObject } from '../aws.ts';
import { BUCKETS, DATA_KEY, dataKey, MANAGEMENT, PRODUCTION, ROLES } from '../company.ts';
import type { NoiseWindow, Source } from './window.ts';

/** A session of a service-linked role, as the service uses it. */
function linked(
  window: NoiseWindow,
  role: Role,
  service: string,
  session: string,
): ReturnType<typeof roleSession> {
  const name = `${service}.amazonaws.com`;
  const actor = roleSession(role, session, '', sessionStart(window.start), { address: name, agent: name });
  return { ...actor, service: true, identity: { ...actor.identity, invokedBy: name } };
}

/** CloudTrail asks whether it may still write to the bucket, and has its data keys made. */
export const cloudTrail: Source = (window) => {
  const by = awsService('cloudtrail', window.account);
  const key = dataKey(window.region, window.account);
  const bucket = window.account === MANAGEMENT ? `${BUCKETS.trail}-organization` : BUCKETS.trail;
  window.log({ ...onBucket('GetBucketAcl', bucket, window.account, { acl: '' }), by, at: window.moment() });
  for (let i = window.random.below(2); i >= 0; i--) {
    window.log({
      at: window.moment(),
      by,
      service: 'kms',
      name: 'GenerateDataKey',
      request: {
        keySpec: 'AES_256',
        keyId: key,
        encryptionContext: {
          'aws:cloudtrail:arn': `arn:aws:cloudtrail:${window.region}:${window.account}:trail/production`,
          'aws:s3:arn': `arn:aws:s3:::${bucket}`,
        },
      },
      resources: [{ accountId: window.account, type: 'AWS::KMS::Key', ARN: key }],
      sharedId: window.random.uuid(),
    });
  }
};

/** Log delivery of load balancers tries a bucket that it may not write to: denied, for ever, and no alert. */
export const logDelivery: Source = (window) => {
  const key = `AWSLogs/${PRODUCTION}/elasticloadbalancing/${window.region}/ELBAccessLogTestFile`;
  for (let i = window.random.below(3); i > 0; i--) {
    window.log({
      ...onObject('PutObject', 'fernlight-access-logs', key, PRODUCTION, 0),
      at: window.moment(),
      by: awsService('delivery.logs', PRODUCTION),
      error: ['AccessDenied', 'Access Denied'],
    });
  }
};

const RECORDED: [service: string, name: string, request: JsonObject][] = [
  [
    'ec2',
    'DescribeSecurityGroups',
    { maxResults: 1000, securityGroupSet: {}, securityGroupIdSet: {}, filterSet: {} },
  ],
  ['ec2', 'DescribeRouteTables', { routeTableIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeNetworkAcls', { networkAclIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeInternetGateways', { internetGatewayIdSet: {}, filterSet: {} }],
  ['ec2', 'DescribeVpcs', { vpcSet: {}, filterSet: {} }],
  ['ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }],
  ['rds', 'DescribeDBInstances', {}],
  ['rds', 'DescribeDBSnapshots', { includePublic: false, includeShared: false }],
  ['cloudtrail', 'DescribeTrails', { trailNameList: [], includeShadowTrails: false }],
  ['cloudtrail', 'GetTrailStatus', { name: 'production' }],
  ['kms', 'GetKeyRotationStatus', { keyId: DATA_KEY }],
  ['lambda', 'ListFunctions20150331', {}],
  ['acm', 'ListCertificates', { maxItems: 100 }],
];

/** AWS Config looks at everything. */
export const config: Source = (window) => {
  const by = linked(window, ROLES.config, 'config', 'configLambdaExecution');
  reads(window, by, RECORDED, 2 + window.random.below(5));
};

const WATCHED: [string, string, JsonObject][] = [
  ['ec2', 'DescribeInstanceStatus', { instancesSet: {}, filterSet: {}, includeAllInstances: true }],
  [
    'elasticloadbalancing',
    'DescribeTargetHealth',
    {
      targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:${PRODUCTION}:targetgroup/web/5f1c9d2e7a3b8460`,
    },
  ],
  ['ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }],
];

/** Auto Scaling checks health, and now and then replaces an instance. */
export const autoscaling: Source = (window) => {
  const by = linked(window, ROLES.autoscaling, 'autoscaling', 'AutoScaling');
  reads(window, by, WATCHED, 3 + window.random.below(4));
  if (!window.random.chance(0.25)) return;
  const instanceId = `i-0${window.random.hex(16)}`;
  const at = window.moment(40);
  window.log({
    at,
    by,
    service: 'ec2',
    name: 'TerminateInstances',
    request: { instancesSet: { items: [{ instanceId }] } },
    response: {
      instancesSet: {
        items: [
          {
            instanceId,
            currentState: { code: 32, name: 'shutting-down' },
            previousState: { code: 16, name: 'running' },
          },
        ],
      },
    },
  });
  window.log({
    at: at + 31_000,
    by,
    service: 'ec2',
    name: 'RunInstances',
    request: {
      instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
      launchTemplate: { launchTemplateName: 'workers', version: '14' },
    },
    response: {
      instancesSet: { items: [{ instanceId: `i-0${window.random.hex(16)}`, instanceType: 'm7g.large' }] },
    },
  });
};

const ADVISED: [string, string, JsonObject][] = [
  ['iam', 'GetAccountSummary', {}],
  ['iam', 'GenerateCredentialReport', {}],
  ['ec2', 'DescribeAccountAttributes', { accountAttributeNameSet: {}, filterSet: {} }],
  ['ec2', 'DescribeAddresses', { publicIpsSet: {}, filterSet: {}, allocationIdsSet: {} }],
  ['rds', 'DescribeAccountAttributes', {}],
  ['autoscaling', 'DescribeAccountLimits', {}],
];

/** Trusted Advisor and Inspector make their rounds. */
export const advisors: Source = (window) => {
  if (window.random.chance(0.5))
    reads(window, linked(window, ROLES.advisor, 'trustedadvisor', 'TrustedAdvisor'), ADVISED, 3);
  if (window.random.chance(0.5))
    reads(
      window,
      linked(window, ROLES.inspector, 'inspector2', 'MandoService2'),
      [
        ['ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }],
        ['ecr', 'DescribeImages', { repositoryName: 'storefront' }],
      ],
      2,
    );
};

/** AWS Backup takes its snapshots at night. */
export const backup: Source = (window) => {
  if (!window.random.chance(0.3)) return;
  const by = linked(window, ROLES.backupService, 'backup', 'AWSBackup-AWSServiceRoleForBackup');
  const volumeId = `vol-0${window.random.hex(16)}`;
  window.log({
    at: window.moment(),
    by,
    service: 'ec2',
    name: 'CreateSnapshot',
    request: { volumeId, description: 'This snapshot is created by the AWS Backup service.' },
    response: { snapshotId: `snap-0${window.random.hex(16)}`, volumeId, status: 'pending' },
  });
};

/** Things that services say of their own accord. */
export const serviceEvents: Source = (window) => {
  if (!window.random.chance(0.3)) return;
  const key = dataKey(window.region, window.account);
  const identity = { accountId: window.account, invokedBy: 'kms.amazonaws.com' };
  window.log({
    at: window.moment(),
    by: {
      account: window.account,
      identity,
      address: 'kms.amazonaws.com',
      agent: 'kms.amazonaws.com',
      service: true,
    },
    service: 'kms',
    name: 'RotateKey',
    type: 'AwsServiceEvent',
    details: { keyId: key.split('/')[1]! },
    resources: [{ accountId: window.account, type: 'AWS::KMS::Key', ARN: key }],
  });
};

function reads(
  window: NoiseWindow,
  by: ReturnType<typeof roleSession>,
  list: [string, string, Json][],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const [service, name, request] = window.random.pick(list);
    window.log({ at: window.moment(), by, service, name, request: request as JsonObject });
  }
}
