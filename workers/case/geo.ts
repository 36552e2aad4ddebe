/** The geo database that is built into the page. */
import { source, table } from 'virtual:geo';
import { openTable } from '../../src/core/geo/index.ts';
import type { GeoAtHand } from './service.ts';

/** @returns the embedded database, and its bytes for the ingest workers (this worker alone carries them) */
export function embeddedGeo(): GeoAtHand {
  const bytes = Uint8Array.from(atob(table), (c) => c.charCodeAt(0));
  return { database: openTable(bytes), bytes: [{ kind: 'table', bytes }], source };
}
