/** Act 3, Tuesday 02:04: the new user signs in to the console through a VPN in Romania, without a second factor. */
import { userInConsole, type Actor } from '../actor.ts';
import { consoleLogin, signingIn } from '../aws.ts';
import { march } from '../clock.ts';
import { PRODUCTION, SEATS, temporaryKey, USERS } from '../company.ts';
import { play, type Trail } from '../trail.ts';

export function consoleSession(trail: Trail): void {
  const began = march(17, '02:06:12');
  const key = temporaryKey(PRODUCTION, 'intruder in the console');
  const user = userInConsole(USERS.backup, key, began, false, SEATS.browser);
  const nobody: Actor = {
    ...signingIn(user),
    identity: { type: 'IAMUser', accountId: PRODUCTION, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  };
  play(trail, { by: signingIn(user), service: 'signin' }, march(17, '02:04:31'), [
    {
      ...consoleLogin(false, 'No username found in supplied account'),
      by: nobody,
      fires: ['cis-console-failure'],
    },
    { ...consoleLogin(false, 'Failed authentication'), after: 38, fires: ['cis-console-failure'] },
    { ...consoleLogin(false, 'Failed authentication'), after: 24, fires: ['cis-console-failure'] },
    { ...consoleLogin(false), after: 39, fires: ['cis-console-no-mfa'] },
  ]);
  play(trail, { by: user, service: 'ec2' }, march(17, '02:06:15'), [
    { name: 'DescribeRegions', request: { regionSet: {}, allRegions: true } },
    { service: 'health', name: 'DescribeEventAggregates', request: { aggregateField: 'eventTypeCategory' } },
    {
      service: 'ce',
      name: 'GetCostAndUsage',
      request: { granularity: 'MONTHLY', metrics: ['UnblendedCost'] },
    },
    {
      after: 19,
      service: 's3',
      name: 'ListBuckets',
      host: 's3.us-east-1.amazonaws.com',
      request: { Host: 's3.us-east-1.amazonaws.com' },
    },
    { after: 11, service: 'rds', name: 'DescribeDBInstances', request: {} },
    { after: 2, service: 'rds', name: 'DescribeDBSnapshots', request: {} },
    { after: 16, name: 'DescribeInstances', request: { instancesSet: {}, filterSet: {} } },
    { after: 3, name: 'DescribeVpcs', request: { vpcSet: {}, filterSet: {} } },
    { after: 24, service: 'secretsmanager', name: 'ListSecrets', request: { maxResults: 100 } },
    { after: 14, service: 'kms', name: 'ListAliases', request: { limit: 100 } },
    { after: 9, service: 'acm', name: 'ListCertificates', request: {} },
  ]);
}
