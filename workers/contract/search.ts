/** Case worker -> search worker. */
import type { Needles } from '../../src/core/query/index.ts';

/** What records are looked through for. */
export interface Sought {
  /** Any of these. Records in which one may stand are looked into. */
  needles: readonly Needles[];
  /** By needles: the condition that they are of, by its place among those of the query (`conditionsIn` of the core). */
  places: readonly number[];
  query: string;
  /** What date maths in it counts from, ms since the epoch. */
  now: number;
  /** Keys at the top of a record that the query does not see: it has fields of ours by these names. */
  hidden: readonly string[];
}

/** Original bytes of one log or of many, and the number that they go by from part to part. */
export interface SoughtPack {
  number: number;
  bytes: Uint8Array | Blob;
}

/** A log whose records are looked through. */
export interface SoughtText {
  /** What its original bytes lie in. */
  pack: number;
  offset: number;
  length: number;
  /** Whether it is the last text of the part before, and goes on where that ended. */
  goesOn: boolean;
  /** See `unwrap` of the core. */
  formatId: string;
  /** How many of the part's records are in it. */
  records: number;
}

/** Records to look through: text by text, in the order in which they lie in it. */
export interface SoughtPart {
  /** The packs of its texts that the part before did not use. */
  packs: SoughtPack[];
  texts: SoughtText[];
  /** By record: where it begins in its text, and its length, bytes. */
  offsets: Float64Array;
  lengths: Uint32Array;
  /** By record: what is to be done with it (see `workers/search/how.ts`). */
  how: Uint8Array;
  /**
   * By record, and of each by condition of the query: how it comes out, UNKNOWN where the record
   * tells. Empty where all are to be given back.
   */
  known: Uint8Array;
}

/** What became of a part's records. */
export interface FoundPart {
  /** By record (see `workers/search/how.ts`). */
  verdicts: Uint8Array;
  /** The JSON texts of those that are given back, one after another, and where each ends. */
  json: Uint8Array;
  ends: Uint32Array;
  /** Records of texts whose bytes could not be read to the last of them, from (inclusive) to (exclusive): nothing is told of them. */
  unread: { first: number; end: number }[];
}

/** One search: it goes from part to part. */
export interface Search {
  look(part: SoughtPart): Promise<FoundPart>;
  /** Nothing more is looked through; what is being looked through is given up. */
  end(): Promise<void>;
}

export interface SearchApi {
  /** Begins a search; several can go on at the same time. */
  start(sought: Sought): Promise<Search>;
}
