/**
 * A first look at a rule file's tokens, before the parser sees them.
 *
 * The `yaml` library's parser and composer recurse: a megabyte of `[` takes seconds and then overflows the stack, one
 * of `- ` or `{a: ` exhausts the memory of the process. Its lexer does neither.
 */
import { CST, Lexer } from 'yaml';

/** Deepest nesting allowed: a CloudTrail record nests some 15 deep, and a rule file wraps it in 4 more. */
export const MAX_DEPTH = 64;

/** Most tokens in a file, since tokens are what reading costs: 150 rules as long as ours, or 1,500 short ones. */
const MAX_TOKENS = 250_000;

/** What YAML has and a rule has no use for. Nine nested aliases make a billion nodes; a tag may name any type. */
const REFUSED: Partial<Record<CST.TokenType, string>> = {
  anchor: 'Anchors (&) are not allowed in rule files; text that begins with & goes in quotes.',
  alias: 'Aliases (*) are not allowed in rule files: write it out. Text that begins with * goes in quotes.',
  tag: 'Tags (!) are not allowed in rule files; text that begins with ! goes in quotes.',
  'directive-line': 'Directives (%) are not allowed in rule files.',
};

/** What is wrong with the tokens of `text`, and at which offset; null when nothing is. */
export function refusal(text: string): { at: number; message: string } | null {
  const nesting = new Nesting();
  let offset = 0;
  let tokens = 0;
  /** Whether the next token is the text of a scalar, whatever it looks like. */
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    const type: CST.TokenType | null = scalar ? null : CST.tokenType(token);
    scalar = type === 'scalar';
    // Marks of the lexer's own, which stand for no characters of the text.
    if (type === 'scalar' || type === 'doc-mode') continue;
    if (type === 'flow-error-end') {
      nesting.leaveFlow();
      continue;
    }
    const message = type === null ? undefined : REFUSED[type];
    if (message !== undefined) return { at: offset, message };
    if (++tokens > MAX_TOKENS)
      return { at: offset, message: 'The file holds far more than rules do; split it.' };
    nesting.add(token, type);
    if (nesting.depth > MAX_DEPTH) {
      return { at: offset, message: `The file nests more than ${MAX_DEPTH} levels deep.` };
    }
    offset += token.length;
  }
  return null;
}

/** How many collections enclose the token in hand. */
class Nesting {
  /** Columns at which the enclosing block collections began, growing inwards. */
  #columns: number[] = [];
  /** Brackets and braces that are open. */
  #flow = 0;
  #column = 0;
  /** Whether what comes next may begin a block collection: it is first on its line, or after an indicator. */
  #opens = true;

  get depth(): number {
    return this.#columns.length + this.#flow;
  }

  leaveFlow(): void {
    this.#flow = 0;
  }

  /** Takes the next token; `type` null is the text of a scalar. */
  add(token: string, type: CST.TokenType | null): void {
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.#flow++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') this.#flow = Math.max(0, this.#flow - 1);

    if (type === 'newline') this.#opens = true;
    else if (type === 'doc-start' || type === 'doc-end') this.#columns = [];
    else if (this.#flow === 0 && type !== 'space' && type !== 'comment') {
      if (this.#opens) {
        while (this.#columns.length > 0 && this.#columns.at(-1)! >= this.#column) this.#columns.pop();
        this.#columns.push(this.#column);
      }
      this.#opens = type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
    }

    const lineBreak = token.lastIndexOf('\n');
    this.#column = lineBreak < 0 ? this.#column + token.length : token.length - lineBreak - 1;
  }
}
