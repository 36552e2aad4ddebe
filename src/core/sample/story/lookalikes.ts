/** Near misses: things that look like an alert and must not fire, beside a few that do. */
import { awsService, roleSession, rootUser, type Actor } from '../actor.ts';
import { onBucket } from '../aws.ts';
import { march } from '../clock.ts';
import { BUCKETS, MAIL, PRODUCTION, ROLES, SEATS, temporaryKey } from '../company.ts';
import { play, type Trail } from '../trail.ts';

export function lookalikes(trail: Trail): void {
  probes(trail);
  sameNames(trail);
  forwardedRoot(trail);
}

/** Denials that are worth an alert each, and those that are only noise. */
function probes(trail: Trail): void {
  const arjun = roleSession(
    ROLES.developer,
    MAIL.arjun,
    temporaryKey(PRODUCTION, 'arjun'),
    march(16, '07:02'),
    SEATS.arjunPhone,
  );
  play(trail, { by: arjun, service: 'iam' }, march(16, '07:03:10'), [
    {
      name: 'ListRoles',
      denied: { action: 'iam:ListRoles', resource: `arn:aws:iam::${PRODUCTION}:role/` },
    },
    {
      after: 25,
      service: 'kms',
      name: 'DescribeKey',
      denied: {
        action: 'kms:DescribeKey',
        resource: `arn:aws:kms:us-east-1:${PRODUCTION}:key/alias`,
        code: 'AccessDeniedException',
      },
    },
    {
      ...onBucket('HeadBucket', BUCKETS.trail, PRODUCTION),
      after: 14,
      error: ['AccessDenied', 'Access Denied'],
    },
    {
      ...onBucket('GetBucketPolicy', BUCKETS.assets, PRODUCTION, { policy: '' }),
      after: 6,
      error: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
    },
  ]);
}

/** The same names in other services, and the flags of other databases. */
function sameNames(trail: Trail): void {
  const by = roleSession(
    ROLES.platform,
    MAIL.priya,
    temporaryKey(PRODUCTION, 'priya elsewhere'),
    march(18, '10:01'),
    SEATS.priya,
  );
  play(trail, { by, service: 'lightsail' }, march(18, '10:01:25'), [
    { name: 'UpdateDistribution', request: { distributionName: 'blog' } },
    { service: 'apigateway', name: 'CreateRoute', request: { apiId: 'k3v9f1x7ab', routeKey: 'GET /orders' } },
    {
      service: 'iot',
      name: 'DeleteCertificate',
      request: { certificateId: '4f0ba725787aa94d67d2fca420eca022242532e8b3c58e7465c7778b443fd65e' },
    },
    { service: 'inspector2', name: 'Enable', request: { resourceTypes: ['ECR'] } },
    {
      service: 'storagegateway',
      name: 'DeleteGateway',
      request: { gatewayARN: `arn:aws:storagegateway:us-east-1:${PRODUCTION}:gateway/sgw-5F3C9A1B` },
    },
    {
      service: 'autoscaling',
      name: 'DeletePolicy',
      request: { autoScalingGroupName: 'workers', policyName: 'cpu-60' },
    },
    {
      service: 'redshift',
      name: 'ModifyCluster',
      request: { clusterIdentifier: 'warehouse', publiclyAccessible: true },
    },
  ]);
}

/** Root, but only as the one in whose name a service calls. */
function forwardedRoot(trail: Trail): void {
  const root = rootUser(PRODUCTION, '', march(18, '10:02'), awsService('support', PRODUCTION));
  const forwarded: Actor = {
    ...root,
    service: true,
    identity: { ...root.identity, invokedBy: 'support.amazonaws.com' },
  };
  trail.log({
    at: march(18, '10:02:11'),
    by: forwarded,
    service: 'iam',
    name: 'CreateServiceLinkedRole',
    request: { aWSServiceName: 'support.amazonaws.com' },
  });
}
