/** Act 6, Tuesday 03:14: customer exports, secrets, a database and a certificate are taken. */
import { onBehalfOf, seatedAt, type Actor } from '../actor.ts';
import { onBucket, onObject } from '../aws.ts';
import { MINUTE, march } from '../clock.ts';
import {
  backupUser,
  BUCKETS,
  DATA_KEY,
  PRODUCTION,
  SEATS,
  SHOP_CERTIFICATE,
  STRANGER,
  temporaryKey,
} from '../company.ts';
import { PLACES } from '../places.ts';
import { Random } from '../random.ts';
import { play, type Trail } from '../trail.ts';

/** Export files that are copied away with the stolen key, and then by nobody in particular. */
const COPIED = 96;
const ANONYMOUS = 14;

export function dataTaken(trail: Trail): void {
  openBucket(trail);
  copyObjects(trail);
  readSecrets(trail);
  copyDatabase(trail);
}

function openBucket(trail: Trail): void {
  const everyone = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Sync',
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [`arn:aws:s3:::${BUCKETS.exports}`, `arn:aws:s3:::${BUCKETS.exports}/*`],
      },
    ],
  };
  play(trail, { by: backupUser, service: 's3' }, march(17, '03:14:20'), [
    {
      ...onBucket('GetBucketPolicy', BUCKETS.exports, PRODUCTION, { policy: '' }),
      error: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
    },
    onBucket('GetBucketPublicAccessBlock', BUCKETS.exports, PRODUCTION, { publicAccessBlock: '' }),
    {
      ...onBucket('DeleteBucketPublicAccessBlock', BUCKETS.exports, PRODUCTION, { publicAccessBlock: '' }),
      after: 17,
      fires: ['s3-bucket-policy'],
    },
    {
      ...onBucket('PutBucketPolicy', BUCKETS.exports, PRODUCTION, { bucketPolicy: everyone, policy: '' }),
      after: 12,
      fires: ['s3-bucket-policy'],
    },
  ]);
}

function copyObjects(trail: Trail): void {
  const random = new Random('copied objects');
  const copier = seatedAt(backupUser, SEATS.copier);
  const nobody: Actor = {
    account: PRODUCTION,
    identity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
    address: PLACES.copyServer.address,
    agent: 'Wget/1.25.0',
  };
  for (let i = 0; i < COPIED + ANONYMOUS; i++) {
    const key = `orders/2026/${`${1 + (i % 3)}`.padStart(2, '0')}/part-${`${i}`.padStart(5, '0')}.parquet`;
    const step = onObject(
      'GetObject',
      BUCKETS.exports,
      key,
      PRODUCTION,
      4_000_000 + random.below(30_000_000),
    );
    const [by, at] =
      i < COPIED ? [copier, march(17, '03:16:05') + i * 5_000] : [nobody, march(17, '03:31:00') + i * 1_000];
    trail.log({ ...step, by, at });
  }
}

/** Each secret read is followed by a decryption that Secrets Manager asks for in the caller's name. */
function readSecrets(trail: Trail): void {
  const start = march(17, '03:41:15');
  ['prod/storefront/database', 'prod/payments/gateway', 'prod/mail/relay', 'prod/search/admin'].forEach(
    (name, i) => {
      const at = start + i * 4_000;
      const secretId = `arn:aws:secretsmanager:us-east-1:${PRODUCTION}:secret:${name}-h7Qd2k`;
      trail.log({
        at,
        by: backupUser,
        service: 'secretsmanager',
        name: 'GetSecretValue',
        request: { secretId },
      });
      trail.log({
        at,
        by: onBehalfOf(backupUser, 'secretsmanager', temporaryKey(PRODUCTION, `secret ${i}`)),
        service: 'kms',
        name: 'Decrypt',
        request: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext: { SecretARN: secretId } },
        resources: [{ accountId: PRODUCTION, type: 'AWS::KMS::Key', ARN: DATA_KEY }],
      });
    },
  );
}

function copyDatabase(trail: Trail): void {
  const copy = {
    dBInstanceIdentifier: 'orders-sync',
    dBSnapshotIdentifier: 'orders-sync-0317',
    dBInstanceClass: 'db.r6g.large',
    publiclyAccessible: true,
  };
  play(trail, { by: backupUser, service: 'rds' }, march(17, '03:42:10'), [
    { name: 'DescribeDBInstances', request: { dBInstanceIdentifier: 'orders' } },
    {
      after: 14,
      name: 'CreateDBSnapshot',
      request: { dBInstanceIdentifier: 'orders', dBSnapshotIdentifier: 'orders-sync-0317' },
      response: { dBSnapshotIdentifier: 'orders-sync-0317', status: 'creating' },
    },
    {
      after: 30,
      service: 'ec2',
      name: 'ModifySnapshotAttribute',
      request: {
        snapshotId: 'snap-0a7f3e9d5c1b28640',
        createVolumePermission: { add: { items: [{ userId: STRANGER }] } },
        attributeType: 'CREATE_VOLUME_PERMISSION',
      },
      response: { _return: true },
    },
  ]);
  play(trail, { by: backupUser, service: 'rds' }, march(17, '03:42:10') + 9 * MINUTE, [
    {
      name: 'RestoreDBInstanceFromDBSnapshot',
      request: copy,
      response: { ...copy, dBInstanceStatus: 'creating', endpoint: { port: 5432 } },
      fires: ['rds-public'],
    },
    {
      after: 95,
      name: 'ModifyDBInstance',
      request: {
        dBInstanceIdentifier: 'orders-sync',
        masterUserPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        applyImmediately: true,
      },
      response: { dBInstanceIdentifier: 'orders-sync', publiclyAccessible: true },
    },
    {
      after: 40,
      service: 'acm',
      name: 'ExportCertificate',
      readOnly: true,
      request: {
        certificateArn: SHOP_CERTIFICATE,
        passphrase: { hb: [72, 73, 68, 68, 69, 78], offset: 0, isReadOnly: false, bigEndian: true },
      },
      fires: ['acm-export'],
    },
  ]);
}
