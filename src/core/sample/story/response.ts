/** Act 10, Tuesday 07:38: Mei Tanaka finds out, shuts the intruder out and has the logs back. */
import type { JsonObject } from '../actor.ts';
import { consoleLogin, onBucket, policy, signingIn } from '../aws.ts';
import { march } from '../clock.ts';
import { BUCKETS, DETECTOR, KEYS, PRODUCTION, ROLES, TRAIL_ARN, USERS } from '../company.ts';
import { play, type Step, type Trail } from '../trail.ts';
import { responder, responderInShell } from './responder.ts';

const BACKUP = USERS.backup.name;
const CI_POLICY = `arn:aws:iam::${PRODUCTION}:policy/ci-deploy-permissions`;
const REVOKE = policy({
  Effect: 'Deny',
  Action: ['*'],
  Resource: ['*'],
  Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-17T07:52:00.000Z' } },
});

export function response(trail: Trail): void {
  lookAround(trail);
  shutOut(trail);
  logsBack(trail);
}

function lookAround(trail: Trail): void {
  trail.log({ ...consoleLogin(false), by: signingIn(responder), at: march(17, '07:38:05') });
  const lookups: Step[] = [KEYS.ciDeploy, KEYS.backup].flatMap((key) =>
    [1, 2, 3, 4].map((page): Step => ({
      after: 6 + page,
      service: 'cloudtrail',
      name: 'LookupEvents',
      request: { lookupAttributes: [{ attributeKey: 'AccessKeyId', attributeValue: key }], maxResults: 50 },
    })),
  );
  play(trail, { by: responder, service: 'cloudtrail' }, march(17, '07:38:40'), [
    {
      service: 'guardduty',
      name: 'GetFindings',
      request: { detectorId: DETECTOR },
    },
    ...lookups,
    { service: 'iam', name: 'GetAccessKeyLastUsed', request: { accessKeyId: KEYS.ciDeploy } },
    { service: 'iam', name: 'ListUsers' },
    { service: 'iam', name: 'ListAccessKeys', request: { userName: BACKUP } },
  ]);
}

/** Keys off, user gone, sessions revoked. Taking rights away is a policy change like any other. */
function shutOut(trail: Trail): void {
  const iam = (name: string, request: JsonObject, ...fires: string[]): Step => ({
    after: 7,
    service: 'iam',
    name,
    request,
    fires,
  });
  play(trail, { by: responderInShell, service: 'iam' }, march(17, '07:51:02'), [
    iam('UpdateAccessKey', { userName: USERS.ciDeploy.name, accessKeyId: KEYS.ciDeploy, status: 'Inactive' }),
    iam('UpdateAccessKey', { userName: BACKUP, accessKeyId: KEYS.backup, status: 'Inactive' }),
    iam('DeleteLoginProfile', { userName: BACKUP }),
    iam(
      'PutUserPolicy',
      { userName: BACKUP, policyName: 'AWSRevokeOlderSessions', policyDocument: REVOKE },
      'iam-policy',
    ),
    iam(
      'PutRolePolicy',
      { roleName: ROLES.deploy.name, policyName: 'AWSRevokeOlderSessions', policyDocument: REVOKE },
      'iam-policy',
    ),
    iam(
      'UpdateAssumeRolePolicy',
      {
        roleName: ROLES.deploy.name,
        policyDocument: policy({
          Effect: 'Allow',
          Principal: {
            Federated: `arn:aws:iam::${PRODUCTION}:oidc-provider/token.actions.githubusercontent.com`,
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
        }),
      },
      'iam-policy',
    ),
    iam('RemoveUserFromGroup', { groupName: 'Administrators', userName: BACKUP }),
    iam(
      'DetachUserPolicy',
      { userName: BACKUP, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      'iam-policy',
    ),
    iam('DeleteUserPolicy', { userName: BACKUP, policyName: 'sync' }, 'iam-policy'),
    iam('DeletePolicyVersion', { policyArn: CI_POLICY, versionId: 'v5' }, 'iam-policy'),
  ]);
}

function logsBack(trail: Trail): void {
  play(trail, { by: responderInShell, service: 'cloudtrail' }, march(17, '08:01:10'), [
    {
      name: 'StartLogging',
      request: { name: TRAIL_ARN },
      fires: ['cloudtrail-change'],
    },
    {
      name: 'PutEventSelectors',
      request: {
        trailName: 'production',
        eventSelectors: [
          {
            readWriteType: 'All',
            includeManagementEvents: true,
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
            excludeManagementEventSources: [],
          },
        ],
      },
      fires: ['cloudtrail-change'],
    },
    { name: 'GetTrailStatus', request: { name: TRAIL_ARN } },
    {
      ...onBucket('DeleteBucketLifecycle', BUCKETS.trail, PRODUCTION, { lifecycle: '' }),
      fires: ['s3-bucket-policy'],
    },
  ]);
  for (const [region, time] of [
    ['us-east-1', '08:02:30'],
    ['us-west-2', '08:02:48'],
  ] as const) {
    play(trail, { by: responderInShell, region, service: 'config' }, march(17, time), [
      {
        name: 'PutDeliveryChannel',
        request: { deliveryChannel: { name: 'default', s3BucketName: 'fernlight-config-history' } },
        fires: ['config-change'],
      },
      {
        name: 'StartConfigurationRecorder',
        request: { configurationRecorderName: 'default' },
        fires: ['config-change'],
      },
      {
        service: 'guardduty',
        name: 'UpdateDetector',
        request: { detectorId: DETECTOR, enable: true },
      },
    ]);
  }
}
