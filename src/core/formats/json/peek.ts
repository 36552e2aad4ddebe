import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isSpace,
  textOf,
} from './scan.ts';

/** Elements of an array that are kept: enough to know what it holds. */
const KEPT_ELEMENTS = 3;
/** Deeper values are passed over: what tells the forms apart lies above. */
const MAX_DEPTH = 24;

export interface Peek {
  /** As much of the value as the bytes hold; undefined when it does not even begin. */
  value: unknown;
  /** Why the value ends where it does. `broken`: not JSON at `at`. */
  end: 'complete' | 'cut off' | 'broken';
  /** Index of the first byte that was not read. */
  at: number;
}

/**
 * Parses the beginning of a JSON value: objects and arrays that the bytes cut off are given with the members seen
 * so far. For telling forms apart; not for taking records.
 */
export function peek(bytes: Uint8Array, start: number, end: number): Peek {
  const parser = new PeekParser(bytes, start, end);
  const value = parser.value(0);
  return { value, end: parser.stopped ?? 'complete', at: parser.at };
}

const DECODER = new TextDecoder();
const LATIN_1 = new TextDecoder('latin1');

class PeekParser {
  at: number;
  stopped: 'cut off' | 'broken' | null = null;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  /** The bytes as characters: decoding once and slicing is cheaper than decoding every name and value. */
  readonly #text: string;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = this.at = start;
    this.#end = end;
    this.#text = LATIN_1.decode(bytes.subarray(start, end));
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) return this.#stop('cut off');
    switch (this.#next()) {
      case OPEN_BRACE:
        return this.#object(depth);
      case OPEN_BRACKET:
        return this.#array(depth);
      case QUOTE:
        return this.#string();
      case -1:
        return this.#stop('cut off');
      default:
        return this.#scalar();
    }
  }

  #object(depth: number): Record<string, unknown> {
    const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    this.at++;
    if (this.#next() === CLOSE_BRACE) {
      this.at++;
      return members;
    }
    while (this.stopped === null) {
      if (!this.#expect(QUOTE)) break;
      const name = this.#string();
      if (name === undefined || !this.#expect(COLON)) break;
      this.at++;
      const value = this.value(depth + 1);
      if (value !== undefined) members[name] = value;
      if (this.#closes(CLOSE_BRACE)) break;
    }
    return members;
  }

  #array(depth: number): unknown[] {
    const elements: unknown[] = [];
    this.at++;
    if (this.#next() === CLOSE_BRACKET) {
      this.at++;
      return elements;
    }
    while (this.stopped === null) {
      const value = this.value(depth + 1);
      if (value !== undefined && elements.length < KEPT_ELEMENTS) elements.push(value);
      if (this.#closes(CLOSE_BRACKET)) break;
    }
    return elements;
  }

  #string(): string | undefined {
    const from = this.at + 1;
    let plain = true;
    let at = from;
    while (at < this.#end && this.#bytes[at] !== QUOTE) {
      if (this.#bytes[at]! >= 0x80) plain = false;
      if (this.#bytes[at] === BACKSLASH) {
        plain = false;
        at++;
      }
      at++;
    }
    if (at >= this.#end) return this.#stop('cut off');
    this.at = at + 1;
    // What is plain need not be decoded again.
    return plain ? this.#text.slice(from - this.#start, at - this.#start) : textOf(this.#bytes, from, at);
  }

  #scalar(): unknown {
    const from = this.at;
    let at = from;
    while (at < this.#end && /[\w.+-]/.test(String.fromCharCode(this.#bytes[at]!))) at++;
    if (at === this.#end) return this.#stop('cut off');
    try {
      const value: unknown = JSON.parse(DECODER.decode(this.#bytes.subarray(from, at)));
      this.at = at;
      return value;
    } catch {
      return this.#stop('broken');
    }
  }

  /** The next byte that is neither space nor NUL, not taken; -1 at the end. */
  #next(): number {
    while (this.at < this.#end) {
      const byte = this.#bytes[this.at]!;
      if (!isSpace(byte) && byte !== NUL) return byte;
      this.at++;
    }
    return -1;
  }

  #expect(byte: number): boolean {
    const found = this.#next();
    if (found === byte) return true;
    this.#stop(found < 0 ? 'cut off' : 'broken');
    return false;
  }

  /** After a member or element: whether the container ends here. Takes the comma or the bracket. */
  #closes(bracket: number): boolean {
    if (this.stopped !== null) return true;
    const byte = this.#next();
    if (byte === COMMA) {
      this.at++;
      if (this.#next() !== bracket) return false;
      this.at++;
      return true;
    }
    if (this.#expect(bracket)) this.at++;
    return true;
  }

  #stop(why: 'cut off' | 'broken'): undefined {
    this.stopped ??= why;
    return undefined;
  }
}
