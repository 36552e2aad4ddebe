/** Act 4, Tuesday 02:26: logging is cut down. The organization's own trail is out of reach, so the story goes on. */
import { onBucket } from '../aws.ts';
import { march } from '../clock.ts';
import { backupUser, BUCKETS, DETECTOR, PRODUCTION, TRAIL_ARN } from '../company.ts';
import { play, type Trail } from '../trail.ts';

const SELECTORS = {
  trailName: 'production',
  eventSelectors: [
    {
      readWriteType: 'ReadOnly',
      includeManagementEvents: false,
      dataResources: [{ type: 'AWS::Lambda::Function', values: ['arn:aws:lambda'] }],
      excludeManagementEventSources: [],
    },
  ],
};

export function blinding(trail: Trail): void {
  play(trail, { by: backupUser, service: 'cloudtrail' }, march(17, '02:26:08'), [
    { name: 'DescribeTrails', request: { trailNameList: [] } },
    { name: 'GetTrailStatus', request: { name: TRAIL_ARN } },
    { name: 'GetEventSelectors', request: { trailName: TRAIL_ARN } },
    {
      after: 20,
      name: 'PutEventSelectors',
      request: SELECTORS,
      response: { trailARN: TRAIL_ARN, eventSelectors: SELECTORS.eventSelectors },
      fires: ['cloudtrail-change'],
    },
    {
      after: 14,
      name: 'StopLogging',
      request: { name: TRAIL_ARN },
      fires: ['cloudtrail-change'],
    },
    {
      after: 8,
      name: 'DeleteTrail',
      denied: {
        action: 'cloudtrail:DeleteTrail',
        resource: `arn:aws:cloudtrail:us-east-1:${PRODUCTION}:trail/organization`,
        code: 'AccessDeniedException',
        because: 'of an explicit deny in a service control policy',
      },
      fires: ['cloudtrail-change'],
    },
    {
      ...onBucket('PutBucketLifecycle', BUCKETS.trail, PRODUCTION, {
        lifecycle: '',
        LifecycleConfiguration: {
          xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
          Rule: { ID: 'cleanup', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } },
        },
      }),
      after: 35,
      fires: ['s3-bucket-policy'],
    },
  ]);
  for (const [region, time] of [
    ['us-east-1', '02:28:20'],
    ['us-west-2', '02:28:41'],
  ] as const) {
    play(trail, { by: backupUser, region, service: 'config' }, march(17, time), [
      { name: 'DescribeConfigurationRecorders', request: {} },
      {
        name: 'StopConfigurationRecorder',
        request: { configurationRecorderName: 'default' },
        fires: ['config-change'],
      },
      {
        name: 'DeleteDeliveryChannel',
        request: { deliveryChannelName: 'default' },
        fires: ['config-change'],
      },
      { after: 6, service: 'guardduty', name: 'ListDetectors', request: {} },
      {
        service: 'guardduty',
        name: 'UpdateDetector',
        request: { detectorId: DETECTOR, enable: false },
      },
    ]);
  }
}
