import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/core/record/outcome.ts';
import { readRecords, realFolder, textAt } from './real-records.ts';

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
    expect(outcomeOf(code, '')).toBe('denied');
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
    expect(outcomeOf(code, '')).toBe('error');
  });

  it('tells the rest as success', () => {
    expect(outcomeOf('', '')).toBe('success');
    expect(outcomeOf('200', '')).toBe('success');
    expect(outcomeOf('', 'Success')).toBe('success');
  });

  it('tells a failed sign-in as denied, which has no code', () => {
    expect(outcomeOf('', 'Failure')).toBe('denied');
    expect(outcomeOf('SomeError', 'Failure')).toBe('denied');
  });

  it.skipIf(realFolder('invictus') === null)('judges one real hour (skipped without ../shared)', () => {
    const count = { success: 0, denied: 0, error: 0 };
    for (const record of readRecords(realFolder('invictus')!)) {
      count[outcomeOf(textAt(record, 'errorCode'), textAt(record, 'responseElements.ConsoleLogin'))]++;
    }
    // 44 x Client.UnauthorizedOperation and 16 x AccessDenied among the codes.
    expect(count).toEqual({ success: 2600, denied: 60, error: 240 });
  });
});
