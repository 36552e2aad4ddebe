/**
 * Schema versions, oldest first. A version is never changed once released: a new one upgrades from it.
 */
import type { Dexie } from 'dexie';

/** The version that this code writes. */
export const LATEST_VERSION = 1;

export function declareVersions(database: Dexie): void {
  database.version(1).stores({
    cases: 'id, opened',
    parcels: '[caseId+seq]',
    originals: '[caseId+pack]',
  });
}
