import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountOfKey, repairAccount } from '../../../src/core/formats/rebuild/account.ts';
import { recordOfEcs } from '../../../src/core/formats/rebuild/ecs.ts';
import { recordOfOcsf } from '../../../src/core/formats/rebuild/ocsf.ts';
import { pathOfColumn } from '../../../src/core/formats/rebuild/schema.ts';
import { parseStruct } from '../../../src/core/formats/rebuild/struct.ts';
import { isoTime } from '../../../src/core/formats/rebuild/values.ts';

describe('parseStruct', () => {
  test('a user identity as Athena prints it', () => {
    expect(
      parseStruct(
        '{type=AssumedRole, principalid=AROA:x, arn=arn:aws:sts::1:assumed-role/r/s, accesskeyid=null, ' +
          'sessioncontext={attributes={mfaauthenticated=false, creationdate=2024-01-02T03:04:05Z}, ' +
          'sessionissuer={type=Role, username=r}, webidfederationdata={}}}',
      ),
    ).toEqual({
      type: 'AssumedRole',
      principalId: 'AROA:x',
      arn: 'arn:aws:sts::1:assumed-role/r/s',
      sessionContext: {
        attributes: { mfaAuthenticated: 'false', creationDate: '2024-01-02T03:04:05Z' },
        sessionIssuer: { type: 'Role', userName: 'r' },
        webIdFederationData: {},
      },
    });
  });

  test.each<[string, unknown]>([
    ['[{accountid=1, type=T, arn=a}, {arn=b}]', [{ accountId: '1', type: 'T', arn: 'a' }, { arn: 'b' }]],
    [
      '{useragent=Mozilla/5.0 (X11; Linux), like Gecko, other=1}',
      { userAgent: 'Mozilla/5.0 (X11; Linux), like Gecko', other: '1' },
    ],
    ['{uid=97(7(Nb>}, uuid=null, errorcode=500}', { uid: '97(7(Nb>', errorCode: '500' }],
    ['{list=[a, b], map={k=v}}', { list: ['a', 'b'], map: { k: 'v' } }],
    ['{a==b=, c=}', { a: '=b=' }],
    ['{}', {}],
    ['[]', []],
    ['no struct', null],
  ])('%s', (text, value) => {
    expect(parseStruct(text)).toEqual(value);
  });

  test('ends on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '=', ',', ' ', 'a') }), (text) => {
        parseStruct(`{${text}}`);
        parseStruct(`[${text}]`);
      }),
    );
  });
});

test.each([
  ['Event ID', 'eventID'],
  ['event_id', 'eventID'],
  ['sourceipaddress', 'sourceIPAddress'],
  ['UserIdentityAccountId', 'userIdentity.accountId'],
  ['userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.sessionContext.sessionIssuer.arn'],
  ['requestParameters.instancesSet.items', 'requestParameters.instancesSet.items'],
  ['count(*)', undefined],
  ['hostname', undefined],
])('column %s belongs to %s', (column, path) => {
  expect(pathOfColumn(column)?.join('.')).toBe(path);
});

describe('accounts', () => {
  // Keys of known accounts: the first from AWS's documentation of no account, the second of the real data set.
  test('of access keys', () => {
    expect(accountOfKey('ASIATFQR7NSC7E2ZIBM2')).toBe('218007301253');
    expect(accountOfKey('AIDATFQR7NSC5AU2ZV3IE')).toBe('218007301253');
    expect(accountOfKey('AKIAIOSFODNN7EXAMPLE')).toBeNull();
    expect(accountOfKey('alice')).toBeNull();
  });

  test('repaired when exactly one fits', () => {
    expect(repairAccount('5.28758E+11', ['528757999999', '123456789012'])).toBe('528757999999');
    expect(repairAccount('5,28758E+11', ['528758000001'])).toBe('528758000001');
    expect(repairAccount('5.28758E+11', ['528758000001', '528758000002'])).toBeNull();
    expect(repairAccount('5.28758E+11', [])).toBeNull();
  });
});

test.each([
  ['2023-07-10 11:54:47.000', '2023-07-10T11:54:47Z'],
  ['2023-07-10 11:54:47.123000000', '2023-07-10T11:54:47.123Z'],
  ['2023-07-10T11:54:47Z', '2023-07-10T11:54:47Z'],
  ['2023-07-10 11:54:47 UTC', '2023-07-10T11:54:47Z'],
  ['redacted', 'redacted'],
])('time %s', (text, time) => {
  expect(isoTime(text)).toBe(time);
});

test('a document in the Elastic Common Schema', () => {
  expect(
    recordOfEcs({
      '@timestamp': '2024-01-02T03:04:05.000Z',
      event: { action: 'AssumeRole', provider: 'sts.amazonaws.com', id: 'x' },
      'user.name': 'alice',
      cloud: { region: 'eu-west-1', 'account.id': '1' },
      aws: {
        cloudtrail: {
          flattened: { request_parameters: { a: 1 } },
          request_parameters: '{a=1}',
          event_type: 'AwsApiCall',
        },
      },
    }),
  ).toEqual({
    userIdentity: { accountId: '1', userName: 'alice' },
    eventTime: '2024-01-02T03:04:05Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    awsRegion: 'eu-west-1',
    requestParameters: { a: 1 },
    eventID: 'x',
    eventType: 'AwsApiCall',
    recipientAccountId: '1',
  });
});

test('an OCSF event', () => {
  expect(
    recordOfOcsf({
      class_uid: 6003,
      time: 1704164645000,
      metadata: { uid: 'x', product: { name: 'CloudTrail', version: '1.08' } },
      api: { operation: 'AssumeRole', service: { name: 'sts.amazonaws.com' } },
      src_endpoint: { ip: '192.0.2.1' },
      unmapped: { managementEvent: 'true', 'userIdentity.sessionContext.sourceIdentity': 'alice' },
    }),
  ).toEqual({
    eventVersion: '1.08',
    eventTime: '2024-01-02T03:04:05Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    sourceIPAddress: '192.0.2.1',
    eventID: 'x',
    managementEvent: 'true',
    userIdentity: { sessionContext: { sourceIdentity: 'alice' } },
  });
});
