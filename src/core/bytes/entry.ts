/** One file within an archive. */
export interface ArchiveEntry {
  /** Path within the archive, with forward slashes. */
  path: string;
  /** Its content; empty when nothing could be read. May be a view on a larger buffer. */
  bytes: Uint8Array;
  /** Where in the archive's own bytes the content stands just as it is; -1 when it is packed, or unknown. */
  at: number;
  /** What is wrong with it, sentences; the content is then what could be saved. */
  damage: string[];
  /** Why it cannot be read at all, '' when it can. */
  refusal: string;
}

/** A path as archives write them, in the form used here: no backslashes, no leading `/` or `./`. */
export function tidyPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
}
