/** Files given to a case, and how reading them ended. */

/** How reading a file ended (DESIGN: every byte given is accounted for). */
export type SourceState =
  /** Read whole; it may hold no record at all (`records` is 0, `note` says why). */
  | 'analysed'
  /** Some of it was read, and `reason` says where it broke. */
  | 'partial'
  /** None of it could be used; `reason` says what it is and what to do. */
  | 'refused'
  /** Its bytes were in the case already; `reason` says where. It was not read, and has no records of its own. */
  | 'repeated'
  /** Began, and neither ended nor failed: only seen after a crash or a closed tab. */
  | 'interrupted';

/** One file given to Trailsift, or one entry of an archive given to it. */
export interface Source {
  /** Number within the case, from 0, in order of arrival. */
  id: number;
  /** Path as dropped, archives included: `logs.zip/AWSLogs/.../file.json.gz`. */
  path: string;
  /** Size in bytes as given (compressed, if it is). */
  bytes: number;
  /** Size in bytes after decompression. */
  inflated: number;
  /** SHA-256 of the bytes as given, 64 hex digits; '' while unknown. */
  sha256: string;
  state: SourceState;
  /** What it was recognised as, in words: "CloudTrail log file", "JSON Lines". */
  format: string;
  /** Records read, before duplicates were set aside. */
  records: number;
  /** Records kept as events of the case. */
  kept: number;
  duplicates: number;
  /** Records that were found but could not be read. */
  refusedRecords: number;
  /** First and last event time, NaN when none. */
  from: number;
  to: number;
  accounts: string[];
  regions: string[];
  /** For `partial` and `refused`: what happened and what to do about it, one sentence. */
  reason: string;
  /** Anything else worth knowing: "CRC of member 2 does not match", "12 bytes were not valid UTF-8". */
  notes: string[];
}
