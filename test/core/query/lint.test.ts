import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintQuery, parseQuery, QueryError, type Lint } from '../../../src/core/query/index.ts';
import { HAVE_VECTORS, sharedText } from './vectors.ts';

function only(query: string): Lint {
  const lints = lintQuery(query);
  expect(lints.map(({ code }) => code)).toHaveLength(1);
  return lints[0]!;
}

describe('lints', () => {
  it.each([
    // What AND, OR and NOT mean.
    [
      'readOnly:true OR errorCode:x AND eventName:RunInstances',
      'mixed-operators',
      'readOnly:true OR (errorCode:x AND eventName:RunInstances)',
    ],
    [
      'readOnly:true AND errorCode:x OR errorCode:y',
      'mixed-operators',
      '(readOnly:true AND errorCode:x) OR errorCode:y',
    ],
    ['errorCode:x OR NOT errorCode:y', 'or-not', 'errorCode:x OR (NOT errorCode:y)'],
    ['NOT errorCode:x OR errorCode:y', 'or-not', '(NOT errorCode:x) OR errorCode:y'],
    ['errorCode:x and readOnly:true', 'lower-case-operator', 'errorCode:x AND readOnly:true'],
    ['errorCode:x - readOnly:true', 'operator-as-word', 'errorCode:x -readOnly:true'],
    // Values that are read otherwise than they look.
    ['eventSource:s3.amazonaws.com', 'splits-into-words', 'eventSource:"s3.amazonaws.com"'],
    ['errorMessage:not authorized', 'word-without-field', 'errorMessage:"not authorized"'],
    [
      'eventName.keyword:(RunInstances StopInstances)',
      'adjacent-words-on-keyword',
      'eventName.keyword:(RunInstances OR StopInstances)',
    ],
    [
      'eventName.keyword:(CreateTrail|UpdateTrail)',
      'pattern-without-slashes',
      'eventName.keyword:/(CreateTrail|UpdateTrail)/',
    ],
    [
      'eventName.keyword:CreateTrail|UpdateTrail',
      'pattern-without-slashes',
      'eventName.keyword:/CreateTrail|UpdateTrail/',
    ],
    [
      'eventName.keyword:((Stop|Put)ConfigurationRecorder|((Delete|Put)DeliveryChannel))',
      'pattern-without-slashes',
      'eventName.keyword:/((Stop|Put)ConfigurationRecorder|((Delete|Put)DeliveryChannel))/',
    ],
    [
      'eventName.keyword:(Stop|Delete)Trail',
      'pattern-without-slashes',
      'eventName.keyword:/(Stop|Delete)Trail/',
    ],
    [
      'eventName.keyword:Create(User|Role) AND errorCode.keyword:x',
      'pattern-without-slashes',
      'eventName.keyword:/Create(User|Role)/ AND errorCode.keyword:x',
    ],
    [
      'eventName.keyword:(Create|Put)(User)?',
      'pattern-without-slashes',
      'eventName.keyword:/(Create|Put)(User)?/',
    ],
    ['userAgent:aws-cli*', 'wildcard-over-words', 'userAgent.keyword:aws-cli*'],
    ['errorMessage:"-"', 'no-words', 'errorMessage.keyword:"-"'],
    ['sourceIPAddress:"10.0.0.0/8"', 'network-on-text', 'sourceIPAddress.keyword:"10.0.0.0/8"'],
    // Patterns.
    ['eventName.keyword:/^Create.*$/', 'anchors', 'eventName.keyword:/Create.*/'],
    [
      'eventSource.keyword:/(?:ec2|s3)\\.amazonaws\\.com/',
      'foreign-group',
      'eventSource.keyword:/(ec2|s3)\\.amazonaws\\.com/',
    ],
    ['userIdentity.arn.keyword:/(?i)admin.*/', 'foreign-group', 'userIdentity.arn.keyword:/admin.*/i'],
    [
      'userIdentity.accountId.keyword:/\\d{12}/',
      'class-escape',
      'userIdentity.accountId.keyword:/[0-9]{12}/',
    ],
    ['eventName:/Create.*/', 'capitals-in-text-pattern', 'eventName.keyword:/Create.*/'],
    // Fields.
    ['recipientAccountName:x', 'unknown-field', 'recipientAccountId:x'],
    ['publiclyAccessible:true', 'unknown-field', 'requestParameters.publiclyAccessible:true'],
    ['eventname.keyword:RunInstances', 'unknown-field', 'eventName.keyword:RunInstances'],
    ['_exists_:userIdentity.invokedby', 'unknown-field', '_exists_:userIdentity.invokedBy'],
    ['readOnly.keyword:true', 'keyword-of-other-type', 'readOnly:true'],
    ['_exists_:error*', 'exists-wildcard', '_exists_:error\\*'],
    // Names of events.
    ['eventName.keyword:RunInstance', 'unknown-event-name', 'eventName.keyword:RunInstances'],
    ['eventName.keyword:/TransitGateway/', 'unknown-event-name', 'eventName.keyword:/.*(TransitGateway).*/'],
    ['eventName.keyword:ModifyTrail', 'unknown-event-name', 'eventName.keyword:UpdateTrail'],
    ['eventName.keyword:Bucket', 'unknown-event-name', 'eventName.keyword:*Bucket*'],
    ['eventName.keyword:create*', 'unknown-event-name', 'eventName:create*'],
    ['eventName.keyword:/create.*/', 'unknown-event-name', 'eventName.keyword:/create.*/i'],
    [
      'eventSource.keyword:"iam.amazonaws.com" AND eventName.keyword:ModifyUserThing',
      'unknown-event-name',
      'eventSource.keyword:"iam.amazonaws.com" AND eventName.keyword:UpdateUser',
    ],
    // Patterns of other languages, without slashes.
    ['eventName.keyword:^CreateUser$', 'syntax', 'eventName.keyword:CreateUser'],
    ['eventName.keyword:^Create.*$', 'syntax', 'eventName.keyword:/Create.*/'],
    ['eventName:^Create', 'syntax', 'eventName.keyword:Create*'],
    [
      'NOT (eventName.keyword:^(Create|Delete)Trail$) AND readOnly:true',
      'syntax',
      'NOT (eventName.keyword:/(Create|Delete)Trail/) AND readOnly:true',
    ],
    [
      'eventName.keyword:(^CreateUser$ OR ^Delete.*$)',
      'syntax',
      'eventName.keyword:(CreateUser OR /Delete.*/)',
    ],
    [
      'userIdentity.arn.keyword:^arn:aws:iam::.*:user/admin$',
      'syntax',
      'userIdentity.arn.keyword:/arn:aws:iam::.*:user\\/admin/',
    ],
    ['eventName.keyword:[A-Z].*User', 'syntax', 'eventName.keyword:/[A-Z].*User/'],
    ['eventName.keyword:CreateUser$', 'pattern-without-slashes', 'eventName.keyword:*CreateUser'],
    ['eventName.keyword:Create.*', 'pattern-without-slashes', 'eventName.keyword:/Create.*/'],
    ['eventName.keyword:.+User', 'pattern-without-slashes', 'eventName.keyword:/.+User/'],
    [
      'userIdentity.userName.keyword:.*admin.*',
      'pattern-without-slashes',
      'userIdentity.userName.keyword:/.*admin.*/',
    ],
    // What cannot be read.
    ['eventTime:2023-07-10T11:42:36Z', 'syntax', 'eventTime:"2023-07-10T11:42:36Z"'],
    ['sourceIPAddress.keyword:10.0.0.0/8', 'syntax', 'sourceIPAddress.keyword:"10.0.0.0/8"'],
    ['requestParameters.items[0].port:22', 'syntax', 'requestParameters.items.port:22'],
    ['(errorCode:x OR (errorCode:y', 'syntax', '(errorCode:x OR (errorCode:y))'],
  ])('%s: %s', (query, code, fixed) => {
    const lint = only(query);
    expect([lint.code, lint.fix?.text]).toEqual([code, fixed]);
    expect(lintQuery(fixed).map((each) => each.code)).toEqual([]);
  });

  it('sees typographic quotes, and what they hide', () => {
    const lints = lintQuery('eventSource:\\”s3.amazonaws.com\\”');
    expect(lints.map(({ code, fix }) => [code, fix?.text])).toEqual([
      ['typographic-characters', 'eventSource:"s3.amazonaws.com"'],
    ]);
  });

  it('explains a comparison that is none', () => {
    const lints = lintQuery('eventTime:<"2023-07-10T12:00:00Z"');
    expect(lints.find(({ code }) => code === 'comparison-before-quote')?.fix?.text).toBe(
      'eventTime:[* TO "2023-07-10T12:00:00Z"}',
    );
  });

  it('offers every name that an unknown one is like', () => {
    const { message, fix, more } = only('eventName.keyword:DestroyBucket');
    expect([fix, ...(more ?? [])].map((each) => each?.text)).toEqual([
      'eventName.keyword:DeleteBucket',
      'eventName.keyword:DeleteBucketCors',
      'eventName.keyword:DeleteBucketPolicy',
    ]);
    expect(message).toContain('did you mean DeleteBucket or');
    expect(only('eventName.keyword:FooBar')).toMatchObject({
      message: expect.stringContaining('none is like it') as string,
    });
    expect(only('eventName.keyword:FooBar').fix).toBeUndefined();
  });

  it('takes what the data has', () => {
    const context = { fields: new Set(['custom.field']), eventNames: new Set(['OwnEvent']) };
    expect(lintQuery('custom.field:x AND eventName.keyword:OwnEvent', context)).toEqual([]);
    expect(lintQuery('custom.field:x AND eventName.keyword:OwnEvent').map(({ code }) => code)).toEqual([
      'unknown-field',
      'unknown-event-name',
    ]);
  });

  it('says nothing of queries that are fine', () => {
    for (const query of [
      '',
      '*',
      'errorCode:AccessDenied',
      'errorCode.keyword:(AccessDenied* OR *UnauthorizedOperation)',
      'eventSource.keyword:s3.*',
      'userIdentity.userName.keyword:HOST$',
      'eventName:(RunInstances OR StopInstances) AND NOT readOnly:true',
      'eventTime:[2023-07-10 TO *]',
      'requestParameters.items.port:>=1024',
      'sourceIPAddress.keyword:"10.0.0.0/8"',
      'sourceIPAddress_geoip.country_name.keyword:${home_countries}',
      'eventName.keyword:/UpdateFunctionCode[0-9]+v2/',
      '_exists_:userIdentity.invokedBy',
    ]) {
      expect({ query, lints: lintQuery(query) }).toEqual({ query, lints: [] });
    }
  });

  it.skipIf(!HAVE_VECTORS)('says nothing of the corrected alerts', () => {
    const alerts = JSON.parse(sharedText('spec/alerts.json')) as { corrected?: string }[];
    for (const { corrected } of alerts) {
      if (corrected !== undefined)
        expect({ corrected, lints: lintQuery(corrected) }).toEqual({ corrected, lints: [] });
    }
  });

  it('has places inside the query, and fixes that can be read, whatever the query', () => {
    const piece = fc.constantFrom(
      'a',
      'B|C',
      'AND',
      'OR',
      'NOT',
      'and',
      '(',
      ')',
      '"x y"',
      '"',
      '-',
      '!',
      ' ',
      ' ',
      ':',
      'eventName:',
      'eventName.keyword:',
      'readOnly.keyword:',
      '_exists_:',
      '/^A(?:b)$/',
      '/a',
      '*',
      'x*',
      'aws-cli*',
      '[1 TO 2]',
      '{',
      '~',
      '^2',
      '^Create.*$',
      'eventName.keyword:Mod.+',
      '$',
      '\\w',
      '[A-Z]',
      '10.0.0.0/8',
      '<',
      '”',
      '“',
      '\\',
      's3.amazonaws.com',
      '${x}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const query = pieces.join('');
        for (const { from, to, fix, more = [] } of lintQuery(query)) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(query.length);
          for (const each of fix === undefined ? [] : [fix, ...more])
            expect({ query, each, ok: isReadable(each.text) }).toMatchObject({ ok: true });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function isReadable(query: string): boolean {
  try {
    parseQuery(query);
    return true;
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}
