/** Queries that cannot be read, and the repairs that can be tried on them. */
import { parseQuery } from '../syntax/parser.ts';
import { QueryError } from '../problem.ts';
import { withPatterns } from './bare-patterns.ts';
import { edited, type Fix, type Lint } from './lint.ts';

/** The lint for a query that cannot be read, with a fix where a simple one makes it readable. */
export function syntaxLint(text: string, { problem }: QueryError): Lint {
  const { message, from, to } = problem;
  const fix = withoutIndexes(text) ?? patterns(text, from) ?? withQuotes(text, from) ?? withParentheses(text);
  return { code: 'syntax', level: 'error', message, from, to, ...(fix === null ? {} : { fix }) };
}

/** Array indexes, which paths do not have. */
function withoutIndexes(text: string): Fix | null {
  const without = text.replace(/(?<=\w)\[\d+\](?=[.:])/g, '');
  return without !== text && isReadable(without) ? { label: 'Remove the array index', text: without } : null;
}

/** Patterns written without slashes. */
function patterns(text: string, at: number): Fix | null {
  const fix = withPatterns(text, at);
  return fix !== null && isReadable(fix.text) ? fix : null;
}

/** Quotes around the value that the error is in: colons and slashes are not allowed in a bare one. */
function withQuotes(text: string, at: number): Fix | null {
  for (const match of text.matchAll(
    /[^\s():]+:([^\s()"]*[:/][^\s()"]*)|(?<=^|[\s(])([^\s()":]+\/[^\s()"]*)/g,
  )) {
    const value = match[1] ?? match[2]!;
    const from = match.index + match[0].length - value.length;
    const to = from + value.length;
    if (at < match.index || at > to) continue;
    const quoted = edited(text, { from, to, insert: `"${value.replace(/\\(.)/g, '$1')}"` });
    if (isReadable(quoted)) return { label: 'Quote the value', text: quoted };
  }
  return null;
}

/** Closing parentheses at the end. */
function withParentheses(text: string): Fix | null {
  for (const missing of [')', '))', ')))']) {
    if (isReadable(text + missing)) return { label: `Add ${missing}`, text: text + missing };
  }
  return null;
}

/** Whether a query parses. */
export function isReadable(text: string): boolean {
  try {
    parseQuery(text);
    return true;
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}
