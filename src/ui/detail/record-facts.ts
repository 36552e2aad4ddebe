/**
 * What a record says of where a call came from, what it was and how it came out, under the names people use. Who made
 * it: `core/record/identity-chain.ts`.
 * Field names: AWS CloudTrail user guide, "CloudTrail record contents" and "userIdentity element".
 */

import { clauseOf } from '../../core/query/index.ts';
import { valuesAt } from '../../core/record/values-at.ts';

export interface RecordFact {
  title: string;
  value: string;
  /** Where it stands in the record, as queries name it. */
  path: string;
  /** The clause that asks for it; '' when the filter cannot. */
  clause: string;
}

export interface FactGroup {
  title: string;
  facts: RecordFact[];
}

/** Where the filter knows the country of the address, which no record has. */
const COUNTRY = 'sourceIPAddress_geoip.country_name';

const GROUPS: readonly { title: string; fields: readonly (readonly [title: string, path: string])[] }[] = [
  {
    title: 'Where from',
    fields: [
      ['Source address', 'sourceIPAddress'],
      ['User agent', 'userAgent'],
      ['VPC endpoint', 'vpcEndpointId'],
      ['Endpoint’s account', 'vpcEndpointAccountId'],
      ['TLS', 'tlsDetails.tlsVersion'],
      ['Cipher suite', 'tlsDetails.cipherSuite'],
      ['Host', 'tlsDetails.clientProvidedHostHeader'],
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
      ['Request ID', 'requestID'],
      ['Shared event ID', 'sharedEventID'],
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

/** The groups that have something to say, in order. `country` is what is known of the address besides. */
export function factGroups(record: unknown, outcome: string, country: string): FactGroup[] {
  return GROUPS.map(({ title, fields }) => {
    const facts = fields.flatMap(([name, path]) =>
      valuesAt(record, path).map((value, i): RecordFact => ({
        title: i === 0 ? name : '',
        value: String(value),
        path,
        clause: clauseOf(path, value),
      })),
    );
    if (title === 'Outcome' && outcome !== '')
      facts.unshift({ title: 'Result', value: outcome, path: 'outcome', clause: `outcome:${outcome}` });
    const address = facts.findIndex((fact) => fact.path === 'sourceIPAddress');
    if (country !== '' && address >= 0)
      facts.splice(address + 1, 0, {
        title: 'Country',
        value: country,
        path: COUNTRY,
        clause: clauseOf(COUNTRY, country),
      });
    return { title, facts };
  }).filter((group) => group.facts.length > 0);
}
