/** Patterns of other languages written as plain values: `^X$`, `Create.*`, `\w+User`, without slashes. */
import { leavesOf, type LeafNode } from '../syntax/ast.ts';
import { parseRegex } from '../regex/parse.ts';
import { RegexError } from '../regex/problem.ts';
import {
  edited,
  isKeyword,
  KEYWORD,
  pathOf,
  valueSpan,
  type Edit,
  type Fix,
  type Lint,
  type Linted,
} from './lint.ts';

/** Whether a text can stand between slashes. */
export function isPattern(pattern: string): boolean {
  if (/[\s"]/.test(pattern) || /(?<!\\)(?:\\\\)*\//.test(pattern)) return false;
  try {
    parseRegex(pattern);
    return true;
  } catch (error) {
    if (error instanceof RegexError) return false;
    throw error;
  }
}

/**
 * What `value`, read as a regular expression of other languages, is in this one: a plain value or one with a star where
 * that says the same, else a pattern between slashes. Null when it cannot be said.
 */
export function asCondition(value: string): string | null {
  const start = value.startsWith('^');
  const end = /(?<!\\)(?:\\\\)*\$$/.test(value);
  const body = value.slice(start ? 1 : 0, end ? -1 : undefined);
  if (body === '') return null;
  if (/^[\w-]+$/.test(body) && (start || end)) {
    if (start && end) return body;
    return start ? `${body}*` : `*${body}`;
  }
  // Written where they mean themselves, these mean something here.
  const escaped = body.replace(/\\[^]|[@&~#<"/]/g, (part) => (part.length > 1 ? part : `\\${part}`));
  // A pattern with an anchor says by it where the value may go on.
  const head = end && !start && !escaped.startsWith('.*') ? '.*' : '';
  const tail = start && !end && !escaped.endsWith('.*') ? '.*' : '';
  const pattern = head + escaped + tail;
  return isPattern(pattern) ? `/${pattern}/` : null;
}

/** Values that can be read, and are patterns all the same. */
export function* barePatterns({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (!('field' in leaf) || leaf.field === null || leaf.field.name === '_exists_') continue;
    if (leaf.kind !== 'term' && leaf.kind !== 'prefix' && leaf.kind !== 'wildcard') continue;
    const { from, to } = valueSpan(text, leaf);
    const written = text.slice(from, to);
    if (!looksLikePattern(written, leaf)) continue;
    const insert = asCondition(written);
    yield {
      code: 'pattern-without-slashes',
      level: 'error',
      message: 'this looks like a regular expression, which must stand between slashes: /…/',
      from,
      to,
      ...(insert === null ? {} : { fix: fixOf(insert, edited(text, { from, to, insert })) }),
    };
  }
}

/** Fields in which AWS writes names of its own: a user may well be called `HOST$`. */
const NEVER_WITH_DOLLAR: ReadonlySet<string> = new Set([
  'eventName',
  'eventSource',
  'eventType',
  'errorCode',
  'awsRegion',
]);

/** Beyond doubt only: `s3.*` is a good value with a star, and names of events have no dots. */
function looksLikePattern(written: string, leaf: LeafNode): boolean {
  if (/\s/.test(written)) return false;
  if (/\\[dws]/i.test(written) || /^\.[*+?]/.test(written)) return true;
  const path = pathOf(leaf) ?? '';
  if (isKeyword(leaf) && NEVER_WITH_DOLLAR.has(path) && written.endsWith('$')) return true;
  return path === 'eventName' && /\.[*+?]/.test(written);
}

/** Whether what stands before a value ends with the name of a text field and its colon. */
function isTextField(before: string): boolean {
  const name = /(?<![\w.*\\-])([\w.-]+):$/.exec(before)?.[1];
  return name !== undefined && name !== '_exists_' && !name.endsWith(KEYWORD);
}

function fixOf(insert: string, text: string): Fix {
  return { label: insert.startsWith('/') ? 'Make it a regular expression' : `Write ${insert}`, text };
}

/**
 * The query with every value that begins with `^`, and the one that the error at `at` is in if it looks like a pattern,
 * written as it must be here. Null when there is none.
 */
export function withPatterns(text: string, at: number): Fix | null {
  const edits: Edit[] = [];
  for (const { from, to } of bareValues(text)) {
    const value = text.slice(from, to);
    const isMeant = value.startsWith('^') || (from <= at && at <= to && /[[{|\\+]|\.\*|\$$/.test(value));
    if (!isMeant) continue;
    const insert = asCondition(value);
    if (insert === null) continue;
    edits.push({ from, to, insert });
    // An anchor speaks of the whole value, which a text field has not.
    if (/^\^|\$$/.test(value) && isTextField(text.slice(0, from)))
      edits.push({ from: from - 1, to: from - 1, insert: KEYWORD });
  }
  return edits.length === 0 ? null : fixOf(edits[0]!.insert, edited(text, ...edits));
}

/** Where values stand that are neither quoted nor between slashes: up to a space, or a parenthesis that they did not open. */
function* bareValues(text: string): Generator<{ from: number; to: number }> {
  const opening = /"(?:[^"\\]|\\[^])*"|(?:[\w.*-]|\\[^])+:(?=[^\s:])|\/(?:[^/\\]|\\[^])*\/|[\s(]+|[^]/y;
  for (let from = 0; from < text.length;) {
    opening.lastIndex = from;
    const [piece] = opening.exec(text)!;
    const isValue = piece.length === 1 && !/[\s(]/.test(piece);
    if (!isValue && !(piece.length > 1 && /[^\s("/:]$/.test(piece))) {
      from += piece.length;
      continue;
    }
    const to = runEnd(text, from);
    yield { from, to };
    from = Math.max(to, from + 1);
  }
}

function runEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (/\s/.test(char)) return at;
    else if (char === '(') depth++;
    else if (char === ')' && --depth < 0) return at;
  }
  return text.length;
}
