/**
 * What a record says of who, where from, what and how it came out, under the names people use.
 * Field names: AWS CloudTrail user guide, "CloudTrail record contents" and "userIdentity element".
 */

export interface RecordFact {
  title: string;
  value: string;
  /** Where it stands in the record, as queries name it. */
  path: string;
  /** A number, a truth value or a word of ours: asked for as it stands. */
  bare: boolean;
}

export interface FactGroup {
  title: string;
  facts: RecordFact[];
}

const GROUPS: readonly { title: string; fields: readonly (readonly [title: string, path: string])[] }[] = [
  {
    title: 'Who',
    fields: [
      ['Type', 'userIdentity.type'],
      ['ARN', 'userIdentity.arn'],
      ['User', 'userIdentity.userName'],
      ['Principal ID', 'userIdentity.principalId'],
      ['Account', 'userIdentity.accountId'],
      ['Access key', 'userIdentity.accessKeyId'],
      ['Identity provider', 'userIdentity.identityProvider'],
      ['Role assumed', 'userIdentity.sessionContext.sessionIssuer.arn'],
      ['Session began', 'userIdentity.sessionContext.attributes.creationDate'],
      ['Session with MFA', 'userIdentity.sessionContext.attributes.mfaAuthenticated'],
      ['Sign-in with MFA', 'additionalEventData.MFAUsed'],
      ['Source identity', 'userIdentity.sessionContext.sourceIdentity'],
      ['Called through', 'userIdentity.invokedBy'],
    ],
  },
  {
    title: 'Where from',
    fields: [
      ['Source address', 'sourceIPAddress'],
      ['User agent', 'userAgent'],
      ['VPC endpoint', 'vpcEndpointId'],
      ['TLS', 'tlsDetails.tlsVersion'],
      ['Console session', 'sessionCredentialFromConsole'],
    ],
  },
  {
    title: 'What',
    fields: [
      ['Action', 'eventName'],
      ['Service', 'eventSource'],
      ['Region', 'awsRegion'],
      ['Account', 'recipientAccountId'],
      ['Resources', 'resources.ARN'],
      ['Read only', 'readOnly'],
      ['Event type', 'eventType'],
      ['Category', 'eventCategory'],
      ['API version', 'apiVersion'],
    ],
  },
  {
    title: 'Outcome',
    fields: [
      ['Error', 'errorCode'],
      ['Message', 'errorMessage'],
      ['Sign-in', 'responseElements.ConsoleLogin'],
    ],
  },
];

/** Leaf values at a dotted path; arrays on the way contribute each of their elements. */
export function valuesAt(record: unknown, path: string): (string | number | boolean)[] {
  let found: unknown[] = [record];
  for (const key of path.split('.')) {
    found = found.flat().flatMap((one) => {
      if (typeof one !== 'object' || one === null || !Object.hasOwn(one, key)) return [];
      return [(one as Record<string, unknown>)[key]];
    });
  }
  return found
    .flat()
    .filter((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean');
}

/** The groups that have something to say, in order. `country` is what is known of the address besides. */
export function factGroups(record: unknown, outcome: string, country: string): FactGroup[] {
  return GROUPS.map(({ title, fields }) => {
    const facts = fields.flatMap(([name, path]) =>
      valuesAt(record, path).map((value, i): RecordFact => ({
        title: i === 0 ? name : '',
        value: String(value),
        path,
        bare: typeof value !== 'string',
      })),
    );
    if (title === 'Outcome') facts.unshift({ title: 'Result', value: outcome, path: 'outcome', bare: true });
    const address = facts.findIndex((fact) => fact.path === 'sourceIPAddress');
    if (country !== '' && address >= 0)
      facts.splice(address + 1, 0, { title: 'Country', value: country, path: '', bare: false });
    return { title, facts };
  }).filter((group) => group.facts.length > 0);
}
