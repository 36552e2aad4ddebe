/** What else goes on from Monday to Wednesday and raises alerts: work, a forgotten password, a journey. */
import { roleSession, userInConsole } from '../actor.ts';
import { consoleLogin, DONE, items, networkChange, onBucket, policy, signingIn, tcpRule } from '../aws.ts';
import { march } from '../clock.ts';
import {
  BUCKETS,
  DISTRIBUTION,
  MAIL,
  MANAGEMENT,
  PRODUCTION,
  ROLES,
  SEATS,
  SHOP_CERTIFICATE,
  temporaryKey,
  USERS,
} from '../company.ts';
import { play, type Trail } from '../trail.ts';

export function errands(trail: Trail): void {
  newNetworkEndpoint(trail);
  samForgetsHisPassword(trail);
  danielTravels(trail);
  platformWork(trail);
  organizationWork(trail);
}

/** Terraform adds an endpoint and a route in the western region. */
function newNetworkEndpoint(trail: Trail): void {
  const by = roleSession(
    ROLES.terraform,
    'fernlight-network-1842',
    temporaryKey(PRODUCTION, 'terraform network'),
    march(16, '14:05'),
    SEATS.pipeline,
  );
  play(trail, { by, region: 'us-west-2', service: 'ec2' }, march(16, '14:06:10'), [
    { name: 'DescribeVpcs', request: { vpcSet: {}, filterSet: {} } },
    networkChange(
      'CreateVpcEndpoint',
      {
        CreateVpcEndpointRequest: {
          VpcEndpointType: 'Gateway',
          VpcId: 'vpc-0c8d2e51b7f9a3640',
          ServiceName: 'com.amazonaws.us-west-2.dynamodb',
          RouteTableId: { tag: 1, content: 'rtb-04b6f1d9c2e8a7350' },
        },
      },
      'vpc',
    ),
    networkChange(
      'CreateRoute',
      {
        routeTableId: 'rtb-04b6f1d9c2e8a7350',
        destinationCidrBlock: '10.30.0.0/16',
        transitGatewayId: 'tgw-0b3c7e9f1d5a28460',
      },
      'route-table',
    ),
    networkChange(
      'CreateSecurityGroup',
      { groupName: 'endpoint', groupDescription: 'Endpoint of DynamoDB', vpcId: 'vpc-0c8d2e51b7f9a3640' },
      'security-group',
    ),
    networkChange(
      'AuthorizeSecurityGroupEgress',
      {
        groupId: 'sg-08e5a2c9d7f1b3640',
        ipPermissions: tcpRule(443, '10.30.0.0/16'),
      },
      'security-group',
    ),
    {
      name: 'CreateTags',
      request: {
        resourcesSet: items({ resourceId: 'sg-08e5a2c9d7f1b3640' }),
        tagSet: items({ key: 'team', value: 'network' }),
      },
      response: DONE,
    },
  ]);
}

/** A user with a password and a second factor: one failure, one success. */
function samForgetsHisPassword(trail: Trail): void {
  const sam = userInConsole(
    USERS.sam,
    temporaryKey(PRODUCTION, 'sam'),
    march(16, '16:02:40'),
    true,
    SEATS.sam,
  );
  play(trail, { by: signingIn(sam), service: 'signin' }, march(16, '16:02:05'), [
    { ...consoleLogin(true, 'Failed authentication'), fires: ['cis-console-failure'] },
    { ...consoleLogin(true), after: 35 },
  ]);
  play(trail, { by: sam, service: 'ce' }, march(16, '16:02:50'), [
    { name: 'GetCostAndUsage', request: { granularity: 'DAILY', metrics: ['UnblendedCost'] } },
    {
      after: 9,
      name: 'GetCostForecast',
      request: { granularity: 'MONTHLY', metric: 'UNBLENDED_COST' },
    },
  ]);
}

/** A conference in Germany: every call is from outside the home countries, and harmless. */
function danielTravels(trail: Trail): void {
  const daniel = roleSession(
    ROLES.platform,
    MAIL.daniel,
    temporaryKey(PRODUCTION, 'daniel hotel'),
    march(18, '06:31'),
    SEATS.danielHotel,
  );
  trail.log({ ...consoleLogin(false), by: signingIn(daniel), at: march(18, '06:31:00') });
  play(trail, { by: daniel, service: 'cloudwatch' }, march(18, '06:31:12'), [
    { service: 'monitoring', name: 'DescribeAlarms', request: { maxRecords: 100 } },
    { after: 6, service: 'ecs', name: 'ListServices', request: { cluster: 'storefront' } },
    {
      after: 2,
      service: 'ecs',
      name: 'DescribeServices',
      request: { cluster: 'storefront', services: ['web', 'search'] },
    },
    { after: 22, service: 'logs', name: 'DescribeLogGroups', request: { limit: 50 } },
    {
      after: 17,
      service: 'ecs',
      name: 'UpdateService',
      request: { cluster: 'storefront', service: 'search', desiredCount: 4 },
    },
  ]);
}

/** Priya Nair's work on Monday and Wednesday. */
function platformWork(trail: Trail): void {
  const priya = roleSession(
    ROLES.platform,
    MAIL.priya,
    temporaryKey(PRODUCTION, 'priya work'),
    march(16, '09:20'),
    SEATS.priya,
  );
  play(trail, { by: priya, service: 'iam' }, march(16, '09:21:30'), [
    { name: 'AddUserToGroup', request: { groupName: 'Readers', userName: 'grafana-reader' } },
    {
      after: 20,
      name: 'AttachRolePolicy',
      request: {
        roleName: 'amplify-preview',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess-Amplify',
      },
      fires: ['iam-policy'],
    },
    {
      after: 9,
      name: 'PutRolePolicy',
      request: {
        roleName: ROLES.orders.name,
        policyName: 'queue',
        policyDocument: policy({ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: '*' }),
      },
      fires: ['iam-policy'],
    },
    {
      ...onBucket('PutBucketCors', BUCKETS.assets, PRODUCTION, {
        cors: '',
        CORSConfiguration: {
          CORSRule: { AllowedMethod: 'GET', AllowedOrigin: 'https://shop.fernlight.example' },
        },
      }),
      after: 40,
      fires: ['s3-bucket-policy'],
    },
    { ...onBucket('PutBucketTagging', BUCKETS.assets, PRODUCTION, { tagging: '' }), after: 5 },
    {
      after: 30,
      service: 'rds',
      name: 'CreateDBInstance',
      request: {
        dBInstanceIdentifier: 'reports',
        engine: 'postgres',
        dBInstanceClass: 'db.t4g.medium',
        publiclyAccessible: false,
        masterUserPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
      response: { dBInstanceIdentifier: 'reports', publiclyAccessible: false },
    },
  ]);
  const wednesday = roleSession(
    ROLES.platform,
    MAIL.priya,
    temporaryKey(PRODUCTION, 'priya wednesday'),
    march(18, '09:11'),
    SEATS.priya,
  );
  play(trail, { by: wednesday, service: 'acm' }, march(18, '09:11:20'), [
    { name: 'DescribeCertificate', request: { certificateArn: SHOP_CERTIFICATE } },
    {
      after: 7,
      name: 'RenewCertificate',
      request: { certificateArn: SHOP_CERTIFICATE },
      fires: ['acm-update'],
    },
    {
      after: 12,
      name: 'RequestCertificate',
      request: { domainName: 'status.fernlight.example', validationMethod: 'DNS' },
    },
    {
      after: 33,
      service: 'cloudfront',
      name: 'CreateInvalidation',
      apiVersion: '2020_05_31',
      request: {
        distributionId: DISTRIBUTION,
        invalidationBatch: { paths: { quantity: 1, items: ['/help/*'] } },
      },
    },
    { after: 15, service: 'kms', name: 'DisableKeyRotation', request: { keyId: 'alias/build' } },
  ]);
}

/** The platform team arranges accounts. */
function organizationWork(trail: Trail): void {
  const daniel = roleSession(
    ROLES.organizationAdmin,
    MAIL.daniel,
    temporaryKey(MANAGEMENT, 'daniel organization'),
    march(16, '17:10'),
    SEATS.daniel,
  );
  trail.log({ ...consoleLogin(false), by: signingIn(daniel), at: march(16, '17:10:20') });
  play(trail, { by: daniel, service: 'organizations' }, march(16, '17:10:31'), [
    { name: 'ListRoots', request: {} },
    { name: 'ListAccounts', request: {} },
    {
      after: 44,
      name: 'CreateOrganizationalUnit',
      request: { parentId: 'r-4f2a', name: 'Sandboxes' },
      fires: ['cis-organizations'],
    },
    {
      after: 9,
      name: 'TagResource',
      request: { resourceId: PRODUCTION, tags: [{ key: 'owner', value: 'platform' }] },
    },
  ]);
}
