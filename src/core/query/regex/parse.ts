/**
 * Reads a regular expression: the syntax of Lucene's RegExp class with all flags (RegExp.java), which is anchored
 * at both ends. Beyond it, `\d \w \s \D \W \S` are character classes, as in Lucene 9 and later. `#` is refused:
 * Lucene is of two minds about it, and a literal one can be escaped.
 */
import { decimalInterval } from './interval.ts';
import { RegexError } from './problem.ts';
import {
  ANY_CHARACTER,
  ANY_STRING,
  bothCases,
  EMPTY_STRING,
  invert,
  literal,
  type CodeRange,
  type RegexTree,
} from './tree.ts';

/** Longest regular expression (Elasticsearch `index.max_regex_length`). */
export const MAX_REGEX_LENGTH = 1_000;
/** Deepest nesting of parentheses. */
const MAX_NESTING = 100;
/** Largest n in `{n}` and in `<n-m>`: Java's int. */
const MAX_NUMBER = 2_147_483_647;

const CLASSES: ReadonlyMap<string, readonly CodeRange[]> = new Map<string, readonly CodeRange[]>([
  ['d', [[0x30, 0x39]]],
  [
    's',
    [
      [0x09, 0x0a],
      [0x0d, 0x0d],
      [0x20, 0x20],
    ],
  ],
  [
    'w',
    [
      [0x30, 0x39],
      [0x41, 0x5a],
      [0x5f, 0x5f],
      [0x61, 0x7a],
    ],
  ],
]);

/** Parses `pattern`; throws RegexError. */
export function parseRegex(pattern: string, ignoreCase = false): RegexTree {
  if (pattern.length > MAX_REGEX_LENGTH) {
    const message = `it has ${pattern.length} characters; at most ${MAX_REGEX_LENGTH} are allowed`;
    throw new RegexError(message, 0, pattern.length);
  }
  return new RegexParser(pattern, ignoreCase).parse();
}

class RegexParser {
  readonly #pattern: string;
  readonly #ignoreCase: boolean;
  #at = 0;
  #depth = 0;

  constructor(pattern: string, ignoreCase: boolean) {
    this.#pattern = pattern;
    this.#ignoreCase = ignoreCase;
  }

  parse(): RegexTree {
    if (this.#pattern === '') return EMPTY_STRING;
    const tree = this.#union();
    if (this.#more())
      throw this.#error('this ) closes nothing that was opened; write \\) for the character', this.#at);
    return tree;
  }

  #union(): RegexTree {
    const parts = [this.#intersection()];
    while (this.#match('|')) parts.push(this.#intersection());
    return join('union', parts);
  }

  #intersection(): RegexTree {
    const parts = [this.#concatenation()];
    while (this.#match('&')) parts.push(this.#concatenation());
    return join('intersection', parts);
  }

  #concatenation(): RegexTree {
    const parts = [this.#repeat()];
    while (this.#more() && !this.#peek(')|&')) parts.push(this.#repeat());
    return join('concatenation', parts);
  }

  #repeat(): RegexTree {
    let part = this.#complement();
    for (;;) {
      const start = this.#at;
      if (this.#match('?')) part = { kind: 'repeat', part, min: 0, max: 1 };
      else if (this.#match('*')) part = { kind: 'repeat', part, min: 0, max: Infinity };
      else if (this.#match('+')) part = { kind: 'repeat', part, min: 1, max: Infinity };
      else if (this.#match('{')) part = this.#counted(part, start);
      else return part;
    }
  }

  /** {n} {n,} {n,m} */
  #counted(part: RegexTree, start: number): RegexTree {
    const min = this.#number();
    if (min === null) throw this.#error('{ needs a number after it; write \\{ for the character', start);
    let max: number = min;
    if (this.#match(',')) max = this.#number() ?? Infinity;
    if (!this.#match('}')) throw this.#error('this { is never closed', start);
    if (min > max) throw this.#error(`{${min},${max}} asks for at least ${min} and at most ${max}`, start);
    return { kind: 'repeat', part, min, max };
  }

  #number(): number | null {
    const digits = /^\d+/.exec(this.#pattern.slice(this.#at))?.[0];
    if (digits === undefined) return null;
    if (Number(digits) > MAX_NUMBER)
      throw this.#error('this number is too large', this.#at, this.#at + digits.length);
    this.#at += digits.length;
    return Number(digits);
  }

  #complement(): RegexTree {
    let negations = 0;
    while (this.#match('~')) negations++;
    const part = this.#class();
    return negations % 2 === 1 ? { kind: 'complement', part } : part;
  }

  #class(): RegexTree {
    const start = this.#at;
    if (!this.#match('[')) return this.#simple();
    const negated = this.#match('^');
    const ranges: CodeRange[] = [];
    // The first item is taken whatever it is: `[]a]` holds ] and a.
    do ranges.push(...this.#item());
    while (this.#more() && !this.#peek(']'));
    if (!this.#match(']')) throw this.#error('this [ is never closed', start);
    const all = this.#ignoreCase ? bothCases(ranges) : ranges;
    return { kind: 'set', ranges: negated ? invert(all) : all };
  }

  /** A character, a range of them, or a class such as \d. */
  #item(): readonly CodeRange[] {
    const start = this.#at;
    const predefined = this.#predefined();
    if (predefined !== null) return predefined;
    const first = this.#character();
    if (!this.#match('-')) return [[first, first]];
    const last = this.#character();
    if (first > last)
      throw this.#error('the range ends before it starts; write \\- for the character', start, this.#at);
    return [[first, last]];
  }

  #simple(): RegexTree {
    const start = this.#at;
    if (this.#match('.')) return ANY_CHARACTER;
    if (this.#match('@')) return ANY_STRING;
    if (this.#match('#')) throw this.#error('write \\# for the character #', start);
    if (this.#match('"')) {
      const end = this.#pattern.indexOf('"', this.#at);
      if (end < 0) throw this.#error('this " is never closed; write \\" for the character', start);
      const text = this.#pattern.slice(this.#at, end);
      this.#at = end + 1;
      return this.#ignoreCase ? this.#anyCase(text) : literal(text);
    }
    if (this.#match('(')) return this.#parenthesis(start);
    if (this.#match('<')) return this.#interval(start);
    const predefined = this.#predefined();
    if (predefined !== null) return { kind: 'set', ranges: predefined };
    const code = this.#character();
    return { kind: 'set', ranges: this.#ignoreCase ? bothCases([[code, code]]) : [[code, code]] };
  }

  #anyCase(text: string): RegexTree {
    const parts = [...text].map((char): RegexTree => {
      const code = char.codePointAt(0)!;
      return { kind: 'set', ranges: bothCases([[code, code]]) };
    });
    return { kind: 'concatenation', parts };
  }

  #parenthesis(start: number): RegexTree {
    if (this.#match(')')) return EMPTY_STRING;
    if (++this.#depth > MAX_NESTING)
      throw this.#error(`parentheses are nested more than ${MAX_NESTING} deep`, start);
    const tree = this.#union();
    if (!this.#match(')')) {
      const afterBar = this.#pattern.endsWith('|)');
      const hint = afterBar ? '; an alternative cannot be empty, use (…)? instead' : '';
      throw this.#error(`this ( is never closed${hint}`, start);
    }
    this.#depth--;
    return tree;
  }

  #interval(start: number): RegexTree {
    const text = /^(\d+)-(\d+)>/.exec(this.#pattern.slice(this.#at));
    const [low, high] = [text?.[1] ?? '', text?.[2] ?? ''];
    if (text === null || Number(low) > MAX_NUMBER || Number(high) > MAX_NUMBER) {
      throw this.#error('< starts an interval of numbers such as <1-31>; write \\< for the character', start);
    }
    this.#at += text[0].length;
    const [min, max] = [Math.min(Number(low), Number(high)), Math.max(Number(low), Number(high))];
    return decimalInterval(min, max, low.length === high.length ? low.length : 0);
  }

  /** \d \w \s and their opposites. */
  #predefined(): readonly CodeRange[] | null {
    if (!this.#peek('\\')) return null;
    const letter = this.#pattern[this.#at + 1] ?? '';
    const ranges = CLASSES.get(letter.toLowerCase());
    if (ranges === undefined) return null;
    this.#at += 2;
    return letter === letter.toLowerCase() ? ranges : invert(ranges);
  }

  /** One character, a backslash before it taken off. */
  #character(): number {
    const start = this.#at;
    const escaped = this.#match('\\');
    const code = this.#pattern.codePointAt(this.#at);
    if (code === undefined) {
      const message = escaped
        ? 'a backslash needs a character after it'
        : 'it ends where a character should follow';
      throw this.#error(message, escaped ? start : Math.max(0, start - 1));
    }
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #more(): boolean {
    return this.#at < this.#pattern.length;
  }

  #peek(chars: string): boolean {
    return this.#more() && chars.includes(this.#pattern[this.#at]!);
  }

  #match(char: string): boolean {
    if (this.#pattern[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #error(message: string, from: number, to = from + 1): RegexError {
    return new RegexError(message, from, Math.min(to, this.#pattern.length));
  }
}

function join(kind: 'union' | 'intersection' | 'concatenation', parts: readonly RegexTree[]): RegexTree {
  return parts.length === 1 ? parts[0]! : { kind, parts };
}
