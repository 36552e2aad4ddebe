/**
 * The seam between the formats, which know where records are, and whoever takes the records
 * (the scanner of an ingest worker; a plain collector in tests).
 */

/** Random access to the bytes of one file, wherever they are kept. */
export interface ByteSource {
  readonly size: number;
  /** Bytes `from` (inclusive) to `to` (exclusive); fewer only at the end of the source. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** `RecordSink.record`: the bytes end before the record does. Nothing was taken: call again with more. */
export const INCOMPLETE = -1;
/** `RecordSink.record`: this is not a JSON object. Nothing was taken: skip it, report it, resynchronise. */
export const BROKEN = -2;

/** Takes the records of one log, in their order. */
export interface RecordSink {
  /**
   * Takes the record whose `{` stands at `bytes[start]`, if it is complete and valid JSON before `end`. The bytes of an array
   * that was given do not change before `drain` is called.
   *
   * @param offset where `bytes[start]` lies in the decompressed text of the log, in bytes
   * @returns the index after the closing `}`, or INCOMPLETE, or BROKEN
   */
  record(bytes: Uint8Array, start: number, end: number, offset: number): number;
  /**
   * Takes a record that a wrapper held as a string or in columns (lookup-events, CloudWatch Logs, CSV).
   *
   * @param json the record as JSON text (UTF-8), unescaped
   * @param offset where the wrapped form lies in the decompressed text of the log
   * @param length length of the wrapped form there; `unwrap` of the same format makes `json` of it again
   * @returns whether it was valid JSON
   */
  wrapped(json: Uint8Array, offset: number, length: number): boolean;
  /** Called now and then between records: hands finished work on. Await it: this is the back-pressure. */
  drain(): Promise<void>;
}

/** One log: a file given to Trailsift, or an entry of an archive that was. */
export interface LogEntry {
  /** Path as dropped, then the path within the archive: `logs.zip/AWSLogs/.../x.json.gz`. */
  path: string;
  /** Size as given, in bytes (compressed, if it is). */
  size: number;
  /**
   * Its bytes as they stood in the archive, a view on a larger buffer perhaps; null for a file of its own (the caller has
   * the file).
   */
  original: Uint8Array | null;
  /** Where in the file given `original` stands just as it is, in bytes; -1 where it does not. */
  at: number;
}

/** How reading one log ended. The counts of records taken are the sink's to know. */
export interface LogOutcome {
  state: 'analysed' | 'partial' | 'refused';
  /** Stable id of the format, to read records back with (`unwrap`), '' when none was recognised. */
  formatId: string;
  /** The format in words: "CloudTrail log file", "ZIP archive", "VPC flow log". */
  format: string;
  /**
   * Reading ended before the bytes did, for a reason that is not in them (cancelled, disk failed): reading the file
   * again may give more.
   */
  unfinished: boolean;
  /** Bytes after decompression. */
  inflated: number;
  /** Records that were found and could not be read. */
  refusedRecords: number;
  /** For `partial` and `refused`: one sentence, what happened and what to do about it. */
  reason: string;
  /** Anything else worth knowing, in words. */
  notes: string[];
}

/** Who is told of the logs in a file as they are read. */
export interface LogVisitor {
  /** A log begins. Its records go to the sink returned; null when it need not be read, and then it has no `end`. */
  begin(entry: LogEntry): RecordSink | null | Promise<RecordSink | null>;
  /** The log ended. Every `begin` that gave a sink has exactly one `end`, in the same order. */
  end(entry: LogEntry, outcome: LogOutcome): Promise<void>;
  /**
   * A geo database was found (a MaxMind DB file; src/core/geo). It is no log: `begin` and `end` follow all the same, so that
   * it is accounted for.
   *
   * @param bytes the whole of it; a view on what `entry.original` is, perhaps
   * @returns what it is and what becomes of it, one sentence
   * @throws GeoError with a sentence when it cannot be used
   */
  database?(entry: LogEntry, bytes: Uint8Array): Promise<string>;
  /** Bytes of the file consumed so far (compressed), for progress; of a shared one, of this part. */
  progress(bytes: number): void;
  /** Asked now and then: true stops the reading; what was read stays and the log in hand ends as partial. */
  cancelled(): boolean;
}
