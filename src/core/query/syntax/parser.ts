/** From tokens to the syntax tree: the grammar of Lucene's classic query parser (QueryParser.jj). */
import type {
  Clause,
  ClauseNode,
  FieldName,
  GroupNode,
  LeafNode,
  ListNode,
  RangeNode,
  Span,
  TermNode,
} from './ast.ts';
import { EscapeError, unescape } from './escape.ts';
import { lex, type Token, type TokenKind } from './lexer.ts';
import { RegexError } from '../regex/problem.ts';
import { parseRegex } from '../regex/parse.ts';
import type { QueryError } from '../problem.ts';
import { repairedSource, type Source } from './source.ts';

/** Deepest nesting of parentheses: far more than people write, far less than a stack holds. */
export const MAX_NESTING = 200;

export interface ParseOptions {
  /** Without what this project adds to the grammar: `${name}`, `/re/i`, checked regular expressions. */
  readonly classic?: boolean;
}

/** Parses a query as people write it; throws QueryError. */
export function parseQuery(text: string): ListNode {
  return parseSource(repairedSource(text));
}

/** Parses what `source` holds; throws QueryError. A blank query is a list without clauses. */
export function parseSource(source: Source, options: ParseOptions = {}): ListNode {
  return new Parser(source, options.classic === true).parse();
}

const BARE: ReadonlySet<TokenKind> = new Set([
  'term',
  'star',
  'prefix',
  'wildcard',
  'regexp',
  'number',
  'bare-operator',
]);
/** After a word, these keep it from being read as one value with the word before it. */
const ENDS_RUN: ReadonlySet<TokenKind> = new Set(['colon', 'star', 'fuzzy', 'caret', 'and', 'or']);

class Parser {
  readonly #source: Source;
  readonly #classic: boolean;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: Source, classic: boolean) {
    this.#source = source;
    this.#classic = classic;
    this.#tokens = lex(source.text, { parameters: !classic });
  }

  parse(): ListNode {
    if (this.#peek().kind === 'end')
      return { kind: 'list', clauses: [], from: 0, to: this.#source.written.length };
    const list = this.#list(null);
    if (this.#peek().kind !== 'end') throw this.#unexpected();
    return list;
  }

  /** Query = First Next* */
  #list(field: FieldName | null): ListNode {
    const clauses: Clause[] = [];
    do clauses.push(this.#run(field) ?? this.#clause(field, clauses.length > 0));
    while (this.#startsClause());
    return { kind: 'list', clauses, from: clauses[0]!.from, to: clauses.at(-1)!.to };
  }

  #startsClause(): boolean {
    const { kind } = this.#peek();
    return kind !== 'end' && kind !== 'close';
  }

  /** Several adjacent bare words are one value; null when there are not several. */
  #run(field: FieldName | null): Clause | null {
    const words: Token[] = [];
    while (
      this.#peek().kind === 'term' &&
      this.#peek(1).kind === 'term' &&
      !ENDS_RUN.has(this.#peek(2).kind)
    ) {
      words.push(this.#take());
    }
    if (words.length === 0) return null;
    words.push(this.#take());
    return this.#wrap(null, null, this.#word(field, words, null), words[0]!);
  }

  /** Conj Mods Clause */
  #clause(field: FieldName | null, mayConjoin: boolean): Clause {
    const first = this.#peek();
    let conjunction: Clause['conjunction'] = null;
    if (mayConjoin && (first.kind === 'and' || first.kind === 'or')) {
      conjunction = { word: first.kind === 'and' ? 'AND' : 'OR', ...this.#span(this.#take()) };
    }
    let modifier: Clause['modifier'] = null;
    const { kind } = this.#peek();
    if (kind === 'plus' || kind === 'minus' || kind === 'not') {
      const token = this.#take();
      modifier = { sign: kind === 'plus' ? '+' : '-', text: token.image, ...this.#span(token) };
    }
    return this.#wrap(conjunction, modifier, this.#fielded(field), first);
  }

  #wrap(
    conjunction: Clause['conjunction'],
    modifier: Clause['modifier'],
    node: ClauseNode,
    first: Token,
  ): Clause {
    return { conjunction, modifier, node, from: this.#source.origin(first.start), to: node.to };
  }

  /** Clause = [ TERM ":" | "*" ":" ] ( Term | "(" Query ")" ) */
  #fielded(outer: FieldName | null): ClauseNode {
    const name = this.#peek();
    let field = outer;
    if ((name.kind === 'term' || name.kind === 'star') && this.#peek(1).kind === 'colon') {
      field = { name: this.#unescape(name), inherited: false, ...this.#span(this.#take()) };
      this.#take();
    }
    return this.#peek().kind === 'open' ? this.#group(field, name) : this.#leaf(field, name);
  }

  #group(field: FieldName | null, first: Token): GroupNode {
    const open = this.#take();
    if (++this.#depth > MAX_NESTING)
      throw this.#error(`parentheses are nested more than ${MAX_NESTING} deep`, open);
    const body = this.#list(field === null ? null : { ...field, inherited: true });
    if (this.#peek().kind === 'end') throw this.#error('this parenthesis is never closed', open);
    this.#expect('close', 'a closing parenthesis');
    this.#depth--;
    const boost = this.#boost();
    return { kind: 'group', field, body, boost, ...this.#spanFrom(first) };
  }

  #leaf(field: FieldName | null, first: Token): LeafNode {
    const token = this.#peek();
    if (token.kind === 'range-open') return this.#range(field, first);
    if (token.kind === 'quoted') return this.#phrase(field, first);
    if (token.kind === 'parameter') {
      this.#take();
      const boost = this.#boost();
      return { kind: 'parameter', name: token.image.slice(2, -1), field, boost, ...this.#spanFrom(first) };
    }
    if (BARE.has(token.kind)) return this.#bare(field, first);
    throw this.#unexpected();
  }

  /** A word, a wildcard, a regular expression or a fuzzy word. */
  #bare(field: FieldName | null, first: Token): LeafNode {
    const token = this.#take();
    const ignoreCase = token.kind === 'regexp' && this.#takeFlag(token);
    const { fuzzy, boost } = this.#suffixes();
    const base = { field, boost, ...this.#spanFrom(first) };
    switch (token.kind) {
      case 'star':
        return { kind: 'star', ...base };
      case 'prefix':
        return { kind: 'prefix', text: this.#unescape(token, 0, -1), ...base };
      case 'wildcard':
        return { kind: 'wildcard', pattern: token.image, ...base };
      case 'regexp':
        return { kind: 'regex', pattern: this.#pattern(token), ignoreCase, ...base };
      default: {
        if (fuzzy === null) return this.#word(field, [token], boost, first);
        const text = this.#unescape(token);
        return {
          kind: 'fuzzy',
          text,
          edits: this.#edits(fuzzy, text),
          suffix: fuzzy.image.slice(1),
          ...base,
        };
      }
    }
  }

  /** One value of one or more words; `>x` and its like with a field are a range. */
  #word(
    field: FieldName | null,
    words: readonly Token[],
    boost: string | null,
    first = words[0]!,
  ): TermNode | RangeNode {
    const parts = words.map((word) => ({ text: this.#unescape(word), ...this.#span(word) }));
    const text = parts.map((part) => part.text).join(' ');
    const base = { field, boost, ...this.#spanFrom(first) };
    const comparison = field === null ? null : /^(?:[<>]=(?=[^])|[<>](?=[^]))/.exec(text);
    if (comparison === null) {
      return { kind: 'term', text, words: parts, operator: words[0]!.kind === 'bare-operator', ...base };
    }
    const operator = comparison[0] as '>' | '>=' | '<' | '<=';
    const value = text.slice(operator.length);
    const bound = value === '*' ? null : value;
    const isLower = operator.startsWith('>');
    const inclusive = operator.endsWith('=');
    return {
      kind: 'range',
      lower: isLower ? bound : null,
      upper: isLower ? null : bound,
      includeLower: isLower ? inclusive : true,
      includeUpper: isLower ? true : inclusive,
      operator,
      ...base,
    };
  }

  #phrase(field: FieldName | null, first: Token): LeafNode {
    const token = this.#take();
    const { fuzzy, boost } = this.#suffixes();
    const slop = fuzzy === null ? 0 : (numberOf(fuzzy) ?? 0);
    return {
      kind: 'phrase',
      text: this.#unescape(token, 1, -1),
      slop: Math.max(0, Math.trunc(slop)),
      field,
      boost,
      ...this.#spanFrom(first),
    };
  }

  #range(field: FieldName | null, first: Token): RangeNode {
    const open = this.#take();
    const lower = this.#bound();
    this.#expect('range-to', 'TO between the two bounds');
    const upper = this.#bound();
    const close = this.#expect('range-close', 'a closing bracket ] or }');
    const boost = this.#boost();
    return {
      kind: 'range',
      lower,
      upper,
      includeLower: open.image === '[',
      includeUpper: close.image === ']',
      operator: null,
      field,
      boost,
      ...this.#spanFrom(first),
    };
  }

  #bound(): string | null {
    const token = this.#peek();
    if (token.kind !== 'range-bound' && token.kind !== 'range-quoted' && token.kind !== 'range-to') {
      throw this.#unexpected('a bound of the range');
    }
    this.#take();
    const text = token.kind === 'range-quoted' ? this.#unescape(token, 1, -1) : this.#unescape(token);
    return text === '*' ? null : text;
  }

  /** "^" NUMBER [FUZZY] | FUZZY [ "^" NUMBER ] */
  #suffixes(): { fuzzy: Token | null; boost: string | null } {
    let fuzzy = this.#peek().kind === 'fuzzy' ? this.#take() : null;
    const boost = this.#boost();
    if (boost !== null && fuzzy === null && this.#peek().kind === 'fuzzy') fuzzy = this.#take();
    return { fuzzy, boost };
  }

  #boost(): string | null {
    if (this.#peek().kind !== 'caret') return null;
    this.#take();
    return this.#expect('number', 'a number after ^').image;
  }

  /** Edits that `~0.5` allows for a word (FuzzyQuery.floatToEdits). */
  #edits(fuzzy: Token, text: string): number | 'auto' {
    if (fuzzy.image === '~') return 'auto';
    const number = numberOf(fuzzy) ?? 2;
    if (number < 0) throw this.#error('the number after ~ cannot be negative', fuzzy);
    if (number >= 1 && !Number.isInteger(number))
      throw this.#error('the number of edits after ~ must be whole', fuzzy);
    if (number === 0) return 0;
    return number >= 1 ? Math.min(number, 2) : Math.min(2, Math.trunc((1 - number) * [...text].length));
  }

  /** `i` right after a regular expression. */
  #takeFlag(regexp: Token): boolean {
    const flag = this.#peek();
    const isFlag = !this.#classic && flag.kind === 'term' && flag.image === 'i' && flag.start === regexp.end;
    if (!isFlag || this.#peek(1).kind === 'colon') return false;
    this.#take();
    return true;
  }

  #pattern(token: Token): string {
    const pattern = token.image.slice(1, -1);
    if (this.#classic) return pattern;
    try {
      parseRegex(pattern);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      const at = token.start + 1;
      throw this.#source.error(`in the regular expression: ${error.message}`, at + error.from, at + error.to);
    }
    return pattern;
  }

  #unescape(token: Token, from = 0, to = token.image.length): string {
    try {
      return unescape(token.image.slice(from, to));
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      const at = token.start + from + error.at;
      throw this.#source.error(error.message, at, at + 1);
    }
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1)!;
  }

  #take(): Token {
    return this.#tokens[this.#next++]!;
  }

  #last(): Token {
    return this.#tokens[this.#next - 1]!;
  }

  #expect(kind: TokenKind, what: string): Token {
    if (this.#peek().kind !== kind) throw this.#unexpected(what);
    return this.#take();
  }

  #span(token: Token): Span {
    return { from: this.#source.origin(token.start), to: this.#source.origin(token.end) };
  }

  /** From the start of `first` to the end of what was read last. */
  #spanFrom(first: Token): Span {
    return { from: this.#source.origin(first.start), to: this.#source.origin(this.#last().end) };
  }

  #error(message: string, token: Token): QueryError {
    return this.#source.error(message, token.start, token.end);
  }

  /** The error for the token that cannot stand where it is, in words that help. */
  #unexpected(wanted = ''): QueryError {
    const token = this.#peek();
    return this.#error(describe(token, this.#next > 0 ? this.#last() : null, wanted), token);
  }
}

/** The number after `~`, or null: whatever else follows it is passed over, as Lucene does. */
function numberOf(fuzzy: Token): number | null {
  const isNumber = /^~[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?$/.test(fuzzy.image);
  return isNumber ? Number.parseFloat(fuzzy.image.slice(1)) : null;
}

function describe(token: Token, before: Token | null, wanted: string): string {
  const { kind, image } = token;
  if (kind === 'error') return token.problem;
  if (kind === 'end') {
    if (wanted !== '') return `the query ends where ${wanted} should be`;
    return before === null
      ? 'the query is empty'
      : `the query ends after ${before.image}, where a condition should follow`;
  }
  if (kind === 'colon' && before?.kind === 'term') {
    return 'a value with a colon in it must be quoted ("…") or have the colon escaped (\\:)';
  }
  if (wanted !== '') return `${image} stands where ${wanted} should be`;
  if (kind === 'close') {
    return before?.kind === 'open'
      ? 'these parentheses hold nothing'
      : 'this ) closes nothing that was opened';
  }
  if (kind === 'caret')
    return '^ cannot begin a value: patterns stand between slashes (/…/) and match the whole value as they are';
  if (kind === 'and' || kind === 'or') return `${image} needs a condition on its left`;
  if (kind === 'not' || kind === 'plus' || kind === 'minus')
    return `${image} cannot follow ${before?.image ?? ''}`;
  return `${image} cannot stand here`;
}
