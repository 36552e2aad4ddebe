/**
 * Cuts a query into tokens: the lexical grammar of Lucene's classic query parser (QueryParser.jj), in which the
 * longest match wins and the earlier kind wins a tie. Three states: DEFAULT, BOOST after `^`, RANGE after `[` or `{`.
 */

export type TokenKind =
  | 'and'
  | 'or'
  | 'not'
  | 'plus'
  | 'minus'
  /** A lone `+`, `-` or `!` before white space: an ordinary word. */
  | 'bare-operator'
  | 'open'
  | 'close'
  | 'colon'
  | 'star'
  | 'caret'
  | 'quoted'
  | 'term'
  | 'fuzzy'
  | 'prefix'
  | 'wildcard'
  | 'regexp'
  | 'range-open'
  | 'number'
  | 'range-to'
  | 'range-close'
  | 'range-quoted'
  | 'range-bound'
  /** `${name}`: ours, not Lucene's. */
  | 'parameter'
  | 'end'
  /** Where no token starts; `problem` says why. The last token of the list. */
  | 'error';

export interface Token {
  readonly kind: TokenKind;
  /** The characters of the token. */
  readonly image: string;
  readonly start: number;
  readonly end: number;
  readonly problem: string;
}

export interface LexerOptions {
  /** Recognise `${name}`. */
  readonly parameters: boolean;
}

const WHITE_SPACE = ' \t\n\r\u3000';
const NOT_IN_TERMS = `${WHITE_SPACE}!():^[]"{}~*?\\/`;
const PARAMETER = /\$\{[A-Za-z_][\w.-]*\}/y;
const NUMBER = /\d+(?:\.\d+)?/y;

const KEYWORDS = new Map<string, TokenKind>([
  ['AND', 'and'],
  ['&&', 'and'],
  ['OR', 'or'],
  ['||', 'or'],
  ['NOT', 'not'],
]);

const SINGLE = new Map<string, TokenKind>([
  ['!', 'not'],
  ['+', 'plus'],
  ['-', 'minus'],
  ['(', 'open'],
  [')', 'close'],
  [':', 'colon'],
  ['^', 'caret'],
  ['[', 'range-open'],
  ['{', 'range-open'],
]);

/** All tokens of `text`; the last one is `end`, or `error` where nothing fits. */
export function lex(text: string, options: LexerOptions): Token[] {
  const tokens: Token[] = [];
  let state: 'default' | 'boost' | 'range' = 'default';
  let at = 0;
  for (;;) {
    const token: Token =
      state === 'boost'
        ? boostToken(text, at)
        : state === 'range'
          ? rangeToken(text, at)
          : defaultToken(text, at, options);
    tokens.push(token);
    if (token.kind === 'end' || token.kind === 'error') return tokens;
    at = token.end;
    if (token.kind === 'caret') state = 'boost';
    else if (token.kind === 'range-open') state = 'range';
    else if (token.kind === 'number' || token.kind === 'range-close') state = 'default';
  }
}

function make(kind: TokenKind, text: string, start: number, end: number, problem = ''): Token {
  return { kind, image: text.slice(start, end), start, end, problem };
}

function skipWhiteSpace(text: string, at: number): number {
  while (at < text.length && WHITE_SPACE.includes(text[at]!)) at++;
  return at;
}

function defaultToken(text: string, from: number, options: LexerOptions): Token {
  const at = skipWhiteSpace(text, from);
  const first = text[at];
  if (first === undefined) return make('end', text, at, at);
  const next = text[at + 1];
  if ('+-!'.includes(first) && next !== undefined && WHITE_SPACE.includes(next)) {
    return make('bare-operator', text, at, at + 1);
  }
  const single = SINGLE.get(first);
  if (single !== undefined) return make(single, text, at, at + 1);
  if (first === '"') return quotedToken(text, at);
  if (first === '/') return regexpToken(text, at);
  if (first === '~') return make('fuzzy', text, at, scanTerm(text, at + 1, false));
  if (first === '$' && options.parameters) {
    PARAMETER.lastIndex = at;
    if (PARAMETER.test(text)) return make('parameter', text, at, PARAMETER.lastIndex);
  }
  const end = scanTerm(text, at, true);
  if (end > at) return make(wordKind(text.slice(at, end)), text, at, end);
  if (first === '\\') return make('error', text, at, at + 1, 'a backslash needs a character after it');
  return make('error', text, at, at + 1, `there is a ${first} without its opening bracket`);
}

/** End of the run of term characters (and of `*` and `?`, if `wild`) at `at`. */
function scanTerm(text: string, at: number, wild: boolean): number {
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\\') {
      if (at + 1 >= text.length) return at;
      at += 2;
    } else if (!NOT_IN_TERMS.includes(char) || (wild && (char === '*' || char === '?'))) at++;
    else return at;
  }
  return at;
}

function wordKind(image: string): TokenKind {
  const keyword = KEYWORDS.get(image);
  if (keyword !== undefined) return keyword;
  if (image === '*') return 'star';
  const wild = image.replace(/\\[^]/g, '__').search(/[*?]/);
  if (wild < 0) return 'term';
  return wild === image.length - 1 && image.endsWith('*') ? 'prefix' : 'wildcard';
}

function quotedToken(text: string, start: number): Token {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return make('quoted', text, start, at + 1);
  }
  return make('error', text, start, text.length, 'this quote is never closed');
}

/** `\/` inside is a slash of the pattern, unless no later slash could end it: longest match. */
function regexpToken(text: string, start: number): Token {
  let end = -1;
  for (let at = text.indexOf('/', start + 1); at >= 0; at = text.indexOf('/', at + 1)) {
    end = at + 1;
    if (text[at - 1] !== '\\') break;
  }
  if (end > 0) return make('regexp', text, start, end);
  const hint =
    'this / starts a regular expression that is never closed; write \\/ or quote the value to have a slash in it';
  return make('error', text, start, text.length, hint);
}

function boostToken(text: string, at: number): Token {
  NUMBER.lastIndex = at;
  if (NUMBER.test(text)) return make('number', text, at, NUMBER.lastIndex);
  if (at >= text.length) return make('end', text, at, at);
  return make('error', text, at, at + 1, 'a number must follow ^ directly');
}

function rangeToken(text: string, from: number): Token {
  let at = from;
  let end = at;
  for (;;) {
    end = at;
    while (end < text.length && !' ]}'.includes(text[end]!)) end++;
    const isSpace = text[at] === ' ' || (end === at + 1 && WHITE_SPACE.includes(text[at]!));
    if (!isSpace) break;
    at++;
  }
  if (at >= text.length) return make('end', text, at, at);
  if (text[at] === ']' || text[at] === '}') return make('range-close', text, at, at + 1);
  const quotedEnd = text[at] === '"' ? rangeQuoteEnd(text, at) : -1;
  if (quotedEnd >= end) return make('range-quoted', text, at, quotedEnd);
  return make(text.slice(at, end) === 'TO' ? 'range-to' : 'range-bound', text, at, end);
}

/** End of the quoted bound at `start`, or -1; as with `\/`, the last `\"` may end it. */
function rangeQuoteEnd(text: string, start: number): number {
  let end = -1;
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (at === start + 1) return -1;
    end = at + 1;
    if (text[at - 1] !== '\\') break;
  }
  return end;
}
