import { describe, expect, it } from 'vitest';
import { principalOf, type IdentityFields } from '../../../src/core/record/identity.ts';
import { readRecords, realFolder, textAt, type Json } from './real-records.ts';

const NOTHING: IdentityFields = {
  type: '',
  arn: '',
  userName: '',
  principalId: '',
  accountId: '',
  invokedBy: '',
  sessionIssuerArn: '',
  sessionIssuerUserName: '',
};

const nameOf = (fields: Partial<IdentityFields>) => principalOf({ ...NOTHING, ...fields }).name;

const account = '123456789012';

describe('principalOf', () => {
  it.each<[string, Partial<IdentityFields>]>([
    [
      'alice',
      { type: 'IAMUser', userName: 'alice', arn: `arn:aws:iam::${account}:user/alice`, principalId: 'AIDA1' },
    ],
    ['alice', { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/team/a/alice`, principalId: 'AIDA1' }],
    // A service acts for her: she is who acts.
    ['alice', { type: 'IAMUser', userName: 'alice', invokedBy: 'AWS Internal' }],
    [
      'root',
      { type: 'Root', userName: 'account-alias', arn: `arn:aws:iam::${account}:root`, accountId: account },
    ],
    ['root', { type: 'Root' }],
    ['root', { arn: `arn:aws:iam::${account}:root`, accountId: account }],
    [
      'Admin/alice@example.com',
      { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/Admin/alice@example.com` },
    ],
    [
      'Admin/i-0abc',
      { type: 'AssumedRole', arn: `arn:aws-us-gov:sts::${account}:assumed-role/Admin/i-0abc` },
    ],
    ['Admin/i-0abc', { type: 'AssumedRole', principalId: 'AROA1:i-0abc', sessionIssuerUserName: 'Admin' }],
    [
      'Admin/i-0abc',
      {
        type: 'AssumedRole',
        principalId: 'AROA1:i-0abc',
        sessionIssuerArn: `arn:aws:iam::${account}:role/path/Admin`,
      },
    ],
    ['Admin', { type: 'AssumedRole', principalId: 'AROA1', sessionIssuerUserName: 'Admin' }],
    ['AROA1:i-0abc', { type: 'AssumedRole', principalId: 'AROA1:i-0abc' }],
    ['Admin', { type: 'Role', arn: `arn:aws:iam::${account}:role/path/Admin` }],
    [
      'federated-user/bob',
      {
        type: 'FederatedUser',
        arn: `arn:aws:sts::${account}:federated-user/bob`,
        sessionIssuerUserName: 'alice',
      },
    ],
    [
      'bob@example.com',
      { type: 'SAMLUser', userName: 'bob@example.com', principalId: 'JCGT=:bob@example.com' },
    ],
    [
      'repo:org/app:ref:refs/heads/main',
      {
        type: 'WebIdentityUser',
        userName: 'repo:org/app:ref:refs/heads/main',
        principalId: 'arn:aws:iam::1:oidc-provider/x:y:z',
      },
    ],
    ['rds.amazonaws.com', { type: 'AWSService', invokedBy: 'rds.amazonaws.com' }],
    ['secretsmanager.amazonaws.com', { accountId: account, invokedBy: 'secretsmanager.amazonaws.com' }],
    ['anonymous', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }],
    [account, { type: 'AWSAccount', accountId: account, principalId: 'AROA1:session' }],
    ['AIDA1', { type: 'AWSAccount', principalId: 'AIDA1' }],
    [account, { type: 'IdentityCenterUser', accountId: account }],
    [
      'HIDDEN_DUE_TO_SECURITY_REASONS',
      { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS', accountId: account },
    ],
    ['Directory', { type: 'Directory' }],
    ['...', { type: 'AssumedRole', arn: '...', principalId: '...' }],
  ])('names %s', (name, fields) => {
    expect(nameOf(fields)).toBe(name);
  });

  it('names nobody only when nothing is known', () => {
    expect(nameOf({})).toBe('');
    for (const field of Object.keys(NOTHING)) expect(nameOf({ [field]: 'x' }), field).not.toBe('');
  });

  it('tells the type as recorded', () => {
    expect(principalOf({ ...NOTHING, type: 'AWSService', invokedBy: 'x' }).kind).toBe('AWSService');
    expect(principalOf({ ...NOTHING, invokedBy: 'x' }).kind).toBe('');
  });
});

/** As the columns hold it. */
function fieldsOf(record: Json): IdentityFields {
  const text = (path: string) => textAt(record, `userIdentity.${path}`);
  return {
    type: text('type'),
    arn: text('arn'),
    userName: text('userName'),
    principalId: text('principalId'),
    accountId: text('accountId'),
    invokedBy: text('invokedBy'),
    sessionIssuerArn: text('sessionContext.sessionIssuer.arn'),
    sessionIssuerUserName: text('sessionContext.sessionIssuer.userName'),
  };
}

describe.each(['invictus', 'stratus'])('principalOf on the real records of %s', (name) => {
  const folder = realFolder(name);

  it.skipIf(folder === null)(
    'names each principal, short and without its ARN (skipped without ../shared)',
    () => {
      const identities = readRecords(folder!).map(fieldsOf);
      expect(identities.length).toBeGreaterThan(300);
      for (const identity of identities) {
        const { name, kind } = principalOf(identity);
        expect(name, JSON.stringify(identity)).not.toBe('');
        expect(name).not.toMatch(/^arn:/);
        expect(kind).toBe(identity.type);
      }
    },
  );
});

it.skipIf(realFolder('invictus') === null)('names the principals of one hour as a person would', () => {
  const count = new Map<string, number>();
  for (const record of readRecords(realFolder('invictus')!)) {
    const { name } = principalOf(fieldsOf(record));
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  expect([...count.keys()]).toEqual(
    expect.arrayContaining([
      'bert-jan',
      'benjamin',
      'rds.amazonaws.com',
      'secretsmanager.amazonaws.com',
      'AWSServiceRoleForRDS/SLRManagement',
      'stratus-red-team-ec2-enumerate-role/i-05c30218156bcc246',
    ]),
  );
});
