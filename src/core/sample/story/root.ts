/** Act 8, Tuesday 04:21: the mailbox behind the root user is in the wrong hands too. */
import { rootUser } from '../actor.ts';
import { consoleLogin, signingIn } from '../aws.ts';
import { iamTime, march } from '../clock.ts';
import { KEYS, PRODUCTION, SEATS, temporaryKey } from '../company.ts';
import { play, type Trail } from '../trail.ts';

export function rootSession(trail: Trail): void {
  const signedIn = march(17, '04:27:30');
  const root = rootUser(PRODUCTION, temporaryKey(PRODUCTION, 'root in the console'), signedIn, SEATS.browser);
  const recovery = {
    service: 'signin',
    type: 'AwsConsoleSignIn',
    readOnly: false,
    host: 'signin.aws.amazon.com',
  } as const;
  play(trail, { by: signingIn(root), service: 'signin' }, march(17, '04:21:14'), [
    { ...consoleLogin(false, 'Failed authentication'), fires: ['cis-console-failure', 'root-usage'] },
    {
      ...recovery,
      after: 61,
      name: 'PasswordRecoveryRequested',
      response: { PasswordRecoveryRequested: 'Success' },
      fires: ['root-usage'],
    },
    {
      ...recovery,
      after: 244,
      name: 'PasswordRecoveryCompleted',
      response: { PasswordRecoveryCompleted: 'Success' },
      fires: ['root-usage'],
    },
    { ...consoleLogin(false), after: 71, fires: ['cis-console-no-mfa', 'root-usage'] },
  ]);
  const createDate = iamTime(march(17, '04:29:02'));
  play(trail, { by: root, service: 'iam', fires: ['root-usage'] }, march(17, '04:27:35'), [
    { name: 'GetAccountSummary' },
    { after: 8, service: 'account', name: 'GetContactInformation' },
    {
      after: 79,
      name: 'CreateAccessKey',
      response: { accessKey: { accessKeyId: KEYS.root, status: 'Active', userName: 'root', createDate } },
    },
    { after: 33, name: 'ListMFADevices' },
  ]);
}
