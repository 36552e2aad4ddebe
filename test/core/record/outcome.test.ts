import { describe, expect, it } from 'vitest';
import { outcomeOf, saidBy } from '../../../src/core/record/outcome.ts';
import { TableFields } from '../../../src/core/table/fields.ts';
import { blockOf, tableOf } from '../table/support.ts';
import { readRecords, realFolder } from './real-records.ts';

describe('outcomeOf', () => {
  it.each([
    'AccessDenied',
    'AccessDeniedException',
    'KMS.AccessDeniedException',
    'VpceAccessDenied',
    'access denied',
    'accessdenied',
    'UnauthorizedOperation',
    'Client.UnauthorizedOperation',
    'UnauthorizedException',
    'AuthorizationError',
    'AuthorizationErrorException',
    'NotAuthorizedException',
    'Client.AuthFailure',
    'ForbiddenException',
    '403',
  ])('tells %s as denied', (code) => {
    expect(outcomeOf(code, 'nothing')).toBe('denied');
  });

  it.each([
    'ThrottlingException',
    'NoSuchBucketPolicy',
    'Client.DryRunOperation',
    'Client.InvalidVolume.NotFound',
    'InvalidAccessException',
    'AuthorizationAlreadyExists',
    'AuthorizationPendingException',
    'InternalFailure',
    '404',
  ])('tells %s as an error', (code) => {
    expect(outcomeOf(code, 'nothing')).toBe('error');
  });

  it('tells the rest as success', () => {
    expect(outcomeOf('', 'nothing')).toBe('success');
    expect(outcomeOf('200', 'nothing')).toBe('success');
  });

  it('believes what is said beside the code', () => {
    expect(outcomeOf('', 'refused')).toBe('denied');
    expect(outcomeOf('SomeError', 'refused')).toBe('denied');
    expect(outcomeOf('', 'failed')).toBe('error');
    expect(outcomeOf('200', 'failed')).toBe('error');
    expect(outcomeOf('AccessDenied', 'failed')).toBe('denied');
  });
});

describe('saidBy', () => {
  it.each([
    ['', false, 'nothing'],
    ['Failed authentication', true, 'refused'],
    ['', true, 'refused'],
    ['The certificate has expired.', false, 'failed'],
    ['User: arn:aws:iam::111122223333:user/alice is not authorized to perform: x:Y', false, 'refused'],
    ['Access Denied', false, 'refused'],
  ] as const)('%j, refused: %j', (message, refused, expected) => {
    expect(saidBy(message, refused)).toBe(expected);
  });
});

describe('the scanner and the table', () => {
  const signIn = (answer: object, more: object = {}): object => ({
    eventSource: 'signin.amazonaws.com',
    responseElements: answer,
    ...more,
  });

  it.each([
    [
      'a call',
      { eventName: 'ListUsers', errorCode: null, errorMessage: null, responseElements: null },
      'success',
    ],
    ['a denied call', { errorCode: 'AccessDenied', errorMessage: 'no', responseElements: null }, 'denied'],
    ['a failed call', { errorMessage: 'not found', errorCode: 'NoSuchKey' }, 'error'],
    ['a sign-in', signIn({ ConsoleLogin: 'Success' }), 'success'],
    [
      'a failed sign-in',
      signIn({ ConsoleLogin: 'Failure' }, { errorMessage: 'Failed authentication' }),
      'denied',
    ],
    ['a failed sign-in without a word', signIn({ ConsoleLogin: 'Failure' }), 'denied'],
    ['a failed switch of roles', signIn({ SwitchRole: 'Failure' }), 'denied'],
    ['a failed MFA check', signIn({ CheckMfa: 'Failure' }), 'denied'],
    ['another Failure', signIn({ Status: 'Failure' }), 'success'],
    ['an answer deeper down', signIn({ x: { SwitchRole: 'Failure' } }), 'success'],
    ['an Identity Center sign-in', { serviceEventDetails: { CredentialVerification: 'Success' } }, 'success'],
    ['a failed one', { serviceEventDetails: { CredentialVerification: 'Failure' } }, 'denied'],
    ['an error message alone', { errorMessage: 'Rate exceeded' }, 'error'],
    ['a message that denies', { errorMessage: 'is not authorized to perform' }, 'denied'],
    ['a list of codes', { errorCode: ['AccessDenied', 'x'] }, 'error'],
    ['a dotted answer', { 'responseElements.SwitchRole': 'Failure' }, 'denied'],
  ])('judge %s', (_, record, expected) => {
    const table = tableOf(blockOf([JSON.stringify({ ...record, eventID: 'one' })]));
    const outcome = new TableFields(table, []).field('outcome');
    expect(outcome.value(outcome.codes[0]!)).toBe(expected);
  });

  it('read an answer with escapes and after a key given twice', () => {
    const texts = [
      String.raw`{"responseElements":{"SwitchRole":"Fail\u0075re"}}`,
      '{"errorCode":"x","errorCode":null,"errorMessage":"Unauthorized"}',
    ];
    const table = tableOf(blockOf(texts));
    const outcome = new TableFields(table, []).field('outcome');
    expect(Array.from(outcome.codes.subarray(0, 2), (code) => outcome.value(code))).toEqual([
      'denied',
      'denied',
    ]);
  });

  it.skipIf(realFolder('invictus') === null)('judges one real hour (skipped without ../shared)', () => {
    const texts = [...readRecords(realFolder('invictus')!)].map((record) => JSON.stringify(record));
    const outcome = new TableFields(tableOf(blockOf(texts)), []).field('outcome');
    const count: Record<string, number> = { success: 0, denied: 0, error: 0 };
    for (let row = 0; row < outcome.codes.length; row++) count[outcome.value(outcome.codes[row]!)]!++;
    // 44 x Client.UnauthorizedOperation and 16 x AccessDenied among the codes.
    expect(count).toEqual({ success: 2600, denied: 60, error: 240 });
  });
});
