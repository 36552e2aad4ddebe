import fc from 'fast-check';
import { Reader } from 'mmdb-lib';
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { databasePath } from '../../../build/geo.ts';
import { makeTable } from '../../../build/geo-table.ts';
import { countryName, GeoError, isPrivate, openTable, type Address } from '../../../src/core/geo/index.ts';
import type { TableHeader } from '../../../src/core/geo/table.ts';
import { addressOf, borders, crowdedCidr, lookUp, numberOf, textOf } from './addresses.ts';
import { writeMmdb } from './mmdb-writer.ts';

describe('openTable', () => {
  it('answers as the prefixes that the table was made of', () => {
    const entries = fc.array(fc.tuple(crowdedCidr, fc.constantFrom('DE', 'IE', 'US')), { maxLength: 25 });
    fc.assert(
      fc.property(entries, (entries) => {
        const mmdb = writeMmdb(entries.map(([cidr, code]) => [cidr, { country_code: code }] as const));
        const table = openTable(makeTable(mmdb, 'Test'));
        for (const address of borders(entries.map(([cidr]) => cidr))) {
          const expected = isPrivate(address) ? undefined : lookUp(entries, address);
          expect(table.lookup(textOf(address))?.country_code, textOf(address)).toBe(expected);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('carries name and date of the database', () => {
    const mmdb = writeMmdb([['8.0.0.0/8', { country_code: 'US' }]]);
    expect(openTable(makeTable(mmdb, 'Test'))).toMatchObject({
      name: 'Test',
      date: '2025-06-15',
      kind: 'country',
    });
  });

  it('holds IPv4 once: not in the tree of IPv6 as well', () => {
    const table = makeTable(writeMmdb([['8.0.0.0/8', { country_code: 'US' }]]), 'Test');
    const header = JSON.parse(inflateRawSync(table).toString('latin1').split('\n')[0]!) as TableHeader;
    expect(header.trees).toEqual({ ipv4: { leaves: 9, ranges: 3 }, ipv6: { leaves: 1, ranges: 1 } });
  });

  it('refuses bytes that are no table, a table cut off and one of another version', () => {
    const table = makeTable(writeMmdb([['8.0.0.0/8', { country_code: 'US' }]]), 'Test');
    const inflated = inflateRawSync(table);
    expect(() => openTable(new Uint8Array([1, 2, 3]))).toThrow(GeoError);
    expect(() => openTable(deflateRawSync(inflated.subarray(0, -1)))).toThrow('cut off');
    const other = Buffer.from(inflated.toString('latin1').replace('"format":1', '"format":9'), 'latin1');
    expect(() => openTable(deflateRawSync(other))).toThrow('another version');
  });
});

describe('the embedded table', () => {
  const mmdb = readFileSync(databasePath());
  const bytes = makeTable(mmdb, 'Embedded');
  const table = openTable(bytes);
  const oracle = new Reader<never>(mmdb);

  /** What the database says, by the independent reader. */
  const expected = (address: Address) => {
    if (isPrivate(address)) return undefined;
    return (oracle.get(textOf(address)) as { country_code: string } | null)?.country_code;
  };

  const agrees = (address: Address) => {
    expect(table.lookup(textOf(address))?.country_code, textOf(address)).toBe(expected(address));
  };

  it('is small enough to carry: 2 MB in base64', () => {
    expect((bytes.length * 4) / 3).toBeLessThan(2_000_000);
  });

  it('answers as the database it was made of for random addresses', () => {
    const word = fc.nat(0xffff_ffff);
    // Half of the IPv6 addresses in 2000::/12 to 2a00::/12, where the registries' space is.
    const registry = fc.constantFrom(0x20010000, 0x24000000, 0x26000000, 0x28000000, 0x2a000000);
    const ipv6 = fc.tuple(registry, fc.nat(0xfff_ffff), word, word, word);
    fc.assert(
      fc.property(word, ipv6, (ipv4, [high, low, ...rest]) => {
        agrees({ version: 4, words: [ipv4] });
        agrees({ version: 6, words: [high + (low >>> 8), ...rest] });
      }),
      { numRuns: 4000 },
    );
  });

  it('answers as the database it was made of on both sides of its borders', () => {
    // A border: found by halving between two addresses of different answers.
    const border = (version: 4 | 6, low: bigint, high: bigint) => {
      const answer = expected(addressOf(low, version));
      while (high - low > 1n) {
        const middle = (low + high) / 2n;
        if (expected(addressOf(middle, version)) === answer) low = middle;
        else high = middle;
      }
      agrees(addressOf(low, version));
      agrees(addressOf(high, version));
    };
    const within = (version: 4 | 6, low: bigint, high: bigint) =>
      fc.tuple(fc.constant(version), fc.bigInt(low, high), fc.bigInt(low, high));
    const pair = fc.oneof(
      within(4, 0n, 2n ** 32n - 1n),
      within(6, 0x2000n << 112n, (0x2c00n << 112n) - 1n),
      // Where single addresses of one /64 lie in different countries.
      within(6, 0x2001_0506_0009n << 80n, (0x2001_0506_000an << 80n) - 1n),
    );
    fc.assert(
      fc.property(pair, ([version, a, b]) => {
        border(version, a < b ? a : b, a < b ? b : a);
      }),
      { numRuns: 600 },
    );
  });

  it('places well-known addresses', () => {
    const known: [source: string, country: string][] = [
      ['8.8.8.8', 'United States'],
      ['1.1.1.1', 'Australia'],
      ['77.88.8.8', 'Russia'],
      ['193.0.6.139', 'Netherlands'],
      ['81.2.69.142', 'United Kingdom'],
      ['49.36.0.1', 'India'],
      ['164.124.101.2', 'South Korea'],
      ['2001:4860:4860::8888', 'United States'],
    ];
    for (const [source, country] of known) expect(table.lookup(source)?.country_name, source).toBe(country);
  });

  it('knows in which country an AWS region is', () => {
    const regions: [source: string, code: string][] = [
      ['52.208.0.1', 'IE'], // eu-west-1
      ['34.240.0.1', 'IE'],
      ['2a05:d018::1', 'IE'],
      ['3.120.0.1', 'DE'], // eu-central-1
      ['13.232.0.1', 'IN'], // ap-south-1
      ['13.112.0.1', 'JP'], // ap-northeast-1
      ['18.228.0.1', 'BR'], // sa-east-1
      ['3.225.16.109', 'US'], // us-east-1
    ];
    for (const [source, code] of regions) expect(table.lookup(source)?.country_code, source).toBe(code);
  });

  it('has a name for each of its countries', () => {
    const codes = new Set<string>();
    for (let high = 0; high < 0x1_0000; high++) {
      for (const low of [0x0001, 0x8001]) {
        const place = table.lookup(textOf({ version: 4, words: [high * 0x1_0000 + low] }));
        if (place?.country_code !== undefined) codes.add(place.country_code);
      }
    }
    expect(codes.size).toBeGreaterThan(200);
    for (const code of codes) expect(countryName(code), code).not.toBe(code);
  });

  it('begins and ends right', () => {
    for (const version of [4, 6] as const) {
      agrees(addressOf(0n, version));
      agrees(addressOf(2n ** (version === 4 ? 32n : 128n) - 1n, version));
    }
    expect(numberOf(addressOf(2n ** 128n - 1n, 6))).toBe(2n ** 128n - 1n);
  });
});
