/** Act 2, Tuesday 01:31: the build user may write versions of its own policy, and makes itself and a new user admin. */
import { roleArn } from '../actor.ts';
import { policy } from '../aws.ts';
import { iamTime, march } from '../clock.ts';
import { intruder, KEYS, PRODUCTION, ROLES, STRANGER, USERS } from '../company.ts';
import { play, type Trail } from '../trail.ts';

const CI_POLICY = `arn:aws:iam::${PRODUCTION}:policy/ci-deploy-permissions`;
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const NAME = USERS.backup.name;

export function privileges(trail: Trail): void {
  play(trail, { by: intruder, service: 'iam' }, march(17, '01:31:10'), [
    { name: 'GetPolicy', request: { policyArn: CI_POLICY } },
    { name: 'ListPolicyVersions', request: { policyArn: CI_POLICY } },
    { after: 6, name: 'GetPolicyVersion', request: { policyArn: CI_POLICY, versionId: 'v4' } },
    {
      after: 48,
      name: 'CreatePolicyVersion',
      request: { policyArn: CI_POLICY, policyDocument: policy(EVERYTHING), setAsDefault: true },
      response: {
        policyVersion: {
          versionId: 'v5',
          isDefaultVersion: true,
          createDate: iamTime(march(17, '01:32:07')),
        },
      },
      fires: ['admin-policy-attach', 'iam-policy'],
    },
    { after: 15, name: 'ListUsers' },
    { name: 'ListGroups' },
    { name: 'ListRoles', request: { maxItems: 1000 } },
    { name: 'ListAttachedGroupPolicies', request: { groupName: 'Administrators' } },
    { after: 5, name: 'GetAccountAuthorizationDetails' },
  ]);
  newUser(trail);
  openRole(trail);
}

/** A user that looks like one of the company's services. */
function newUser(trail: Trail): void {
  const at = march(17, '01:41:22');
  const createDate = iamTime(at);
  play(trail, { by: intruder, service: 'iam' }, at, [
    {
      name: 'CreateUser',
      request: { userName: NAME },
      response: {
        user: {
          path: '/',
          userName: NAME,
          userId: USERS.backup.id,
          arn: `arn:aws:iam::${PRODUCTION}:user/${NAME}`,
          createDate,
        },
      },
    },
    {
      after: 7,
      name: 'AddUserToGroup',
      request: { groupName: 'Administrators', userName: NAME },
      fires: ['admin-group-add'],
    },
    {
      after: 5,
      name: 'AttachUserPolicy',
      request: { userName: NAME, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      fires: ['admin-policy-attach', 'iam-policy'],
    },
    {
      after: 9,
      name: 'PutUserPolicy',
      request: { userName: NAME, policyName: 'sync', policyDocument: policy({ Sid: 'Sync', ...EVERYTHING }) },
      fires: ['admin-policy-attach', 'iam-policy'],
    },
    {
      after: 6,
      name: 'CreateAccessKey',
      request: { userName: NAME },
      response: { accessKey: { accessKeyId: KEYS.backup, status: 'Active', userName: NAME, createDate } },
    },
    {
      after: 11,
      name: 'CreateLoginProfile',
      request: { userName: NAME, passwordResetRequired: false },
      response: { loginProfile: { userName: NAME, createDate, passwordResetRequired: false } },
    },
    {
      // Back to the harmless version, so that the policy looks as it did.
      after: 25,
      name: 'SetDefaultPolicyVersion',
      request: { policyArn: CI_POLICY, versionId: 'v4' },
      fires: ['iam-policy'],
    },
  ]);
}

/** The deployment role is made to trust the new user, and an account of the intruder's own. */
function openRole(trail: Trail): void {
  const trust = policy(
    {
      Effect: 'Allow',
      Principal: {
        Federated: `arn:aws:iam::${PRODUCTION}:oidc-provider/token.actions.githubusercontent.com`,
      },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${PRODUCTION}:user/${NAME}`, `arn:aws:iam::${STRANGER}:root`] },
      Action: 'sts:AssumeRole',
    },
  );
  play(trail, { by: intruder, service: 'iam' }, march(17, '01:47:03'), [
    { name: 'GetRole', request: { roleName: ROLES.deploy.name } },
    {
      after: 33,
      name: 'UpdateAssumeRolePolicy',
      request: { roleName: ROLES.deploy.name, policyDocument: trust },
      resources: [{ accountId: PRODUCTION, type: 'AWS::IAM::Role', ARN: roleArn(ROLES.deploy) }],
      fires: ['iam-policy'],
    },
  ]);
}
