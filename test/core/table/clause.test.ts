import { expect, test } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import { clauseFor } from '../../../src/core/table/clause.ts';

const RECORD = {
  eventName: 'PutObject',
  awsRegion: 'eu-west-1',
  readOnly: false,
  managementEvent: true,
  sessionCredentialFromConsole: 'true',
  userAgent: 'a "quoted" \\ agent: (x OR y)',
  userIdentity: { type: 'IAMUser', invokedBy: 's3.amazonaws.com' },
};

test.each([
  ['eventName', 'PutObject', 'putobject'],
  ['region', 'eu-west-1', 'eu-west'],
  ['readOnly', 'false', 'true'],
  ['managementEvent', 'true', 'false'],
  ['sessionCredentialFromConsole', 'true', 'false'],
  ['userAgent', RECORD.userAgent, 'a quoted agent x y'],
  ['userIdentity.invokedBy', 's3.amazonaws.com', 's3'],
  ['errorCode', '', 'AccessDenied'],
])('%s is exactly %j', (field, value, other) => {
  expect(compileQuery(clauseFor(field, value)).matches(RECORD)).toBe(true);
  expect(compileQuery(clauseFor(field, other)).matches(RECORD)).toBe(false);
});

test('what Trailsift itself knows has no keyword', () => {
  expect(clauseFor('severity', 'high')).toBe('severity:high');
  expect(clauseFor('alert', 'root-use')).toBe('alert:"root-use"');
  expect(clauseFor('outcome', 'denied')).toBe('outcome:denied');
});
