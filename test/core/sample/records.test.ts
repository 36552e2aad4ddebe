import { readFileSync } from 'node:fs';
import { Reader, type CountryResponse } from 'mmdb-lib';
import { describe, expect, it } from 'vitest';
import { countryName } from '../../../src/core/geo/index.ts';
import { sampleIncident, sampleTruth } from '../../../src/core/sample/index.ts';

type Fields = Record<string, unknown>;

const truth = sampleTruth();
const records = new Map(
  sampleIncident()
    .flatMap(({ text }) => (JSON.parse(text) as { Records: Fields[] }).Records)
    .map((record) => [String(record['eventID']), record]),
);

/** Members of a record in the order in which AWS writes them (user guide: "CloudTrail record contents"; real logs). */
const ORDER =
  'eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestParameters responseElements additionalEventData requestID eventID readOnly resources eventType apiVersion managementEvent recipientAccountId sharedEventID serviceEventDetails vpcEndpointId eventCategory tlsDetails sessionCredentialFromConsole'.split(
    ' ',
  );

const NEEDED = ORDER.filter((field) =>
  /^(event(Version|Time|Source|Name|ID|Type|Category)|userIdentity|awsRegion|sourceIPAddress|userAgent|requestParameters|responseElements|readOnly|managementEvent|recipientAccountId)$/.test(
    field,
  ),
);

const identityOf = (record: Fields): Fields => record['userIdentity'] as Fields;

describe('the records of the sample', () => {
  it('have the members of real ones, in their order', () => {
    for (const record of records.values()) {
      const fields = Object.keys(record);
      expect(fields).toEqual(ORDER.filter((field) => fields.includes(field)));
      expect(NEEDED.filter((field) => !fields.includes(field))).toEqual([]);
    }
  });

  it('have ids, times and sources in the usual forms', () => {
    for (const record of records.values()) {
      expect(record['eventID']).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(record['eventTime']).toMatch(/^2026-03-1[678]T\d{2}:\d{2}:\d{2}Z$/);
      expect(record['eventSource']).toMatch(/^[a-z0-9-]+\.amazonaws\.com$/);
      expect(String(record['userAgent']).startsWith('[')).toBe(record['eventSource'] === 's3.amazonaws.com');
    }
  });

  it('come from all kinds of callers', () => {
    const types = new Set([...records.values()].map((record) => identityOf(record)['type']));
    expect(types).toEqual(
      new Set(['IAMUser', 'AssumedRole', 'Root', 'AWSService', 'AWSAccount', 'WebIdentityUser', undefined]),
    );
  });

  it('do not tell a request that was refused, except by EC2 and S3', () => {
    const denied = [...records].filter(([id]) => truth.expected.get(id)?.includes('access-denied'));
    expect(denied.length).toBeGreaterThan(20);
    for (const [, record] of denied) {
      expect(record['responseElements']).toBeNull();
      const shown = /^(ec2|s3)\./.test(String(record['eventSource']));
      if (!shown) expect(record['requestParameters']).toBeNull();
    }
  });

  it('carry keys that lead to their accounts', () => {
    let keys = 0;
    for (const record of records.values()) {
      const { accessKeyId, accountId } = identityOf(record) as { accessKeyId?: string; accountId?: string };
      if (!accessKeyId) continue;
      keys++;
      expect(accessKeyId).toMatch(/^A[KS]IA[A-Z2-7]{16}$/);
      expect(accountOfKey(accessKeyId)).toBe(accountId);
    }
    expect(keys).toBeGreaterThan(1_000);
  });

  it('hold a chain of roles from one account into the other', () => {
    const [first, second] = truth.chain;
    const list = [...records.values()].sort((a, b) =>
      String(a['eventTime']) < String(b['eventTime']) ? -1 : 1,
    );
    const grants = (key: string): Fields[] =>
      list.filter((record) => JSON.stringify(record['responseElements']).includes(`"accessKeyId":"${key}"`));
    const uses = (key: string): Fields[] =>
      list.filter((record) => identityOf(record)['accessKeyId'] === key);
    expect(grants(first!)).toHaveLength(1);
    // Both accounts have the second step, joined by the shared id.
    const steps = grants(second!);
    expect(steps.map((record) => record['recipientAccountId']).sort()).toEqual([
      '111122223333',
      '444455556666',
    ]);
    expect(new Set(steps.map((record) => record['sharedEventID'])).size).toBe(1);
    expect(uses(first!)).toEqual(
      expect.arrayContaining([steps.find((record) => identityOf(record)['accessKeyId'])]),
    );
    expect(uses(second!).length).toBeGreaterThan(3);
    expect(uses(second!).every((record) => record['recipientAccountId'] === '444455556666')).toBe(true);
    expect(String(uses(second!)[0]!['eventTime']) > String(steps[0]!['eventTime'])).toBe(true);
  });
});

describe('the addresses of the sample', () => {
  const database = new URL(
    '../../../node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
    import.meta.url,
  );
  const reader = new Reader<CountryResponse>(readFileSync(database));

  it.each(truth.addresses.map(({ address, country }) => [address, country] as const))(
    '%s lies in "%s"',
    (address, country) => {
      const found = reader.get(address) as { country_code?: string } | null;
      expect(found?.country_code === undefined ? '' : countryName(found.country_code)).toBe(country);
    },
  );

  it('are the only public ones', () => {
    const known = new Set(truth.addresses.map((place) => place.address));
    const used = new Set([...records.values()].map((record) => String(record['sourceIPAddress'])));
    const unknown = [...used].filter((address) => !known.has(address) && !/\.amazonaws\.com$/.test(address));
    expect(unknown).toEqual([]);
    expect([...known].filter((address) => !used.has(address))).toEqual([]);
  });
});

/** The account in a key's id: base 32, 48 bits, of which the first is set and the next 40 are the account. */
function accountOfKey(key: string): string {
  let bits = 0n;
  for (const letter of key.slice(4, 14))
    bits = bits * 32n + BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter));
  const first48 = bits >> 2n;
  expect(first48 >> 47n).toBe(1n);
  return `${(first48 & 0x7fffffffff80n) >> 7n}`.padStart(12, '0');
}
