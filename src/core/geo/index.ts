/** From source addresses to countries and networks, offline. */
export { isPrivate, parseAddress, publicAddress, type Address } from './address.ts';
export { countryName } from './countries.ts';
export { combineGeo, GeoError, type GeoDatabase, type GeoPlace } from './database.ts';
export { openMmdb } from './mmdb.ts';
export { openTable } from './table.ts';
