import { describe, expect, test } from 'vitest';
import { identityChain, keyKind, keysHandedOut } from '../../../src/core/record/identity-chain.ts';

/** Steps as `how: name`, with what is worth noticing. */
function told(record: unknown): string[] {
  return identityChain(record).map(
    ({ how, name, note, warns }) => `${how}: ${name}${note === '' ? '' : ` | ${warns ? '! ' : ''}${note}`}`,
  );
}

const role = {
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::444455556666:assumed-role/Deployer/ci-17',
    accountId: '444455556666',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: 'arn:aws:iam::444455556666:role/ci/Deployer',
        accountId: '444455556666',
        userName: 'Deployer',
      },
      attributes: { creationDate: '2026-03-03T08:40:11Z', mfaAuthenticated: 'false' },
      sourceIdentity: 'mara.lindqvist',
      webIdFederationData: { federatedProvider: 'arn:aws:iam::444455556666:oidc-provider/example' },
    },
    invokedBy: 'cloudformation.amazonaws.com',
  },
  recipientAccountId: '111122223333',
};

describe('the chain', () => {
  test('goes from who acted to who stands behind it', () => {
    expect(told(role)).toEqual([
      'Acted with a role: Deployer/ci-17 | ! From another account: 444455556666 acted in 111122223333.',
      'Session issued by role: Deployer',
      'Session began: 2026-03-03T08:40:11Z | Without MFA.',
      'Federated by: arn:aws:iam::444455556666:oidc-provider/example',
      'Source identity: mara.lindqvist',
      'Called through: cloudformation.amazonaws.com',
    ]);
  });

  test('is one step for a user, a service, nobody', () => {
    expect(told({ userIdentity: { type: 'IAMUser', userName: 'alice' } })).toEqual(['Acted as user: alice']);
    expect(told({ userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } })).toEqual([
      'Acted as AWS service: ec2.amazonaws.com',
    ]);
    expect(told({ eventName: 'x' })).toEqual([]);
    expect(told(null)).toEqual([]);
    expect(told({ userIdentity: 'nonsense' })).toEqual([]);
  });

  test('warns of people who sign in without MFA', () => {
    const login = {
      userIdentity: { type: 'IAMUser', userName: 'alice' },
      additionalEventData: { MFAUsed: 'No' },
    };
    expect(told(login)[1]).toBe('Signed in:  | ! Without MFA.');
    expect(told({ ...login, additionalEventData: { MFAUsed: 'Yes' } })[1]).toBe('Signed in:  | With MFA.');
  });

  test('keeps a type that is not known yet', () => {
    expect(told({ userIdentity: { type: 'Martian', arn: 'x' } })).toEqual(['Acted as Martian: x']);
  });
});

test('keys are told by their prefix, and those handed out are found', () => {
  expect([keyKind('AKIA1'), keyKind('ASIA1'), keyKind('')]).toEqual(['long-term', 'temporary', '']);
  const answer = { responseElements: { credentials: { accessKeyId: 'ASIANEW' } } };
  expect(keysHandedOut(answer).map(({ value }) => value)).toEqual(['ASIANEW']);
  expect(keysHandedOut({ responseElements: null })).toEqual([]);
});
