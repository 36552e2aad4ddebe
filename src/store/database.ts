/**
 * The IndexedDB schema. Used by the case worker only: one connection, one writer.
 *
 * Row types are tied to the schema version: to change one, add a version with an upgrade in `versions.ts`
 * and a test that opens a database of the version before (test/browser/store).
 */
import { Dexie, type Table } from 'dexie';
import type { StoredBlock } from '../core/table/event-table.ts';
import type { MarkAct } from '../core/table/mark.ts';
import type { PackedBlock } from './packed-block.ts';
import { declareVersions } from './versions.ts';

/** A case as listed on the start page. */
export interface CaseRow {
  id: string;
  /** Drawn by whoever opened it last, in whatever tab: nobody else may write to it. */
  owner: string;
  name: string;
  /** ms since the epoch. */
  created: number;
  opened: number;
  events: number;
  findings: number;
  files: number;
  /** Bytes written for it. */
  bytes: number;
  /** First and last event time; NaN when there is none. */
  from: number;
  to: number;
  /** What the person has set for the rules of this case. */
  rules: StoredRuleSettings;
  /** Files are being read into it; still set when it is opened again, reading did not come to its end. */
  reading: boolean;
  /** Files that were read and not stored: the first 16 digits of their SHA-256. */
  unstored: string[];
  /** Filters that the person has given a name, in order of saving. */
  filters: StoredFilter[];
}

/** A filter with a name; no two of a case have the same. */
export interface StoredFilter {
  name: string;
  query: string;
}

/** See RuleSettings in the workers' contract. */
export interface StoredRuleSettings {
  off: string[];
  profile: 'corrected' | 'published';
  values: Record<string, string[]>;
  own: string[];
}

/** All findings of a case, where its rules changed after its events were read. */
export interface FindingsRow {
  caseId: string;
  /** Keys of the rules that they are of, in the order that `hitRule` numbers them by. */
  rules: string[];
  /** Events of the case when they were found: later parcels bring their own. */
  events: number;
  hitRule: Uint16Array;
  hitRow: Uint32Array;
}

/** Where the original bytes of a source are: a slice of a row of `originals`. */
export interface OriginalRef {
  pack: number;
  offset: number;
  length: number;
}

export interface OpenedSource {
  /** A number that was there before: the source is read again from its beginning. */
  id: number;
  path: string;
  bytes: number;
  /** '' when its bytes could not be had; absent in parcels of schema versions before 4. */
  sha256?: string;
  /** The source that has the same bytes: this one is not read. */
  repeats?: number;
  /** null: nothing was kept, because the source holds no record. */
  original: OriginalRef | null;
}

export interface ClosedSource {
  id: number;
  path: string;
  bytes: number;
  inflated: number;
  sha256: string;
  state: 'analysed' | 'partial' | 'refused';
  /** Reading it again may give more; absent in parcels of schema versions before 4. */
  unfinished?: boolean;
  formatId: string;
  format: string;
  records: number;
  refusedRecords: number;
  from: number;
  to: number;
  accounts: string[];
  regions: string[];
  reason: string;
  notes: string[];
}

/**
 * What one parcel of an ingest worker added to a case: stored whole or not at all. Reading a case's parcels
 * in order of `seq` rebuilds it.
 */
export interface ParcelRow {
  caseId: string;
  seq: number;
  opened: OpenedSource[];
  closed: ClosedSource[];
  /** Key of each rule that was matched, in the order that the block's findings number them by. */
  rules: string[];
  block: StoredBlock | null;
}

/** A parcel as it is stored. In schema versions before 6 the block was stored as it is. */
export type StoredParcelRow = Omit<ParcelRow, 'block'> & { block: PackedBlock | StoredBlock | null };

/** Original bytes of one large source, or of many small ones one after another. */
export interface OriginalsRow {
  caseId: string;
  pack: number;
  bytes: Uint8Array | Blob;
}

/**
 * One act of marking. Doing a case's acts in order of `seq`, but for those taken back, gives its marks; a finding is
 * named by its rule's ID and its event, because numbers of findings change with the rules.
 */
export interface MarkRow extends MarkAct {
  caseId: string;
  seq: number;
  /** When it was done, ms since the epoch. */
  at: number;
  /** Taken back: it can be done again until something else is done. */
  undone: boolean;
}

/** A geo database of the person's own, used for all cases. */
export interface GeoRow {
  /** What it is there for: one database for places (countries, cities), one for networks (ASN). */
  role: 'places' | 'networks';
  /** Path of the file that it came in. */
  file: string;
  /** What it calls itself: "GeoLite2-City". */
  name: string;
  /** When it was built, `YYYY-MM-DD`; '' when it does not say. */
  date: string;
  kind: 'country' | 'city' | 'asn';
  /** When it was added, ms since the epoch: tells one from another. */
  added: number;
  bytes: Blob;
}

export const DATABASE_NAME = 'trailsift';

export class TrailsiftDatabase extends Dexie {
  declare readonly cases: Table<CaseRow, string>;
  declare readonly parcels: Table<StoredParcelRow, [string, number]>;
  declare readonly findings: Table<FindingsRow, string>;
  declare readonly originals: Table<OriginalsRow, [string, number]>;
  declare readonly marks: Table<MarkRow, [string, number]>;
  declare readonly geo: Table<GeoRow, string>;

  constructor(name = DATABASE_NAME) {
    super(name);
    declareVersions(this);
  }
}
