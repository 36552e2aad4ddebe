import { describe, expect, it } from 'vitest';
import { combineGeo, openMmdb } from '../../../src/core/geo/index.ts';
import { writeMmdb } from './mmdb-writer.ts';

const named = (database_type: string, build_epoch: bigint) => ({ metadata: { database_type, build_epoch } });

describe('combineGeo', () => {
  const country = openMmdb(
    writeMmdb(
      [
        ['8.0.0.0/8', { country_code: 'US' }],
        ['9.0.0.0/8', { country_code: 'DE', asn: 'AS9' }],
      ],
      named('My-Country', 1_750_000_000n),
    ),
  );
  const asn = openMmdb(
    writeMmdb(
      [
        ['8.8.0.0/16', { autonomous_system_number: 15169, autonomous_system_organization: 'Google LLC' }],
        ['7.0.0.0/8', { autonomous_system_number: 7 }],
      ],
      named('My-ASN', 1_700_000_000n),
    ),
  );
  const both = combineGeo(country, asn);

  it('takes the place from the one and the network from the other', () => {
    expect(both.lookup('8.8.8.8')).toEqual({
      country_code: 'US',
      country_name: 'United States',
      asn: 15169,
      as_org: 'Google LLC',
    });
    expect(both.lookup('8.1.1.1')).toEqual({ country_code: 'US', country_name: 'United States' });
    expect(both.lookup('9.1.1.1')).toMatchObject({ country_code: 'DE', asn: 9 });
    expect(both.lookup('7.1.1.1')).toEqual({ asn: 7 });
    expect(both.lookup('6.1.1.1')).toBeNull();
  });

  it('gives one object for one network', () => {
    expect(both.lookup('8.8.8.8')).toBe(both.lookup('8.8.4.4'));
  });

  it('is named after both and as old as the older', () => {
    expect(both).toMatchObject({ name: 'My-Country + My-ASN', date: '2023-11-14', kind: 'country' });
  });
});
