/** Backslashes in the query language: taking them off, and putting them where they are needed. */

import { escapeHidden } from '../../text/visible.ts';

/** Thrown by `unescape`; `at` is the offset of the backslash in the text given. */
export class EscapeError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/**
 * Takes the backslashes off a term, a phrase or a range bound: `\x` is x, `\uXXXX` that code unit
 * (Lucene QueryParserBase.discardEscapeChar). Throws EscapeError on a dangling backslash or a bad `\u`.
 */
export function unescape(raw: string): string {
  let at = raw.indexOf('\\');
  if (at < 0) return raw;
  let out = '';
  let done = 0;
  while (at >= 0) {
    out += raw.slice(done, at);
    const next = raw[at + 1];
    if (next === undefined) throw new EscapeError('a backslash needs a character after it', at);
    if (next === 'u') {
      const digits = raw.slice(at + 2, at + 6);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) {
        throw new EscapeError('\\u needs four hexadecimal digits after it', at);
      }
      out += String.fromCharCode(Number.parseInt(digits, 16));
      done = at + 6;
    } else {
      out += next;
      done = at + 2;
    }
    at = raw.indexOf('\\', done);
  }
  return out + raw.slice(done);
}

const OPERATORS = new Set(['AND', 'OR', 'NOT', '&&', '||']);

/** Writes `text` as one bare term that reads back as the same text. It must not be empty. */
export function escapeTerm(text: string): string {
  const escaped = text.replace(/[ \t\n\r\u3000!():^[\]"{}~*?\\/]/g, '\\$&');
  return OPERATORS.has(text) || /^[+-]/.test(text) ? `\\${escaped}` : escaped;
}

/**
 * Writes `text` as a quoted phrase that reads back as the same text. Characters that cannot be seen or reorder the others
 * are named by their code units: a query may come out of a log, and is read by people.
 */
export function quote(text: string): string {
  return `"${escapeRepairable(escapeHidden(text.replace(/["\\]/g, '\\$&')))}"`;
}

/** Names by its code unit what would be repaired when the query is read (see source.ts): here it is meant as it is. */
export function escapeRepairable(text: string): string {
  return text.replace(
    /[“”„‟″«»‘’‚‛′\u00a0\u2007\u202f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Writes `text` as the bound of a range that reads back as the same text. */
export function escapeBound(text: string): string {
  if (text !== 'TO' && /^[^\s"\]}\\*][^\s\]}\\]*$/.test(text)) return text;
  // Between brackets `\"` may also end the bound (longest match decides), so the code units are named instead.
  return `"${text.replaceAll('\\', '\\u005c').replaceAll('"', '\\u0022')}"`;
}
