/**
 * The query as written, and as it is read.
 *
 * Alerts are copied from posts and documents, where quotes have become typographic and spaces non-breaking.
 * These are repaired before anything else, and every position that is reported refers to the query as written.
 */
import { problemAt, QueryError } from '../problem.ts';

/** Longest query that is read. */
export const MAX_QUERY_LENGTH = 10_000;

export interface Source {
  /** The query as the person wrote it. */
  readonly written: string;
  /** The query as it is read: repaired. */
  readonly text: string;
  /** What was changed, in words. */
  readonly notices: readonly string[];
  /** The offset in `written` at which the character at `offset` of `text` starts. */
  origin(offset: number): number;
  /** An error at the characters `start` to `end` of `text`. */
  error(message: string, start: number, end: number): QueryError;
}

/** Typographic characters that stand for an ASCII quote; the blog's `\”` loses its backslash too. */
const REPAIRABLE = /\\?[“”„‟″«»]|\\?[‘’‚‛′]|[\u00a0\u2007\u202f]/g;
const DOUBLE = /[“”„‟″«»]/;
const SINGLE = /[‘’‚‛′]/;

/** A query that is read exactly as written. */
export function verbatimSource(written: string): Source {
  return makeSource(written, written, null, []);
}

/**
 * The query with typographic quotes and non-breaking spaces repaired.
 * Throws QueryError when it is longer than MAX_QUERY_LENGTH.
 */
export function repairedSource(written: string): Source {
  if (written.length > MAX_QUERY_LENGTH) {
    const message = `this query has ${written.length} characters; at most ${MAX_QUERY_LENGTH} are read`;
    throw new QueryError(problemAt(written, MAX_QUERY_LENGTH, written.length, message));
  }
  const starts: number[] = [];
  let text = '';
  let quotes = false;
  let spaces = false;
  let done = 0;
  const copyUntil = (end: number): void => {
    for (let index = done; index < end; index++) starts.push(index);
    text += written.slice(done, end);
  };
  for (const match of written.matchAll(REPAIRABLE)) {
    copyUntil(match.index);
    starts.push(match.index);
    if (DOUBLE.test(match[0])) text += '"';
    else if (SINGLE.test(match[0])) text += "'";
    else text += ' ';
    if (match[0].length > 1 || DOUBLE.test(match[0]) || SINGLE.test(match[0])) quotes = true;
    else spaces = true;
    done = match.index + match[0].length;
  }
  if (done === 0) return verbatimSource(written);
  copyUntil(written.length);
  const notices: string[] = [];
  if (quotes) notices.push('typographic quotes were repaired');
  if (spaces) notices.push('non-breaking spaces were read as spaces');
  return makeSource(written, text, starts, notices);
}

function makeSource(
  written: string,
  text: string,
  starts: readonly number[] | null,
  notices: string[],
): Source {
  const origin = (offset: number): number => (starts === null ? offset : (starts[offset] ?? written.length));
  return {
    written,
    text,
    notices,
    origin,
    error: (message, start, end) => new QueryError(problemAt(written, origin(start), origin(end), message)),
  };
}
