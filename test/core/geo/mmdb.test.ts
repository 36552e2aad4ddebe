import fc from 'fast-check';
import { Reader } from 'mmdb-lib';
import { describe, expect, it } from 'vitest';
import { GeoError, isPrivate, openMmdb, type GeoPlace } from '../../../src/core/geo/index.ts';
import { borders, crowdedCidr, lookUp, textOf } from './addresses.ts';
import { assemble, encodePlain, pointer, writeMmdb, type Json, type MmdbOptions } from './mmdb-writer.ts';

const flat = (code: string): Json => ({ country_code: code });

/** One record of a database of the given type, as a place. */
function placed(record: Json, type = 'Test-Country'): GeoPlace | null {
  const other = flat('XX');
  const file = writeMmdb(
    [
      ['9.9.9.0/24', other],
      ['8.8.8.0/24', record],
    ],
    { metadata: { database_type: type } },
  );
  return openMmdb(file).lookup('8.8.8.8');
}

describe('openMmdb', () => {
  it('tells name, date and kind from the metadata', () => {
    const open = (type: string, record: Json = flat('US')) =>
      openMmdb(writeMmdb([['8.0.0.0/8', record]], { metadata: { database_type: type } }));
    expect(open('GeoLite2-Country')).toMatchObject({
      name: 'GeoLite2-Country',
      date: '2025-06-15',
      kind: 'country',
    });
    expect(open('GeoLite2-City').kind).toBe('city');
    expect(open('GeoIP2-Enterprise').kind).toBe('city');
    expect(open('GeoLite2-ASN', { autonomous_system_number: 15169 }).kind).toBe('asn');
    expect(open('ipinfo generic_country_asn_free.mmdb').kind).toBe('country');
    expect(open('something of their own').kind).toBe('country');
  });

  it('reads what MaxMind and DB-IP write', () => {
    const country = {
      geoname_id: 1,
      iso_code: 'GB',
      names: { de: 'Vereinigtes Königreich', en: 'United Kingdom' },
    };
    const city = { geoname_id: 2, names: { en: 'London', ja: 'ロンドン' } };
    const location = {
      accuracy_radius: 10,
      latitude: 51.5142,
      longitude: -0.0931,
      time_zone: 'Europe/London',
    };
    expect(placed({ city, continent: { code: 'EU' }, country, location }, 'GeoLite2-City')).toEqual({
      country_code: 'GB',
      country_name: 'United Kingdom',
      city_name: 'London',
    });
    expect(
      placed({ autonomous_system_number: 20712, autonomous_system_organization: 'Andrews & Arnold Ltd' }),
    ).toEqual({
      asn: 20712,
      as_org: 'Andrews & Arnold Ltd',
    });
    expect(
      placed({ country, traits: { autonomous_system_number: 4_294_967_295, is_anonymous: true } }),
    ).toEqual({
      country_code: 'GB',
      country_name: 'United Kingdom',
      asn: 4_294_967_295,
    });
  });

  it('falls back to where the network is registered', () => {
    expect(placed({ registered_country: { iso_code: 'NL', names: { fr: 'Pays-Bas' } } })).toEqual({
      country_code: 'NL',
      country_name: 'Netherlands',
    });
    expect(placed({ continent: { code: 'EU' } })).toBeNull();
  });

  it('reads what ip-location-db and IPinfo write', () => {
    expect(placed({ country_code: 'IE' })).toEqual({ country_code: 'IE', country_name: 'Ireland' });
    expect(placed({ country_code: 'IE', city: 'Dublin', latitude: 53.3 })).toMatchObject({
      city_name: 'Dublin',
    });
    const lite = { asn: 'AS16509', as_name: 'Amazon.com, Inc.', country: 'Ireland', country_code: 'IE' };
    expect(placed(lite)).toEqual({
      country_code: 'IE',
      country_name: 'Ireland',
      asn: 16509,
      as_org: 'Amazon.com, Inc.',
    });
    expect(placed({ country: 'DE', country_name: 'Germany' })).toEqual({
      country_code: 'DE',
      country_name: 'Germany',
    });
  });

  it('knows no place for private addresses, services and addresses that it does not hold', () => {
    const database = openMmdb(writeMmdb([['0.0.0.0/1', flat('US')]]));
    expect(database.lookup('10.0.0.1, 8.8.8.8')).toEqual({
      country_code: 'US',
      country_name: 'United States',
    });
    for (const source of ['10.0.0.1', '200.1.1.1', 'AWS Internal', 'ec2.amazonaws.com', '', '2600::1']) {
      expect(database.lookup(source), source).toBeNull();
    }
  });

  it('gives one object for one network', () => {
    const database = openMmdb(writeMmdb([['8.0.0.0/8', flat('US')]]));
    expect(database.lookup('8.1.1.1')).toBe(database.lookup('8.200.1.1'));
  });

  it('agrees with an independent reader and with the prefixes written, in every record size', () => {
    const options: fc.Arbitrary<MmdbOptions> = fc.record({
      ipVersion: fc.constantFrom<4 | 6>(4, 6),
      recordSize: fc.constantFrom<24 | 28 | 32>(24, 28, 32),
    });
    const entries = fc.array(fc.tuple(crowdedCidr, fc.constantFrom('DE', 'IE', 'US')), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(entries, options, (entries, options) => {
        const fitting = entries.filter(([cidr]) => options.ipVersion === 6 || !cidr.includes(':'));
        fc.pre(fitting.length > 0);
        const file = writeMmdb(
          fitting.map(([cidr, code]) => [cidr, flat(code)] as const),
          options,
        );
        const database = openMmdb(file);
        const oracle = new Reader<never>(Buffer.from(file));
        for (const address of borders(fitting.map(([cidr]) => cidr))) {
          const text = textOf(address);
          const held = lookUp(fitting, address);
          expect(database.lookup(text)?.country_code, text).toBe(isPrivate(address) ? undefined : held);
          if (options.ipVersion === 4 && address.version === 6) continue;
          expect((oracle.get(text) as { country_code: string } | null)?.country_code, text).toBe(held);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('decodes every type and size of value', () => {
    const sizes = [0, 28, 29, 284, 285, 65_820, 65_821, 70_000];
    for (const size of sizes) {
      const organization = 'x'.repeat(size);
      const record: Json = {
        asn: 'AS1',
        as_name: organization,
        extra: [true, -1, 0.5, 2n ** 64n, { deep: [] }],
      };
      const expected = size === 0 ? undefined : organization;
      expect(placed(record)?.as_org, `${size}`).toBe(expected);
    }
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`key ${i}`, i]));
    expect(placed({ ...many, country_code: 'FR' })?.country_code).toBe('FR');
  });

  it('follows pointers of every width', () => {
    for (const offset of [0, 2047, 2048, 526_335, 526_336, 600_000]) {
      const filler = new Array<number>(offset).fill(0);
      const record = encodePlain({ country_code: 'FR' });
      const at = 1 + 16 + offset + record.length;
      const narrow = assemble([at, at], [...filler, ...record, ...pointer(offset)]);
      expect(openMmdb(narrow).lookup('8.8.8.8')?.country_code, `${offset}`).toBe('FR');
      const bytes = [24, 16, 8, 0].map((shift) => (offset >>> shift) & 0xff);
      const wide = assemble([at, at], [...filler, ...record, 0x38, ...bytes]);
      expect(openMmdb(wide).lookup('8.8.8.8')?.country_code, `${offset} in 32 bits`).toBe('FR');
    }
  });

  it('keeps a key that is no key of objects a key', () => {
    expect(
      placed(JSON.parse('{"__proto__":{"iso_code":"US"},"country_code":"FR"}') as Json)?.country_code,
    ).toBe('FR');
  });
});

describe('openMmdb on files that are none', () => {
  const good = writeMmdb([
    ['8.0.0.0/8', { country: { iso_code: 'US', names: { en: 'United States' } } }],
    ['2600::/16', flat('US')],
    ['2600:1::/32', { ...{ asn: 'AS1' }, list: [1, 'two', 0.25] }],
  ]);

  /** Whether opening or asking fails as it should; `why` is part of the message. */
  const refused = (bytes: Uint8Array, why: string) => {
    const use = () => openMmdb(bytes).lookup('8.8.8.8');
    expect(use).toThrow(GeoError);
    expect(use).toThrow(why);
  };

  it('refuses other files and says so', () => {
    expect(() => openMmdb(new Uint8Array(0))).toThrow('not a MaxMind DB file');
    expect(() => openMmdb(new TextEncoder().encode('{"Records":[]}'))).toThrow('not a MaxMind DB file');
  });

  it('refuses databases about something else, and names them', () => {
    const anonymous = writeMmdb([['8.0.0.0/8', { is_anonymous: true }]], {
      metadata: { database_type: 'GeoIP2-Anonymous-IP' },
    });
    expect(() => openMmdb(anonymous)).toThrow('GeoIP2-Anonymous-IP');
  });

  it.each([
    ['a later format', { binary_format_major_version: 3 }, 'format version 3'],
    ['an odd record size', { record_size: 26 }, 'record_size'],
    ['an odd IP version', { ip_version: 5 }, 'ip_version'],
    ['no nodes', { node_count: 0 }, 'node_count'],
    ['more nodes than bytes', { node_count: 4_000_000_000 }, 'cut off'],
    ['nodes in text', { node_count: 'many' }, 'node_count'],
    ['a type that is no text', { database_type: 1 }, 'database_type'],
  ])('refuses %s', (_, metadata, why) => {
    refused(writeMmdb([['8.0.0.0/8', flat('US')]], { metadata: metadata as Record<string, Json> }), why);
  });

  it('bears a build time beyond all calendars', () => {
    const file = writeMmdb([['8.0.0.0/8', flat('US')]], { metadata: { build_epoch: 2n ** 64n - 1n } });
    expect(openMmdb(file).date).toBe('');
  });

  it('refuses a file cut off anywhere', () => {
    for (let length = 0; length < good.length; length++) refused(good.subarray(0, length), 'MaxMind DB file');
  });

  const us = encodePlain({ country_code: 'US' });
  /** One node; both sides lead to the same place in the data. */
  const ofData = (data: number[], offset = 0) => assemble([1 + 16 + offset, 1 + 16 + offset], data);

  it('refuses a tree without end', () => {
    // The left of the first node is the first node, so that 8.8.8.8 never arrives.
    refused(assemble([0, 0, 2 + 16, 2 + 16], us), 'deeper than an address');
  });

  it('refuses a tree that points into the separator or beyond the data', () => {
    refused(assemble([1 + 15, 1 + 15], us), 'points to no value');
    refused(ofData(us, 5000), 'beyond its end');
  });

  it('refuses pointers to pointers and out of the file', () => {
    refused(ofData(pointer(0)), 'points to a pointer');
    refused(ofData([...pointer(2), ...pointer(4), ...us]), 'points to a pointer');
    refused(ofData(pointer(2040)), 'beyond its end');
    refused(ofData(pointer(600_000)), 'beyond its end');
  });

  it('refuses what would grow without end', () => {
    const listOf = (count: number, item: number[]) => [
      count,
      0x04,
      ...Array.from({ length: count }, () => item).flat(),
    ];
    refused(ofData(listOf(1, pointer(0))), 'nested too deep');
    // Each list holds the next one sixteen times: 16^12 values in 400 bytes.
    const lists = Array.from({ length: 12 }, (_, i) => listOf(16, pointer((i + 1) * (2 + 16 * 2))));
    refused(ofData([...lists.flat(), ...encodePlain('end')]), 'too large');
  });

  it('refuses sizes beyond the file or the type, keys that are no text, types that are none', () => {
    refused(ofData([0x1f, 0x04, 0xff, 0xff, 0xff]), 'beyond its end');
    refused(ofData([0xff, 0xff, 0xff, 0xff]), 'beyond its end');
    refused(ofData([0x5f, 0xff, 0xff, 0xff]), 'beyond its end');
    refused(ofData([0xe1, 0xa1, 0x01, 0xa1, 0x01]), 'key is not text');
    refused(ofData([0xc5, 0, 0, 0, 0, 1]), 'number is too long');
    refused(ofData([0x64, 0, 0, 0, 0]), 'double');
    refused(ofData([0x03, 0x08, 0, 0, 0]), 'float');
    refused(ofData([0x02, 0x07]), 'boolean');
    refused(ofData([0x00, 0x30]), 'unknown type');
  });

  it('answers or refuses, whatever is changed in it', () => {
    const sources = ['8.8.8.8', '2600::1', '2600:1::1', '1.1.1.1'];
    const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = good.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        try {
          const database = openMmdb(bytes);
          for (const source of sources) database.lookup(source);
        } catch (error) {
          expect(error).toBeInstanceOf(GeoError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
