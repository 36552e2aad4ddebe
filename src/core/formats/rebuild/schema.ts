/**
 * The names of a CloudTrail record as AWS spells them (user guide, "CloudTrail record contents" and "userIdentity
 * element"), to give records their spelling back that came out of tables: Athena lowers every name, Sentinel raises
 * first letters, others put dots or underscores in.
 */
const FIELDS: readonly string[] = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'apiVersion',
  'managementEvent',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'serviceEventDetails',
  'eventCategory',
  'insightDetails',
  'addendum.reason',
  'addendum.updatedFields',
  'addendum.originalRequestID',
  'addendum.originalEventID',
  'sessionCredentialFromConsole',
  'edgeDeviceDetails',
  'tlsDetails.tlsVersion',
  'tlsDetails.cipherSuite',
  'tlsDetails.clientProvidedHostHeader',
  'tlsDetails.keyExchange',
  'eventContext',
  'userIdentity.type',
  'userIdentity.principalId',
  'userIdentity.arn',
  'userIdentity.accountId',
  'userIdentity.accessKeyId',
  'userIdentity.userName',
  'userIdentity.invokedBy',
  'userIdentity.identityProvider',
  'userIdentity.credentialId',
  'userIdentity.onBehalfOf.userId',
  'userIdentity.onBehalfOf.identityStoreArn',
  'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'userIdentity.sessionContext.attributes.creationDate',
  'userIdentity.sessionContext.sessionIssuer.type',
  'userIdentity.sessionContext.sessionIssuer.principalId',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sessionIssuer.accountId',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.sessionContext.webIdFederationData.federatedProvider',
  'userIdentity.sessionContext.webIdFederationData.attributes',
  'userIdentity.sessionContext.sourceIdentity',
  'userIdentity.sessionContext.ec2RoleDelivery',
  'userIdentity.sessionContext.assumedRoot',
];

/** Other names of columns, simplified: the console's CSV, Microsoft Sentinel's table AWSCloudTrail. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  username: 'userIdentity.userName',
  awsaccesskey: 'userIdentity.accessKeyId',
  timegenerated: 'eventTime',
  timestamp: 'eventTime',
  awseventid: 'eventID',
  awsrequestid: 'requestID',
  eventtypename: 'eventType',
  sessionmfaauthenticated: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  sessioncreationdate: 'userIdentity.sessionContext.attributes.creationDate',
  sessionissuertype: 'userIdentity.sessionContext.sessionIssuer.type',
  sessionissuerprincipalid: 'userIdentity.sessionContext.sessionIssuer.principalId',
  sessionissuerarn: 'userIdentity.sessionContext.sessionIssuer.arn',
  sessionissueraccountid: 'userIdentity.sessionContext.sessionIssuer.accountId',
  sessionissuerusername: 'userIdentity.sessionContext.sessionIssuer.userName',
};

/** What a column may be called. Not so JSON text that happens to have commas. */
const COLUMN_NAME = /^[\w .@/-]{1,200}$/;

/** Simplified name of a column or path -> where its value belongs in a record. */
const PATHS = new Map<string, readonly string[]>();
/** Lower-case name of a member -> its spelling. */
const SPELLINGS = new Map<string, string>();

for (const field of FIELDS) {
  const path = field.split('.');
  for (let depth = 1; depth <= path.length; depth++) {
    const part = path.slice(0, depth);
    PATHS.set(simplify(part.join('')), part);
    SPELLINGS.set(part[depth - 1]!.toLowerCase(), part[depth - 1]!);
  }
}
for (const [name, field] of Object.entries(OTHER_NAMES)) PATHS.set(name, field.split('.'));

/** `Event ID`, `event_id` and `eventID` come to the same. */
function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * Where a column's value belongs in a record; null when it is no column of one. Columns below the open parts
 * (`requestParameters.bucketName`) keep the rest of their name.
 */
export function pathOfColumn(column: string): readonly string[] | null {
  if (!COLUMN_NAME.test(column)) return null;
  const known = PATHS.get(simplify(column));
  if (known !== undefined) return known;
  const [first, ...rest] = column.split('.');
  const open = rest.length > 0 ? PATHS.get(simplify(first!)) : undefined;
  return open?.length === 1 ? [...open, ...rest] : null;
}

/** AWS's spelling of a member's name, or the name as it is. */
export function spell(name: string): string {
  return SPELLINGS.get(name.toLowerCase()) ?? name;
}

/** Whether a name, in any case, is a member of a CloudTrail record or its userIdentity. */
export function isFieldName(name: string): boolean {
  return SPELLINGS.has(name.toLowerCase());
}
