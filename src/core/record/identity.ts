/**
 * Who made a call, in one short name.
 * Fields and types: AWS CloudTrail user guide, "CloudTrail userIdentity element".
 */

/** The fields of `userIdentity` that a name is made of, as text; '' for what the record does not have. */
export interface IdentityFields {
  type: string;
  arn: string;
  userName: string;
  principalId: string;
  accountId: string;
  invokedBy: string;
  /** `sessionContext.sessionIssuer.arn` */
  sessionIssuerArn: string;
  /** `sessionContext.sessionIssuer.userName` */
  sessionIssuerUserName: string;
}

export interface Principal {
  /** For people: `role/session`, `alice`, `root`, `ec2.amazonaws.com`, `anonymous`; '' when nothing is known. */
  name: string;
  /** `userIdentity.type` as recorded: many service events have none, and then it is ''. */
  kind: string;
}

/**
 * Names the principal of a record. It is who acts: where a service acts for somebody (`invokedBy` beside an
 * identity), that somebody.
 */
export function principalOf(identity: IdentityFields): Principal {
  const { userName, arn, invokedBy, principalId, accountId, type } = identity;
  const name =
    nameByType(identity) ||
    userName ||
    nameInArn(arn) ||
    identity.sessionIssuerUserName ||
    nameInArn(identity.sessionIssuerArn) ||
    invokedBy ||
    principalId ||
    accountId ||
    type;
  return { name, kind: type };
}

/** Where the type decides what names the principal best; '' where it does not, or where that is missing. */
function nameByType(identity: IdentityFields): string {
  switch (identity.type) {
    case 'Root':
      // Its `userName` is the alias of the account, which names no person.
      return 'root';
    case 'AssumedRole':
      return nameInArn(identity.arn) || roleAndSession(identity);
    case 'FederatedUser':
      return nameInArn(identity.arn);
    case 'AWSService':
      return identity.invokedBy;
    case 'AWSAccount':
      // S3 records a caller without credentials so.
      return identity.accountId === 'ANONYMOUS_PRINCIPAL' ? 'anonymous' : identity.accountId;
    default:
      return '';
  }
}

/** An assumed role whose ARN is missing: the role issued the session, and `principalId` is `AROA...:session`. */
function roleAndSession({ principalId, sessionIssuerArn, sessionIssuerUserName }: IdentityFields): string {
  const role = sessionIssuerUserName || nameInArn(sessionIssuerArn);
  const session = principalId.slice(principalId.indexOf(':') + 1);
  return role !== '' && session !== principalId ? `${role}/${session}` : role;
}

/**
 * The name in the ARN of an identity: `alice` of `user/path/alice`, `root`, `role/session` of an assumed
 * role, `federated-user/name`. Text that is no ARN (redacted logs) stands for itself.
 */
function nameInArn(arn: string): string {
  // arn:partition:service:region:account:resource; a resource may hold further colons.
  const resource = /^arn:(?:[^:]*:){4}(.+)$/s.exec(arn)?.[1];
  if (resource === undefined) return arn;
  if (resource.startsWith('assumed-role/')) return resource.slice('assumed-role/'.length);
  if (resource.startsWith('federated-user/')) return resource;
  return resource.slice(resource.lastIndexOf('/') + 1);
}
