/** From source addresses to countries and networks, offline. */
export { isPrivate, parseAddress, publicAddress, type Address } from './address.ts';
export { countryName } from './countries.ts';
export {
  combineGeo,
  FACTS_OF,
  GeoError,
  tolerant,
  type GeoDatabase,
  type GeoFact,
  type GeoPlace,
} from './database.ts';
export { checkMmdb, openMmdb } from './mmdb.ts';
export { endsLikeMmdb, MMDB_TAIL } from './mmdb-file.ts';
export { openTable, openUnpackedTable, unpackTable } from './table.ts';
