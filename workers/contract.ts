/**
 * Every type that crosses a thread. The page, the ingest workers and the case worker know each other
 * through this file alone. Rules of the contract:
 *
 * - Expected failures are returned as data (`{ ok: false, ... }`), never thrown: an Error loses its own
 *   fields on the way through Comlink.
 * - Whatever is large is a typed array and is transferred, not copied.
 * - Times are milliseconds since the epoch (UTC); sizes are bytes; NaN means "no usable time".
 */
export type * from './contract/case.ts';
export type * from './contract/entities.ts';
export type * from './contract/exports.ts';
export type * from './contract/helper.ts';
export type * from './contract/ingest.ts';
export type * from './contract/marks.ts';
export type * from './contract/rules.ts';
export type * from './contract/search.ts';
export type * from './contract/sources.ts';
export type * from './contract/unpack.ts';
export type * from './contract/views.ts';
