/** Act 11, Tuesday 08:11 to 10:33: doors are closed, what can be repaired is repaired. */
import { roleSession, rootUser } from '../actor.ts';
import { consoleLogin, DONE, items, networkChange, onBucket, policy, signingIn, tcpRule } from '../aws.ts';
import { march } from '../clock.ts';
import {
  BUCKETS,
  DATA_KEY,
  DISTRIBUTION,
  EXPORTS_KEY,
  KEYS,
  MAIL,
  MANAGEMENT,
  NETWORK,
  PRODUCTION,
  ROLES,
  SEATS,
  SHOP_CERTIFICATE,
  temporaryKey,
} from '../company.ts';
import { play, type Step, type Trail } from '../trail.ts';
import { MINE, OPENED } from './network.ts';
import { responderInShell } from './responder.ts';

export function recovery(trail: Trail): void {
  closeDoors(trail);
  repair(trail);
  management(trail);
  rootCleaned(trail);
}

function closeDoors(trail: Trail): void {
  play(trail, { by: responderInShell, service: 's3' }, march(17, '08:11:00'), [
    {
      ...onBucket('DeleteBucketPolicy', BUCKETS.exports, PRODUCTION, { policy: '' }),
      fires: ['s3-bucket-policy'],
    },
    {
      ...onBucket('PutBucketPublicAccessBlock', BUCKETS.exports, PRODUCTION, {
        publicAccessBlock: '',
        PublicAccessBlockConfiguration: {
          xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
      fires: ['s3-bucket-policy'],
    },
    networkChange(
      'RevokeSecurityGroupIngress',
      {
        groupId: OPENED.group,
        ipPermissions: tcpRule(22, '0.0.0.0/0'),
      },
      'security-group',
    ),
    networkChange('DeleteSecurityGroup', { groupId: OPENED.group }, 'security-group'),
    networkChange(
      'DeleteNetworkAclEntry',
      { networkAclId: NETWORK.acl, ruleNumber: 1, egress: false },
      'nacl',
    ),
    networkChange(
      'ReplaceRoute',
      {
        routeTableId: NETWORK.routes,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: 'nat-0d81c5f2a7e9b3460',
      },
      'route-table',
    ),
    networkChange(
      'DetachInternetGateway',
      { internetGatewayId: NETWORK.gateway, vpcId: NETWORK.vpc },
      'network-gateway',
    ),
    networkChange('DeleteInternetGateway', { internetGatewayId: NETWORK.gateway }, 'network-gateway'),
    networkChange('DeleteVpcPeeringConnection', { vpcPeeringConnectionId: OPENED.peering }, 'vpc'),
    {
      after: 12,
      service: 'rds',
      name: 'ModifyDBInstance',
      request: { dBInstanceIdentifier: 'orders-sync', publiclyAccessible: false, applyImmediately: true },
      response: { dBInstanceIdentifier: 'orders-sync', publiclyAccessible: true },
    },
  ]);
  play(trail, { by: responderInShell, region: 'ap-south-1', service: 'ec2' }, march(17, '08:21:30'), [
    {
      name: 'TerminateInstances',
      request: { instancesSet: items(...MINE.instances.map((instanceId) => ({ instanceId }))) },
      response: DONE,
    },
    networkChange(
      'DetachInternetGateway',
      { internetGatewayId: MINE.gateway, vpcId: MINE.vpc },
      'network-gateway',
    ),
    networkChange('DisassociateRouteTable', { associationId: MINE.association }, 'route-table'),
    networkChange('DeleteRouteTable', { routeTableId: MINE.routes }, 'route-table'),
    networkChange('DeleteVpc', { vpcId: MINE.vpc }, 'vpc'),
  ]);
}

function repair(trail: Trail): void {
  play(trail, { by: responderInShell, service: 'kms' }, march(17, '08:31:15'), [
    {
      name: 'CancelKeyDeletion',
      request: { keyId: EXPORTS_KEY },
      response: { keyId: EXPORTS_KEY },
    },
    { name: 'EnableKey', request: { keyId: EXPORTS_KEY } },
    { name: 'EnableKey', request: { keyId: DATA_KEY } },
    {
      after: 30,
      service: 'cloudfront',
      name: 'UpdateDistribution',
      apiVersion: '2020_05_31',
      request: {
        id: DISTRIBUTION,
        ifMatch: 'E2FERNLIGHT1ETAG',
        distributionConfig: {
          comment: 'storefront',
          enabled: true,
          origins: { quantity: 1, items: [{ id: 'main', domainName: 'origin.fernlight.example' }] },
          logging: { enabled: true },
        },
      },
      fires: ['cloudfront-update'],
    },
    {
      after: 9,
      service: 'cloudfront',
      name: 'CreateInvalidation',
      apiVersion: '2020_05_31',
      request: { distributionId: DISTRIBUTION, invalidationBatch: { paths: { quantity: 1, items: ['/*'] } } },
    },
    {
      after: 50,
      service: 'acm',
      name: 'ImportCertificate',
      request: { certificateArn: SHOP_CERTIFICATE, privateKey: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      response: { certificateArn: SHOP_CERTIFICATE },
      fires: ['acm-update'],
    },
    {
      after: 20,
      service: 'secretsmanager',
      name: 'RotateSecret',
      request: { secretId: 'prod/storefront/database', rotateImmediately: true },
    },
  ]);
}

function management(trail: Trail): void {
  const mei = roleSession(
    ROLES.securityManagement,
    MAIL.mei,
    temporaryKey(MANAGEMENT, 'mei'),
    march(17, '08:41'),
    SEATS.mei,
  );
  trail.log({ ...consoleLogin(false), by: signingIn(mei), at: march(17, '08:41:00') });
  const lookup = (eventName: string): Step => ({
    after: 9,
    service: 'cloudtrail',
    name: 'LookupEvents',
    request: { lookupAttributes: [{ attributeKey: 'EventName', attributeValue: eventName }], maxResults: 50 },
  });
  play(trail, { by: mei, service: 'cloudtrail' }, march(17, '08:41:12'), [
    lookup('DetachPolicy'),
    lookup('AssumeRole'),
    {
      after: 30,
      service: 'organizations',
      name: 'AttachPolicy',
      request: { policyId: 'p-8d2f6a1c', targetId: PRODUCTION },
      fires: ['cis-organizations'],
    },
    {
      after: 12,
      service: 'iam',
      name: 'UpdateAssumeRolePolicy',
      request: {
        roleName: ROLES.organizationAutomation.name,
        policyDocument: policy({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }),
      },
      fires: ['iam-policy'],
    },
  ]);
}

/** The owner of the account signs in as root, with the recovered mailbox and a new second factor. */
function rootCleaned(trail: Trail): void {
  const root = rootUser(
    PRODUCTION,
    temporaryKey(PRODUCTION, 'root owner'),
    march(17, '10:31:20'),
    SEATS.daniel,
  );
  trail.log({ ...consoleLogin(true), by: signingIn(root), at: march(17, '10:31:20'), fires: ['root-usage'] });
  play(trail, { by: root, service: 'iam', fires: ['root-usage'] }, march(17, '10:32:00'), [
    { name: 'DeleteAccessKey', request: { accessKeyId: KEYS.root } },
    {
      after: 15,
      name: 'EnableMFADevice',
      request: { serialNumber: `arn:aws:iam::${PRODUCTION}:mfa/root-2026`, userName: 'root' },
    },
  ]);
}
