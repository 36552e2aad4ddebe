/** What the cursor stands in: which part of a query is being written. */
import { unescape } from '../syntax/escape.ts';
import { lex, type Token } from '../syntax/lexer.ts';

export interface Cursor {
  /** `condition`: a field or a value for all fields; `value`: a value of `field`; `operator`: what joins two conditions. */
  readonly expects: 'condition' | 'value' | 'operator' | 'nothing';
  /** The field whose value is being written, as written before its colon. */
  readonly field: string | null;
  /** What of it is there already, without quote and escapes. */
  readonly partial: string;
  /** What a completion replaces: code-unit offsets in the query. */
  readonly from: number;
  readonly to: number;
}

/** Looks at `text` up to `at`. */
export function cursorIn(text: string, at: number): Cursor {
  const tokens = lex(text.slice(0, at), { parameters: true });
  const end = tokens.pop()!;
  const field = fieldAround(tokens);
  if (end.kind === 'error') return inUnfinished(text, at, end, tokens, field);
  const last = tokens.at(-1);
  const nothing: Cursor = { expects: 'nothing', field: null, partial: '', from: at, to: at };
  if (last === undefined) return { ...nothing, expects: 'condition' };
  const touches = last.end === at;
  switch (last.kind) {
    case 'term':
      return touches ? inWord(text, at, last, tokens, field) : { ...nothing, expects: 'operator', field };
    case 'colon':
      return { ...nothing, expects: 'value', field: fieldAround(tokens) };
    case 'and':
    case 'or':
    case 'not':
      // Still being written, it may become a longer word.
      if (touches && last.image !== '!') return inWord(text, at, last, tokens, field);
      return { ...nothing, expects: field === null ? 'condition' : 'value', field };
    case 'plus':
    case 'minus':
    case 'open':
      return { ...nothing, expects: field === null ? 'condition' : 'value', field };
    case 'caret':
    case 'range-open':
    case 'range-to':
    case 'range-bound':
    case 'range-quoted':
    case 'fuzzy':
      return nothing;
    default:
      return touches && last.kind !== 'close' ? nothing : { ...nothing, expects: 'operator', field };
  }
}

/** The cursor is at the end of a word. */
function inWord(
  text: string,
  at: number,
  word: Token,
  tokens: readonly Token[],
  field: string | null,
): Cursor {
  const before = tokens.at(-2);
  const to = at + /^[^\s()":]*/.exec(text.slice(at))![0].length;
  const partial = withoutEscapes(word.image);
  const span = { partial, from: word.start, to };
  if (before?.kind === 'colon') return { ...span, expects: 'value', field: fieldAround(tokens.slice(0, -1)) };
  return { ...span, expects: field === null ? 'condition' : 'value', field };
}

/** The cursor is in a quote that is not closed before it; in anything else unfinished there is nothing to offer. */
function inUnfinished(
  text: string,
  at: number,
  end: Token,
  tokens: readonly Token[],
  field: string | null,
): Cursor {
  if (!end.image.startsWith('"')) return { expects: 'nothing', field: null, partial: '', from: at, to: at };
  const own = tokens.at(-1)?.kind === 'colon';
  const name = own ? fieldAround(tokens) : field;
  const to = at + /^[^"\\]*"?/.exec(text.slice(at))![0].length;
  return {
    expects: name === null ? 'nothing' : 'value',
    field: name,
    partial: withoutEscapes(end.image.slice(1)),
    from: end.start,
    to,
  };
}

/** The field that applies after these tokens: before a colon at their end, or before a parenthesis that is open. */
function fieldAround(tokens: readonly Token[]): string | null {
  const fields: (string | null)[] = [null];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'open') fields.push(fieldBefore(tokens, index) ?? fields.at(-1)!);
    else if (token.kind === 'close' && fields.length > 1) fields.pop();
  }
  return fieldBefore(tokens, tokens.length) ?? fields.at(-1)!;
}

/** The field whose colon stands before the token at `index`. */
function fieldBefore(tokens: readonly Token[], index: number): string | null {
  const name = tokens[index - 2];
  return tokens[index - 1]?.kind === 'colon' && name?.kind === 'term' ? withoutEscapes(name.image) : null;
}

function withoutEscapes(raw: string): string {
  try {
    return unescape(raw);
  } catch {
    return raw;
  }
}
