/**
 * Schema versions, oldest first. A version is never changed once released: a new one upgrades from it.
 */
import type { Dexie } from 'dexie';
import type { CaseRow } from './database.ts';

/** The version that this code writes. */
export const LATEST_VERSION = 6;

export function declareVersions(database: Dexie): void {
  database.version(1).stores({
    cases: 'id, opened',
    parcels: '[caseId+seq]',
    originals: '[caseId+pack]',
  });
  // Rules can be changed for a case, and the findings of changed rules are kept. A case has an owner.
  database
    .version(2)
    .stores({ findings: 'caseId' })
    .upgrade((transaction) =>
      transaction
        .table<CaseRow, string>('cases')
        .toCollection()
        .modify((row) => {
          row.owner = '';
          row.rules = { off: [], profile: 'corrected', values: {}, own: [] };
        }),
    );
  // Events and findings can be marked, and filters kept under a name.
  database
    .version(3)
    .stores({ marks: '[caseId+seq]' })
    .upgrade((transaction) =>
      transaction
        .table<CaseRow, string>('cases')
        .toCollection()
        .modify((row) => {
          row.filters = [];
        }),
    );
  // A person's own geo databases, for all cases.
  database.version(4).stores({ geo: 'role' });
  // A case knows whether all that was given for it is in it.
  database
    .version(5)
    .stores({})
    .upgrade((transaction) =>
      transaction
        .table<CaseRow, string>('cases')
        .toCollection()
        .modify((row) => {
          row.reading = false;
          row.unstored = [];
        }),
    );
  // Blocks are stored packed. Those that were not are read as they are.
  database.version(6).stores({});
}
