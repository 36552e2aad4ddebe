/** Where a character of a YAML scalar's value stands in the file: errors in a query are shown where they were typed. */
import { Scalar } from 'yaml';

/**
 * The offset in `text` of character `index` of the value of `node`. Folded lines, indentation and escapes are stepped
 * over (YAML 1.2.2, chapters 7.3 and 8.1). Never outside the scalar, even for an index beyond its value.
 */
export function offsetInScalar(text: string, node: Scalar.Parsed, index: number): number {
  const value = String(node.value);
  const [begin, end] = node.range;
  const walk = new ScalarWalk(text, node);
  for (let i = 0; i < index && i < value.length; i++) walk.step(value[i]!);
  if (index < value.length) walk.settle(value[index]!);
  return Math.max(begin, Math.min(walk.at, end));
}

/** Goes through the text of a scalar, one character of its value at a time. */
class ScalarWalk {
  at: number;
  readonly #text: string;
  readonly #escapes: boolean;
  readonly #doubledQuotes: boolean;
  /** Spaces that indent the lines of a block scalar. For the other kinds, all leading spaces go. */
  readonly #indent: number;

  constructor(text: string, node: Scalar.Parsed) {
    this.#text = text;
    this.#escapes = node.type === Scalar.QUOTE_DOUBLE;
    this.#doubledQuotes = node.type === Scalar.QUOTE_SINGLE;
    this.#indent = Infinity;
    this.at = node.range[0];
    if (this.#escapes || this.#doubledQuotes) this.at++;
    if (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) {
      this.at = this.#lineBreakFrom(this.at);
      const content = /[^\s]/g;
      content.lastIndex = this.at;
      const first = content.exec(text)?.index ?? this.at;
      this.#indent = first - (text.lastIndexOf('\n', first - 1) + 1);
      this.#skipIndent();
    }
  }

  /** Moves to where the value's next character, `next`, is written. */
  settle(next: string): void {
    if (this.#escapes) {
      while (/^\\\r?\n/.test(this.#text.slice(this.at, this.at + 3))) {
        this.at = this.#lineBreakFrom(this.at);
        this.#skipIndent();
      }
    }
    if (next !== ' ' && next !== '\n') while (/\s/.test(this.#text[this.at] ?? '')) this.at++;
  }

  /** Moves behind the value's next character, `next`. */
  step(next: string): void {
    this.settle(next);
    const here = this.#text[this.at];
    if (next === '\n' && here !== '\\') {
      this.at = this.#lineBreakFrom(this.at);
      this.#skipIndent();
    } else if (next === ' ' && this.#atLineEnd()) {
      this.at = this.#lineBreakFrom(this.at);
      this.#skipIndent();
    } else if (this.#escapes && here === '\\') {
      const width = { x: 4, u: 6, U: 10 }[this.#text[this.at + 1] ?? ''] ?? 2;
      this.at += width;
    } else {
      this.at += this.#doubledQuotes && here === "'" ? 2 : 1;
    }
  }

  /** Whether only blanks are left on this line. */
  #atLineEnd(): boolean {
    let i = this.at;
    while (this.#text[i] === ' ' || this.#text[i] === '\t' || this.#text[i] === '\r') i++;
    return this.#text[i] === '\n';
  }

  #lineBreakFrom(at: number): number {
    const found = this.#text.indexOf('\n', at);
    return found < 0 ? this.#text.length : found + 1;
  }

  #skipIndent(): void {
    for (let n = 0; n < this.#indent && this.#text[this.at] === ' '; n++) this.at++;
  }
}
