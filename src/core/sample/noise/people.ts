/** People in the console: every page that they open asks a dozen services. */
import { onBehalfOf, roleSession, type JsonObject, type Role, type Seat } from '../actor.ts';
import { consoleLogin, onBucket, signingIn } from '../aws.ts';
import { BUCKETS, MAIL, PRODUCTION, ROLES, SEATS, temporaryKey } from '../company.ts';
import type { NoiseWindow, Source } from './window.ts';

const PAGES: [service: string, name: string, request: JsonObject][][] = [
  [
    ['ec2', 'DescribeRegions', { regionSet: {}, allRegions: true }],
    ['ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }],
    ['ec2', 'DescribeInstanceStatus', { instancesSet: {}, filterSet: {} }],
    ['ec2', 'DescribeTags', { filterSet: {} }],
    ['monitoring', 'DescribeAlarms', { maxRecords: 100 }],
    ['compute-optimizer', 'GetEnrollmentStatus', {}],
  ],
  [
    ['ecs', 'ListClusters', {}],
    ['ecs', 'DescribeClusters', { clusters: ['storefront'] }],
    ['ecs', 'ListServices', { cluster: 'storefront' }],
    ['ecs', 'DescribeServices', { cluster: 'storefront', services: ['web', 'search'] }],
    ['logs', 'DescribeLogGroups', { logGroupNamePrefix: '/ecs/storefront' }],
  ],
  [
    ['rds', 'DescribeDBInstances', {}],
    ['rds', 'DescribeDBClusters', {}],
    ['rds', 'DescribeEvents', { duration: 1440 }],
    ['rds', 'DescribePendingMaintenanceActions', {}],
  ],
  [
    ['lambda', 'ListFunctions20150331', {}],
    ['lambda', 'GetAccountSettings20160819', {}],
    ['lambda', 'GetFunction20150331v2', { functionName: 'orders-handler' }],
    [
      'logs',
      'StartQuery',
      { logGroupName: '/aws/lambda/orders-handler', queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    ],
  ],
  [
    ['cloudfront', 'ListDistributions', {}],
    ['cloudfront', 'GetDistribution', { id: 'E2QWFERNLIGHT1' }],
    ['acm', 'ListCertificates', { maxItems: 100 }],
    ['wafv2', 'ListWebACLs', { scope: 'CLOUDFRONT' }],
  ],
  [
    ['iam', 'ListRoles', { maxItems: 1000 }],
    ['iam', 'GetRole', { roleName: 'fernlight-orders-handler' }],
    ['iam', 'ListAttachedRolePolicies', { roleName: 'fernlight-orders-handler' }],
    ['iam', 'ListRolePolicies', { roleName: 'fernlight-orders-handler' }],
  ],
];

const STAFF: [mail: string, role: Role, seat: Seat][] = [
  [MAIL.priya, ROLES.platform, SEATS.priya],
  [MAIL.arjun, ROLES.developer, SEATS.arjun],
  [MAIL.daniel, ROLES.platform, SEATS.daniel],
  [MAIL.mei, ROLES.security, SEATS.mei],
];

/** Someone of the staff opens a page or two. Bengaluru works from 04:00 to 12:00 UTC, Seattle from 16:00 to 24:00. */
export const people: Source = (window) => {
  const hour = new Date(window.start).getUTCHours();
  const staff = hour >= 4 && hour < 12 ? STAFF.slice(0, 2) : hour >= 16 ? STAFF.slice(2) : [];
  for (const [mail, role, seat] of staff) {
    if (window.random.chance(0.6)) browse(window, mail, role, seat);
  }
};

function browse(window: NoiseWindow, mail: string, role: Role, seat: Seat): void {
  const { random } = window;
  let at = window.moment(80);
  const since = at - random.below(3000) * 1000;
  const by = roleSession(role, mail, temporaryKey(role.account, `${mail} ${since}`), since, seat);
  // Single sign-on has asked for the second factor itself, so CloudTrail says No here: not an alert.
  if (random.chance(0.35)) window.log({ ...consoleLogin(false), by: signingIn(by), at: at - 1_000 });
  for (const [service, name, request] of random.pick(PAGES)) {
    window.log({ at, by, service, name, request });
    at += 1_000 * random.below(4);
  }
  if (random.chance(0.5)) {
    const health = onBehalfOf(by, 'health', '');
    window.log({
      at,
      by: { ...health, agent: 'AWS Internal', console: true },
      service: 'health',
      name: 'DescribeEventAggregates',
      request: { filter: { eventStatusCodes: ['open', 'upcoming'] }, aggregateField: 'eventTypeCategory' },
    });
  }
  if (random.chance(0.3)) {
    for (const name of ['GetBucketVersioning', 'GetBucketLocation', 'GetBucketAcl']) {
      window.log({ ...onBucket(name, BUCKETS.assets, PRODUCTION), by, at: at + 2_000 });
    }
    window.log({
      ...onBucket('HeadBucket', BUCKETS.exports, PRODUCTION),
      by,
      at: at + 3_000,
      error: ['AccessDenied', 'Access Denied'],
    });
  }
}
