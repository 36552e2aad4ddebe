/**
 * A database of the user's own, dropped as `.mmdb`: the shapes of record that MaxMind, DB-IP,
 * ip-location-db and IPinfo write, read into places.
 */
import { publicAddress } from './address.ts';
import { countryName } from './countries.ts';
import { GeoError, type GeoDatabase, type GeoPlace } from './database.ts';
import { MmdbFile, type TreeRecord } from './mmdb-file.ts';
import type { MmdbValue } from './mmdb-value.ts';

/** Records looked at to see whether a database holds places at all. */
const SAMPLE = 500;
/** Values that are read to see whether a database is whole: about a second's work. */
const MOST_CHECKED = 100_000;

/**
 * Opens a MaxMind DB file with countries, cities or autonomous systems. The bytes are kept, not copied.
 *
 * @throws GeoError when it is no such file, damaged, or about something else (domains, anonymizers, ...)
 */
export function openMmdb(bytes: Uint8Array): GeoDatabase {
  const file = new MmdbFile(bytes);
  const sample = firstPlace(file);
  if (sample === null) {
    throw new GeoError(
      `This MaxMind DB file (${file.type}) has neither countries nor autonomous systems. A Country, City or ASN database is needed.`,
    );
  }
  const known = new Map<TreeRecord, GeoPlace | null>();
  return {
    name: file.type,
    date: file.built,
    kind: kindOf(file.type, sample),
    lookup(source) {
      const address = publicAddress(source);
      if (address === null) return null;
      const record = file.find(address);
      if (record === file.nodeCount) return null;
      let place = known.get(record);
      if (place === undefined) known.set(record, (place = placeOf(file.value(record))));
      return place;
    },
  };
}

/**
 * Reads a database through as far as is sensible before it is relied on: that every record of its tree leads somewhere, and
 * that values can be read, MOST_CHECKED of them.
 *
 * @throws GeoError when it is damaged
 */
export function checkMmdb(bytes: Uint8Array): void {
  const file = new MmdbFile(bytes);
  const seen = new Set<TreeRecord>();
  for (let node = 0; node < file.nodeCount; node++) {
    for (let bit = 0; bit < 2; bit++) {
      const record = file.child(node, bit);
      if (record <= file.nodeCount || seen.has(record)) continue;
      file.checkPlace(record);
      if (seen.size >= MOST_CHECKED) continue;
      seen.add(record);
      file.value(record);
    }
  }
}

/** Goes through the tree's records in file order, which needs no trust in the tree. */
function firstPlace(file: MmdbFile): GeoPlace | null {
  const seen = new Set<TreeRecord>();
  for (let node = 0; node < file.nodeCount && seen.size < SAMPLE; node++) {
    for (const record of [file.child(node, 0), file.child(node, 1)]) {
      if (record <= file.nodeCount || seen.has(record)) continue;
      seen.add(record);
      const place = placeOf(file.value(record));
      if (place !== null) return place;
    }
  }
  return null;
}

function kindOf(type: string, sample: GeoPlace): GeoDatabase['kind'] {
  if (/city|enterprise|insights/i.test(type)) return 'city';
  if (/country/i.test(type)) return 'country';
  return sample.country_code === undefined ? 'asn' : 'country';
}

/** Reads one record; null when it tells neither a country nor a network. */
export function placeOf(record: MmdbValue): GeoPlace | null {
  // MaxMind Enterprise keeps the network under `traits`; ISP databases say `organization`; IPinfo `as_name`.
  const traits = at(record, 'traits');
  const asn = number(
    at(record, 'autonomous_system_number') ?? at(traits, 'autonomous_system_number') ?? at(record, 'asn'),
  );
  const organization = string(
    at(record, 'autonomous_system_organization') ??
      at(traits, 'autonomous_system_organization') ??
      at(record, 'as_name') ??
      at(record, 'organization'),
  );
  const city = string(at(at(at(record, 'city'), 'names'), 'en') ?? at(record, 'city'));
  const country = countryOf(record);
  if (country === null && asn === null && organization === null) return null;
  return {
    ...country,
    ...(city === null ? {} : { city_name: city }),
    ...(asn === null ? {} : { asn }),
    ...(organization === null ? {} : { as_org: organization }),
  };
}

function countryOf(record: MmdbValue): Pick<GeoPlace, 'country_code' | 'country_name'> | null {
  // Where the address is used; failing that (satellites, proxies), where its network is registered.
  for (const field of ['country', 'registered_country']) {
    const country = at(record, field);
    const code = string(at(country, 'iso_code'));
    if (code !== null) {
      return {
        country_code: code,
        country_name: string(at(at(country, 'names'), 'en')) ?? countryName(code),
      };
    }
  }
  // Flat records: ip-location-db and IPinfo Lite say `country_code`, older IPinfo has the code in `country`.
  const country = string(at(record, 'country'));
  const code = string(at(record, 'country_code')) ?? (country?.length === 2 ? country : null);
  if (code === null) return null;
  const name = string(at(record, 'country_name')) ?? (country?.length === 2 ? null : country);
  return { country_code: code, country_name: name ?? countryName(code) };
}

function at(value: MmdbValue | undefined, key: string): MmdbValue | undefined {
  return value instanceof Map ? value.get(key) : undefined;
}

function string(value: MmdbValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, or one in text as IPinfo writes it: "AS15169". */
function number(value: MmdbValue | undefined): number | null {
  if (typeof value === 'number') return value;
  const digits = typeof value === 'string' ? /^AS(\d{1,10})$/.exec(value)?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}
