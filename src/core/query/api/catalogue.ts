/** Which names CloudTrail may have in eventName: to warn of misspelled ones, and to complete them. */
import { NAMES, VERBS } from './names.ts';

/**
 * Event names that are no operation of an API: sign-in, the console, services acting by themselves, and S3, whose
 * names in CloudTrail differ from its API (AWS CloudTrail user guide, "AWS Management Console sign-in events";
 * Amazon S3 user guide, "Amazon S3 CloudTrail events"; the rest was seen in real trails).
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  signin:
    'ConsoleLogin CheckMfa SwitchRole ExitRole RenewRole GetSigninToken PasswordRecoveryRequested PasswordRecoveryCompleted ' +
    'CredentialChallenge CredentialVerification UserAuthentication EmailUpdated PasswordUpdated',
  sso: 'Federate Authenticate UpdateSsoConfiguration',
  'sso-directory': 'AddMemberToGroup AddUserToGroup CreateUser DisableUser EnableUser',
  s3:
    'DeleteAccountPublicAccessBlock DeleteBucketPublicAccessBlock GetAccelerateConfiguration GetAccountPublicAccessBlock ' +
    'GetBucketObjectLockConfiguration GetBucketPublicAccessBlock GetStorageLensDashboardDataInternal PutAccelerateConfiguration ' +
    'PutAccountPublicAccessBlock PutBucketObjectLockConfiguration PutBucketPublicAccessBlock',
  kms: 'DeleteKey RotateKey SynchronizeMultiRegionKey',
  secretsmanager:
    'CancelSecretVersionDelete EndSecretVersionDelete RotationAbandoned RotationFailed RotationStarted RotationSucceeded ' +
    'SecretVersionDeletion StartSecretVersionDelete TestRotationFailed TestRotationStarted TestRotationSucceeded',
  ec2: 'BidEvictedEvent SharedSnapshotVolumeCreated',
  ssm: 'ListInstanceAssociations UpdateInstanceAssociationStatus UpdateInstanceInformation',
  backup:
    'BackupDeleted BackupJobCompleted BackupJobStarted RecoveryPointDeleted RestoreCompleted RestoreJobCompleted RestoreJobStarted',
  bedrock:
    'CreateFoundationModelAgreement GetFoundationModelAvailability ListFoundationModelAgreementOffers PutFoundationModelEntitlement ' +
    'PutUseCaseForModelAccess',
  cloudfront: 'CreateDistributionTenant DeleteDistributionTenant UpdateDistributionTenant',
  notifications: 'ListNotificationHubs',
  'aws-marketplace': 'AcceptAgreementRequest',
};

let names: ReadonlyMap<string, readonly string[]> | null = null;

/** Every event name that is known, with the services that have it; the services as in eventSource before the dot. */
export function eventNames(): ReadonlyMap<string, readonly string[]> {
  return (names ??= decode());
}

/** Whether CloudTrail may write `name`: some services put the version of their API behind it. */
export function isKnownEventName(name: string): boolean {
  return eventNames().has(name) || eventNames().has(withoutVersion(name));
}

/** `UpdateFunctionCode20150331v2` and `CreateFunction2020_05_31` without what follows the name. */
export function withoutVersion(name: string): string {
  return name.replace(/(?:\d{8}|\d{4}_\d{2}_\d{2})(?:v\d+)?$/, '');
}

function decode(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, service: string): void => {
    const services = found.get(name);
    if (services === undefined) found.set(name, [service]);
    else if (!services.includes(service)) services.push(service);
  };
  const verbs = VERBS.split(' ');
  for (const line of NAMES.split('\n')) {
    const [service = '', coded = ''] = line.split(':');
    for (const item of coded.split(',')) {
      const letters = /^[a-z]*/.exec(item)![0];
      if (letters === '') add(item, service);
      for (const letter of letters)
        add(verbs[letter.charCodeAt(0) - 97]! + item.slice(letters.length), service);
    }
  }
  for (const [service, list] of Object.entries(OTHER_NAMES))
    for (const name of list.split(' ')) add(name, service);
  return found;
}
