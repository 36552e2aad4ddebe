/** Act 9, Tuesday 04:51: what the shop needs is destroyed, and a note is left. */
import { onObject } from '../aws.ts';
import { longTime, march } from '../clock.ts';
import {
  backupUser,
  BUCKETS,
  DATA_KEY,
  DISTRIBUTION,
  EXPORTS_KEY,
  PRODUCTION,
  SHOP_CERTIFICATE,
} from '../company.ts';
import { play, type Trail } from '../trail.ts';

/** Export files that are deleted. */
const DELETED = 32;

export function impact(trail: Trail): void {
  const start = march(17, '04:51:09');
  play(trail, { by: backupUser, service: 'kms' }, start, [
    {
      name: 'DisableKey',
      request: { keyId: DATA_KEY },
      response: { keyId: DATA_KEY },
      resources: key(DATA_KEY),
      fires: ['kms-disable'],
    },
    {
      after: 6,
      name: 'ScheduleKeyDeletion',
      request: { keyId: EXPORTS_KEY, pendingWindowInDays: 7 },
      response: {
        keyId: EXPORTS_KEY,
        deletionDate: longTime(march(24, '04:51:15')),
        keyState: 'PendingDeletion',
        pendingWindowInDays: 7,
      },
      resources: key(EXPORTS_KEY),
      fires: ['kms-disable'],
    },
    {
      after: 22,
      service: 'cloudfront',
      name: 'GetDistributionConfig',
      apiVersion: '2020_05_31',
      request: { id: DISTRIBUTION },
    },
    {
      after: 41,
      service: 'cloudfront',
      name: 'UpdateDistribution',
      apiVersion: '2020_05_31',
      request: {
        id: DISTRIBUTION,
        ifMatch: 'E1FERNLIGHT0ETAG',
        distributionConfig: {
          comment: 'storefront',
          enabled: true,
          origins: { quantity: 1, items: [{ id: 'main', domainName: 'fernlight-status.example' }] },
          logging: { enabled: false },
        },
      },
      response: { distribution: { id: DISTRIBUTION, status: 'InProgress' }, eTag: 'E2FERNLIGHT1ETAG' },
      fires: ['cloudfront-update'],
    },
    {
      after: 18,
      service: 'acm',
      name: 'UpdateCertificateOptions',
      request: {
        certificateArn: SHOP_CERTIFICATE,
        options: { certificateTransparencyLoggingPreference: 'DISABLED' },
      },
      fires: ['acm-update'],
    },
    {
      after: 9,
      service: 'acm',
      name: 'DeleteCertificate',
      request: {
        certificateArn: `arn:aws:acm:us-east-1:${PRODUCTION}:certificate/0b9c4d7e-3a16-48f5-92ed-c1f7a0e8b364`,
      },
      fires: ['acm-delete'],
    },
    {
      after: 7,
      service: 'iam',
      name: 'DeleteServerCertificate',
      request: { serverCertificateName: 'shop-fernlight-2025' },
      fires: ['acm-delete'],
    },
  ]);
  const from = march(17, '04:53:20');
  for (let i = 0; i < DELETED; i++) {
    const name = `orders/2026/${`${1 + (i % 3)}`.padStart(2, '0')}/part-${`${i}`.padStart(5, '0')}.parquet`;
    trail.log({
      ...onObject('DeleteObject', BUCKETS.exports, name, PRODUCTION, 0),
      by: backupUser,
      at: from + i * 2_000,
    });
  }
  trail.log({
    ...onObject('PutObject', BUCKETS.exports, 'READ-THIS-FIRST.txt', PRODUCTION, 1_184),
    by: backupUser,
    at: from + 70_000,
  });
}

function key(arn: string): { accountId: string; type: string; ARN: string }[] {
  return [{ accountId: PRODUCTION, type: 'AWS::KMS::Key', ARN: arn }];
}
