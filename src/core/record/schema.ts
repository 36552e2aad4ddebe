/**
 * The fields of a CloudTrail record, with the type that CloudTrail writes them in. Source: AWS CloudTrail user guide,
 * "CloudTrail record contents" and "CloudTrail userIdentity element", versions 1.0 to 1.11; what the guide leaves open
 * (strings that look like booleans, say) was settled by real records.
 */

export type FieldType =
  | 'string'
  | 'boolean'
  | 'number'
  /** An ISO 8601 string, which queries treat as an instant. */
  | 'date'
  /** An object whose fields depend on the call: any path below it is fine. */
  | 'open';

export interface Field {
  readonly path: string;
  readonly type: FieldType;
  /** What it holds, for people. */
  readonly about: string;
  /** The values it usually has, where they are few. */
  readonly values?: readonly string[];
}

const TRUTH = ['true', 'false'];

const EVENT: readonly Field[] = [
  { path: 'eventVersion', type: 'string', about: 'version of the record format, such as 1.08' },
  { path: 'eventTime', type: 'date', about: 'when the call was completed, UTC' },
  { path: 'eventSource', type: 'string', about: 'the service called, such as ec2.amazonaws.com' },
  { path: 'eventName', type: 'string', about: 'the operation, such as RunInstances' },
  { path: 'awsRegion', type: 'string', about: 'the Region of the call, such as us-east-1' },
  { path: 'sourceIPAddress', type: 'string', about: 'address of the caller, or the name of a service' },
  { path: 'userAgent', type: 'string', about: 'the program that called: console, CLI, SDK' },
  { path: 'errorCode', type: 'string', about: 'the error, where the call failed' },
  { path: 'errorMessage', type: 'string', about: 'the error in words' },
  { path: 'requestParameters', type: 'open', about: 'what was asked for' },
  { path: 'responseElements', type: 'open', about: 'what was answered, for calls that change something' },
  {
    path: 'responseElements.ConsoleLogin',
    type: 'string',
    about: 'outcome of a sign-in',
    values: ['Success', 'Failure'],
  },
  { path: 'additionalEventData', type: 'open', about: 'anything else that the service reports' },
  {
    path: 'additionalEventData.MFAUsed',
    type: 'string',
    about: 'whether a sign-in used MFA',
    values: ['Yes', 'No'],
  },
  { path: 'additionalEventData.LoginTo', type: 'string', about: 'the page that a sign-in leads to' },
  { path: 'additionalEventData.SwitchFrom', type: 'string', about: 'the principal that switched roles' },
  { path: 'requestID', type: 'string', about: 'ID of the request, given by the service' },
  { path: 'eventID', type: 'string', about: 'ID of the event, unique' },
  { path: 'readOnly', type: 'boolean', about: 'whether the call only reads', values: TRUTH },
  { path: 'resources.ARN', type: 'string', about: 'ARN of a resource that was used' },
  { path: 'resources.ARNPrefix', type: 'string', about: 'ARNs of the resources that were used begin so' },
  { path: 'resources.accountId', type: 'string', about: 'account that owns the resource' },
  { path: 'resources.type', type: 'string', about: 'type of the resource, such as AWS::S3::Bucket' },
  { path: 'apiVersion', type: 'string', about: 'version of the API' },
  {
    path: 'eventType',
    type: 'string',
    about: 'what made the event',
    values: [
      'AwsApiCall',
      'AwsServiceEvent',
      'AwsConsoleAction',
      'AwsConsoleSignIn',
      'AwsCloudTrailInsight',
      'AwsVpceEvent',
    ],
  },
  { path: 'recipientAccountId', type: 'string', about: 'account whose trail has the event' },
  { path: 'sharedEventID', type: 'string', about: 'shared by the copies of one call in several accounts' },
  { path: 'vpcEndpointId', type: 'string', about: 'VPC endpoint that the call went through' },
  { path: 'vpcEndpointAccountId', type: 'string', about: 'account that owns the VPC endpoint' },
  { path: 'serviceEventDetails', type: 'open', about: 'what a service did by itself, and its outcome' },
  { path: 'managementEvent', type: 'boolean', about: 'whether it is a management event', values: TRUTH },
  {
    path: 'eventCategory',
    type: 'string',
    about: 'category of the event',
    values: ['Management', 'Data', 'NetworkActivity', 'Insight'],
  },
  { path: 'insightDetails', type: 'open', about: 'what was unusual, in an Insights event' },
  { path: 'addendum.reason', type: 'string', about: 'why an event was late or changed' },
  { path: 'addendum.updatedFields', type: 'string', about: 'the fields that were changed' },
  { path: 'addendum.originalRequestID', type: 'string', about: 'request ID of the event that was changed' },
  { path: 'addendum.originalEventID', type: 'string', about: 'ID of the event that was changed' },
  {
    path: 'sessionCredentialFromConsole',
    type: 'string',
    about: 'the session came from the console',
    values: ['true'],
  },
  { path: 'edgeDeviceDetails', type: 'open', about: 'the edge device that was called' },
  { path: 'tlsDetails.tlsVersion', type: 'string', about: 'TLS version of the connection' },
  { path: 'tlsDetails.cipherSuite', type: 'string', about: 'cipher suite of the connection' },
  { path: 'tlsDetails.clientProvidedHostHeader', type: 'string', about: 'host name that was called' },
  { path: 'tlsDetails.keyExchange', type: 'string', about: 'key exchange of the connection' },
  { path: 'eventContext', type: 'open', about: 'tags and request context, in event data stores' },
  { path: 'annotation', type: 'string', about: 'a note on the event' },
];

const IDENTITY: readonly Field[] = [
  {
    path: 'userIdentity.type',
    type: 'string',
    about: 'kind of principal',
    values: [
      'Root',
      'IAMUser',
      'AssumedRole',
      'Role',
      'FederatedUser',
      'Directory',
      'AWSAccount',
      'AWSService',
      'IdentityCenterUser',
      'SAMLUser',
      'WebIdentityUser',
      'Unknown',
    ],
  },
  { path: 'userIdentity.principalId', type: 'string', about: 'unique ID of the principal' },
  { path: 'userIdentity.arn', type: 'string', about: 'ARN of the principal' },
  { path: 'userIdentity.accountId', type: 'string', about: 'account of the principal' },
  { path: 'userIdentity.accessKeyId', type: 'string', about: 'access key that signed the call' },
  { path: 'userIdentity.userName', type: 'string', about: 'friendly name of the principal' },
  { path: 'userIdentity.invokedBy', type: 'string', about: 'service that called for the principal' },
  {
    path: 'userIdentity.invokedByDelegate.accountId',
    type: 'string',
    about: 'account that called by delegation',
  },
  { path: 'userIdentity.onBehalfOf.userId', type: 'string', about: 'Identity Center user behind the call' },
  { path: 'userIdentity.onBehalfOf.identityStoreArn', type: 'string', about: 'identity store of that user' },
  { path: 'userIdentity.inScopeOf.sourceArn', type: 'string', about: 'resource that the service acted for' },
  { path: 'userIdentity.inScopeOf.sourceAccount', type: 'string', about: 'account of that resource' },
  { path: 'userIdentity.inScopeOf.issuerType', type: 'string', about: 'type of that resource' },
  {
    path: 'userIdentity.inScopeOf.credentialsIssuedTo',
    type: 'string',
    about: 'what the credentials were issued to',
  },
  { path: 'userIdentity.credentialId', type: 'string', about: 'ID of the bearer credential' },
  { path: 'userIdentity.identityProvider', type: 'string', about: 'provider of a federated identity' },
];

const SESSION: readonly Field[] = [
  { path: 'sessionIssuer.type', type: 'string', about: 'kind of principal behind the session' },
  { path: 'sessionIssuer.userName', type: 'string', about: 'name of the role or user behind the session' },
  { path: 'sessionIssuer.principalId', type: 'string', about: 'ID of the role or user behind the session' },
  { path: 'sessionIssuer.arn', type: 'string', about: 'ARN of the role or user behind the session' },
  {
    path: 'sessionIssuer.accountId',
    type: 'string',
    about: 'account of the role or user behind the session',
  },
  {
    path: 'webIdFederationData.federatedProvider',
    type: 'string',
    about: 'identity provider of the session',
  },
  { path: 'webIdFederationData.attributes', type: 'open', about: 'attributes from the identity provider' },
  { path: 'attributes.creationDate', type: 'date', about: 'when the session began' },
  {
    path: 'attributes.mfaAuthenticated',
    type: 'string',
    about: 'whether the session began with MFA',
    values: TRUTH,
  },
  { path: 'sourceIdentity', type: 'string', about: 'the person behind a chain of roles' },
  {
    path: 'ec2RoleDelivery',
    type: 'string',
    about: 'version of the instance metadata service',
    values: ['1.0', '2.0'],
  },
  { path: 'assumedRoot', type: 'string', about: 'the session is of AssumeRoot', values: ['true'] },
  { path: 'signInSessionArn', type: 'string', about: 'ARN of the sign-in session' },
].map((field): Field => ({ ...field, path: `userIdentity.sessionContext.${field.path}` }) as Field);

/** What is known of the address of a call, beside the record. */
const PLACE: readonly Field[] = [
  {
    path: 'sourceIPAddress_geoip.country_code',
    type: 'string',
    about: 'country of the address, two letters',
  },
  { path: 'sourceIPAddress_geoip.country_name', type: 'string', about: 'country of the address, in English' },
  { path: 'sourceIPAddress_geoip.city_name', type: 'string', about: 'city of the address' },
  { path: 'sourceIPAddress_geoip.asn', type: 'number', about: 'number of the network of the address' },
  { path: 'sourceIPAddress_geoip.as_org', type: 'string', about: 'operator of the network of the address' },
];

/** Every field, in the order of the guide. */
export const FIELDS: readonly Field[] = [...EVENT, ...IDENTITY, ...SESSION, ...PLACE];

const BY_PATH = new Map(FIELDS.map((field) => [field.path, field]));
const OPEN = FIELDS.filter(({ type }) => type === 'open').map(({ path }) => `${path}.`);
const ABOVE = new Set(FIELDS.flatMap(({ path }) => ancestors(path)));

/** The field at `path`, or undefined. */
export function fieldAt(path: string): Field | undefined {
  return BY_PATH.get(path);
}

/** Whether a CloudTrail record may have something at `path`: a field, an object that has one, or what is below an open one. */
export function isInSchema(path: string): boolean {
  return BY_PATH.has(path) || ABOVE.has(path) || OPEN.some((start) => path.startsWith(start));
}

function ancestors(path: string): string[] {
  const steps = path.split('.');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('.'));
}
