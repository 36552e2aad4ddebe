/**
 * Who made a call, step by step: the identity that acted, what it was made from, and who stands behind it.
 * Fields: AWS CloudTrail user guide, "CloudTrail userIdentity element". Prefixes of key IDs: IAM user guide,
 * "IAM identifiers", unique identifiers.
 */
import { principalOf } from './identity.ts';
import { valuesAt } from './values-at.ts';

export interface ChainFact {
  title: string;
  value: string;
  /** Where it stands in the record, as queries name it. */
  path: string;
}

export interface ChainLink {
  /** What this step is to the one above it; the first is the one that acted. */
  how: string;
  /** Its name, and where in the record that stands; '' for one that is put together. */
  name: string;
  path: string;
  /** What is worth noticing, in words; '' for nothing. */
  note: string;
  /** The note is about something that should be looked at. */
  warns: boolean;
  facts: ChainFact[];
}

const ID = 'userIdentity';
const ISSUER = `${ID}.sessionContext.sessionIssuer`;
const ATTRIBUTES = `${ID}.sessionContext.attributes`;
const WEB = `${ID}.sessionContext.webIdFederationData`;

type Read = (path: string) => string;

/** @returns the steps from who acted to who stands behind it; none when the record says nothing of it */
export function identityChain(record: unknown): ChainLink[] {
  const read: Read = (path) => String(valuesAt(record, path)[0] ?? '');
  const links = [actor(read), issuer(read), session(read), federation(read), behind(read), through(read)];
  return links.filter((link) => link !== null);
}

/** Keys that the call handed out (STS, CreateAccessKey): whoever has them acts next. */
export function keysHandedOut(record: unknown): ChainFact[] {
  return ['responseElements.credentials.accessKeyId', 'responseElements.accessKey.accessKeyId'].flatMap(
    (path) =>
      valuesAt(record, path).map((value) => ({ title: 'Handed out key', value: String(value), path })),
  );
}

/** What the ID of an access key says about it; '' for another or none. */
export function keyKind(id: string): string {
  if (id.startsWith('AKIA')) return 'long-term';
  return id.startsWith('ASIA') ? 'temporary' : '';
}

function factsOf(read: Read, fields: readonly (readonly [title: string, path: string])[]): ChainFact[] {
  return fields
    .map(([title, path]) => ({ title, value: read(path), path }))
    .filter(({ value }) => value !== '');
}

function actor(read: Read): ChainLink | null {
  const { name, kind } = principalOf({
    type: read(`${ID}.type`),
    arn: read(`${ID}.arn`),
    userName: read(`${ID}.userName`),
    principalId: read(`${ID}.principalId`),
    accountId: read(`${ID}.accountId`),
    invokedBy: read(`${ID}.invokedBy`),
    sessionIssuerArn: read(`${ISSUER}.arn`),
    sessionIssuerUserName: read(`${ISSUER}.userName`),
  });
  if (name === '') return null;
  const account = read(`${ID}.accountId`);
  const other = read('recipientAccountId');
  const foreign = account !== '' && other !== '' && account !== other && /^\d{12}$/.test(account);
  return {
    how: kind === '' ? 'Acted' : (ACTED[kind] ?? `Acted as ${kind}`),
    name,
    path: '',
    note: foreign ? `From another account: ${account} acted in ${other}.` : '',
    warns: foreign,
    facts: factsOf(read, [
      ['Type', `${ID}.type`],
      ['ARN', `${ID}.arn`],
      ['User', `${ID}.userName`],
      ['Principal ID', `${ID}.principalId`],
      ['Account', `${ID}.accountId`],
      ['Access key', `${ID}.accessKeyId`],
      ['Credential', `${ID}.credentialId`],
    ]),
  };
}

const ACTED: Record<string, string> = {
  Root: 'Acted as root',
  IAMUser: 'Acted as user',
  AssumedRole: 'Acted with a role',
  Role: 'Acted as role',
  FederatedUser: 'Acted as federated user',
  SAMLUser: 'Signed in by SAML',
  WebIdentityUser: 'Signed in by web identity',
  IdentityCenterUser: 'Acted as Identity Center user',
  Directory: 'Acted as directory user',
  AWSAccount: 'Acted from account',
  AWSService: 'Acted as AWS service',
  Unknown: 'Acted as unknown',
};

function issuer(read: Read): ChainLink | null {
  const name = read(`${ISSUER}.userName`) || read(`${ISSUER}.arn`) || read(`${ISSUER}.principalId`);
  if (name === '') return null;
  const [own, theirs] = [read(`${ID}.accountId`), read(`${ISSUER}.accountId`)];
  const foreign = own !== '' && theirs !== '' && own !== theirs;
  const kind = read(`${ISSUER}.type`);
  return {
    how: kind === '' ? 'Session issued by' : `Session issued by ${kind.toLowerCase()}`,
    name,
    path: '',
    note: foreign ? `Issued in another account: ${theirs}.` : '',
    warns: foreign,
    facts: factsOf(read, [
      ['ARN', `${ISSUER}.arn`],
      ['Account', `${ISSUER}.accountId`],
      ['Principal ID', `${ISSUER}.principalId`],
    ]),
  };
}

function session(read: Read): ChainLink | null {
  const began = read(`${ATTRIBUTES}.creationDate`);
  const signedIn = MFA_USED[read('additionalEventData.MFAUsed')] ?? '';
  const mfa = read(`${ATTRIBUTES}.mfaAuthenticated`) || signedIn;
  if (began === '' && mfa === '') return null;
  return {
    how: began === '' ? 'Signed in' : 'Session began',
    name: began,
    path: began === '' ? '' : `${ATTRIBUTES}.creationDate`,
    note: mfa === 'true' ? 'With MFA.' : mfa === 'false' ? 'Without MFA.' : '',
    // Sessions of roles seldom have it; people who sign in should.
    warns: signedIn === 'false',
    facts: factsOf(read, [
      ['MFA', `${ATTRIBUTES}.mfaAuthenticated`],
      ['MFA at sign-in', 'additionalEventData.MFAUsed'],
      ['EC2 role delivery', `${ID}.sessionContext.ec2RoleDelivery`],
      ['From console', 'sessionCredentialFromConsole'],
      ['Assumed root', `${ID}.sessionContext.assumedRoot`],
    ]),
  };
}

const MFA_USED: Record<string, string> = { Yes: 'true', No: 'false' };

function federation(read: Read): ChainLink | null {
  const provider = read(`${WEB}.federatedProvider`);
  const name = provider || read(`${ID}.identityProvider`);
  if (name === '') return null;
  return {
    how: 'Federated by',
    name,
    path: provider === '' ? `${ID}.identityProvider` : `${WEB}.federatedProvider`,
    note: '',
    warns: false,
    facts: [],
  };
}

function behind(read: Read): ChainLink | null {
  const source = read(`${ID}.sessionContext.sourceIdentity`) || read(`${ID}.sourceIdentity`);
  const user = read(`${ID}.onBehalfOf.userId`);
  if (source === '' && user === '') return null;
  return {
    how: source === '' ? 'On behalf of' : 'Source identity',
    name: source || user,
    path: source === '' ? `${ID}.onBehalfOf.userId` : `${ID}.sessionContext.sourceIdentity`,
    note: '',
    warns: false,
    facts: factsOf(read, [
      ['On behalf of', `${ID}.onBehalfOf.userId`],
      ['Identity store', `${ID}.onBehalfOf.identityStoreArn`],
    ]),
  };
}

function through(read: Read): ChainLink | null {
  const service = read(`${ID}.invokedBy`);
  const scope = read(`${ID}.inScopeOf.issuerType`);
  // A service that acted for itself has named itself already.
  if ((service === '' || read(`${ID}.type`) === 'AWSService') && scope === '') return null;
  return {
    how: 'Called through',
    name: service || scope,
    path: service === '' ? `${ID}.inScopeOf.issuerType` : `${ID}.invokedBy`,
    note: '',
    warns: false,
    facts: factsOf(read, [
      ['In scope of', `${ID}.inScopeOf.issuerType`],
      ['Issued to', `${ID}.inScopeOf.credentialsIssuedTo`],
      ['Source', `${ID}.inScopeOf.sourceArn`],
      ['Source account', `${ID}.inScopeOf.sourceAccount`],
    ]),
  };
}
