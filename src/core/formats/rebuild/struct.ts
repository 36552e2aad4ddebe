import { spell } from './schema.ts';

/** `key=` as it stands in front of a value. */
const KEY = /([A-Za-z_@$][\w.:$/-]*)=/y;

/**
 * Reads what Athena and CloudTrail Lake print for a ROW, MAP or ARRAY: `{type=IAMUser, arn=..., attributes={...}}`,
 * `[{...}, {...}]`. There are no quotes, so a value that holds `, name=` cannot be told from two; this takes the
 * likeliest reading.
 *
 * @returns the object or array, null when the text is none
 */
export function parseStruct(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[{[][^]*[}\]]$/.test(trimmed)) return null;
  return new StructParser(trimmed).value();
}

class StructParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(inArray = false): unknown {
    if (this.#text[this.#at] === '[') return this.#array();
    return this.#text[this.#at] === '{' ? this.#object() : this.#plain(inArray);
  }

  #object(): Record<string, unknown> {
    const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const outermost = this.#at === 0;
    this.#at++;
    for (let key = this.#key(); key !== null; key = this.#key()) {
      const value = this.value();
      if (value !== null) members[spell(key)] = value;
      // A brace within a value looks like the end of the object; at the outermost level the text says better.
      if (outermost && this.#text.startsWith('}, ', this.#at)) this.#at++;
      if (this.#text.startsWith(', ', this.#at)) this.#at += 2;
    }
    if (this.#text[this.#at] === '}') this.#at++;
    return members;
  }

  #array(): unknown[] {
    const elements: unknown[] = [];
    this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
      const before = this.#at;
      elements.push(this.value(true));
      if (this.#text.startsWith(', ', this.#at)) this.#at += 2;
      if (this.#at === before) this.#at++;
    }
    this.#at++;
    return elements;
  }

  #key(): string | null {
    KEY.lastIndex = this.#at;
    const match = KEY.exec(this.#text);
    if (match === null) return null;
    this.#at = KEY.lastIndex;
    return match[1]!;
  }

  /** Text up to the next member or element, or the end of the container. */
  #plain(inArray: boolean): string | null {
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#endsHere(inArray)) this.#at++;
    const text = this.#text.slice(start, this.#at);
    return text === 'null' || text === '' ? null : text;
  }

  #endsHere(inArray: boolean): boolean {
    const char = this.#text[this.#at];
    if (char === ',') {
      if (inArray) return this.#text[this.#at + 1] === ' ';
      KEY.lastIndex = this.#at + 2;
      return this.#text[this.#at + 1] === ' ' && KEY.test(this.#text);
    }
    return (
      (char === '}' || char === ']') && /^[}\]]*(?:, |$)/.test(this.#text.slice(this.#at, this.#at + 40))
    );
  }
}
