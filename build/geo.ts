/**
 * Vite plugin: `virtual:geo`, the embedded database of countries (declared in virtual-geo.d.ts).
 *
 * Of the free databases on npm, geo-whois-asn-country knows where cloud regions are: for 1,606 of 1,752 EC2
 * prefixes that AWS published in August 2026 it names the country of the region (most others are local zones
 * abroad, or Hong Kong told as China); iptoasn-country calls nearly all of AWS "US" (623).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { openTable } from '../src/core/geo/index.ts';
import { TABLE_FORMAT } from '../src/core/geo/table.ts';
import { makeTable } from './geo-table.ts';

const MODULE = 'virtual:geo';
/** Rollup's convention: a leading NUL keeps other plugins off. */
const RESOLVED = `\0${MODULE}`;

const DATABASE = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
const NAME = 'ip-location-db geo-whois-asn-country';
/** What the database's README names for the data of the NRO; its package.json says CC0-1.0, which asks for less. */
const LICENCE = 'CC BY 4.0';
const ATTRIBUTION =
  'Country data: ip-location-db, made of whois and ASN data of the Number Resource Organization (nro.net) and of published geofeeds; converted.';

/** Where the database that is embedded lies among the installed packages. */
export function databasePath(): string {
  return createRequire(import.meta.url).resolve(DATABASE);
}

/**
 * Provides `virtual:geo`. Workers are bundled apart: name it under `worker.plugins` as well.
 *
 * @param cache folder for the converted table, made when it is not there
 */
export function geoDatabase(cache = join('node_modules', '.cache', 'trailsift')) {
  let code: string | undefined;
  return {
    name: 'trailsift:geo',
    resolveId: (id: string) => (id === MODULE ? RESOLVED : undefined),
    load: (id: string) => (id === RESOLVED ? (code ??= moduleText(cachedTable(cache))) : undefined),
  } satisfies Plugin;
}

function cachedTable(cache: string): Uint8Array {
  const mmdb = readFileSync(databasePath());
  const key = createHash('sha256').update(NAME).update(mmdb).digest('hex').slice(0, 16);
  const path = join(cache, `geo-${TABLE_FORMAT}-${key}.bin`);
  try {
    return readFileSync(path);
  } catch {
    const table = makeTable(mmdb, NAME);
    mkdirSync(cache, { recursive: true });
    // Page and workers are built at once, tests in several processes: nobody may read half a file.
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, table);
    renameSync(unfinished, path);
    return table;
  }
}

function moduleText(table: Uint8Array): string {
  const { name, date } = openTable(table);
  const source = { name, date, licence: LICENCE, attribution: ATTRIBUTION };
  return `export const table = ${JSON.stringify(Buffer.from(table).toString('base64'))};
export const source = ${JSON.stringify(source)};
`;
}
