/** From a value in a record to the clause that asks for it. */
import type { Value } from '../record/columns.ts';
import { escapeHidden } from '../text/visible.ts';
import { compileQuery } from './compile.ts';
import { escapeRepairable, quote } from './syntax/escape.ts';
import { MAX_QUERY_LENGTH } from './syntax/source.ts';

/** A clause shares the filter with others: it may take at most half of what a query may have. */
const MOST_CHARACTERS = MAX_QUERY_LENGTH / 2;

/** A field's name as the language reads it back: dots separate, what else it reads otherwise in a name is escaped. */
export function escapeField(path: string): string {
  return path
    .replace(/[^\p{L}\p{N}_.@$-]/gu, (character) => {
      const named = escapeRepairable(escapeHidden(character));
      return named === character ? `\\${character}` : named;
    })
    .replace(/^(?:-|(?:AND|OR|NOT)$)/, '\\$&');
}

/**
 * The clause that asks for exactly `value` at `path`: a text by its `.keyword`, which is not taken apart into words;
 * numbers and truth values as they are. Null stands for "has no such field".
 *
 * @param path flattened, without the indexes of arrays (`requestParameters.items.toPort`)
 * @returns '' where no clause can say it: without a path, or when it would be too long for a filter
 */
export function clauseOf(path: string | null, value: Value | null): string {
  // `_exists_:x` asks for another field, whatever a record calls its own.
  if (path === null || path === '' || path === '_exists_') return '';
  const name = escapeField(path);
  const clause =
    value === null
      ? `NOT _exists_:${name}`
      : typeof value === 'string'
        ? `${name}.keyword:${quote(value)}`
        : `${name}:${bareOrQuoted(String(value))}`;
  return clause.length > MOST_CHARACTERS ? '' : clause;
}

/**
 * The clause that asks for records whose text at `path` has the words of `value` in a row: for values inside a text, such
 * as the actions in a policy document.
 */
export function clauseWithin(path: string, value: string): string {
  const clause = path === '' || value.trim() === '' ? '' : `${escapeField(path)}:${quote(value)}`;
  return clause.length > MOST_CHARACTERS ? '' : clause;
}

/** Whether `clause` can be read and selects `record`: what a record is to be looked for with has to find that record. */
export function selects(clause: string, record: unknown): boolean {
  if (clause === '') return false;
  try {
    return compileQuery(clause).matches(record);
  } catch {
    return false;
  }
}

/** Numbers and truth values stand as they are but for a sign, which would be read as an operator. */
function bareOrQuoted(text: string): string {
  return /^[\w.]+$/.test(text) ? text : quote(text);
}
