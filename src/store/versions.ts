/**
 * Schema versions, oldest first. A version is never changed once released: a new one upgrades from it.
 */
import type { Dexie } from 'dexie';

export function declareVersions(database: Dexie): void {
  database.version(1).stores({
    cases: 'id, opened',
    parcels: '[caseId+seq]',
    originals: '[caseId+pack]',
  });
}
