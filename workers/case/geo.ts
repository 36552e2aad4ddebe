/** The geo database that is built into the page, opened when it is first asked for. */
import { source, table } from 'virtual:geo';
import { openTable, type GeoDatabase } from '../../src/core/geo/index.ts';
import type { PlaceOf } from '../../src/core/table/rows.ts';

let bytes: Uint8Array | null = null;
let database: GeoDatabase | null = null;

/** What it is, and what its licence asks to be shown. */
export const embeddedGeoSource = source;

/** @returns its bytes, for the ingest workers: the case worker alone carries them */
export function embeddedGeoBytes(): Uint8Array {
  bytes ??= Uint8Array.from(atob(table), (character) => character.charCodeAt(0));
  return bytes;
}

/** Geo facts of an address. */
export const embeddedPlaceOf: PlaceOf = (address) => {
  database ??= openTable(embeddedGeoBytes());
  return database.lookup(address);
};
