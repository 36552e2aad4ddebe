/**
 * A JSON text as lines, pretty-printed without changing a literal: numbers keep their digits, strings their escapes.
 * What is shown is what was logged, with other white space.
 */

export type LineKind = 'string' | 'number' | 'word' | 'open' | 'close' | 'empty';

export interface Line {
  depth: number;
  /** The key as written, quotes and escapes included; null for an array's elements. */
  key: string | null;
  /** The literal as written, or the bracket. */
  text: string;
  kind: LineKind;
  /** Where the value stands: `requestParameters.items[0].toPort`. */
  place: string;
  comma: boolean;
}

interface Level {
  place: string;
  isObject: boolean;
  /** Elements of an array met so far. */
  elements: number;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER_OR_WORD = /[^\s,\]}]+/y;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** Index after the string literal that opens at `at`, or the end of the text when it never closes. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function keyText(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

function placeOf(level: Level | undefined, key: string | null): string {
  if (level === undefined) return '';
  if (key === null) return `${level.place}[${String(level.elements++)}]`;
  return level.place === '' ? keyText(key) : `${level.place}.${keyText(key)}`;
}

/** Lines of `json`, which may be broken: then they go as far as it makes sense and the rest is one line. */
export function recordLines(json: string): Line[] {
  const lines: Line[] = [];
  const levels: Level[] = [];
  let at = skipSpace(json, 0);
  let key: string | null = null;
  while (at < json.length) {
    const level = levels.at(-1);
    const c = json[at] as string;
    if (c === ',') {
      const last = lines.at(-1);
      if (last) last.comma = true;
      at = skipSpace(json, at + 1);
      continue;
    }
    if (c === '}' || c === ']') {
      levels.pop();
      lines.push({
        depth: levels.length,
        key: null,
        text: c,
        kind: 'close',
        place: level?.place ?? '',
        comma: false,
      });
      at = skipSpace(json, at + 1);
      continue;
    }
    if (level?.isObject && key === null && c === '"') {
      const end = endOfString(json, at);
      key = json.slice(at, end);
      at = skipSpace(json, end);
      if (json[at] === ':') at = skipSpace(json, at + 1);
      continue;
    }
    const place = placeOf(level, key);
    const line: Line = { depth: levels.length, key, text: c, kind: 'open', place, comma: false };
    lines.push(line);
    key = null;
    if (c === '{' || c === '[') {
      const inside = skipSpace(json, at + 1);
      if (json[inside] === '}' || json[inside] === ']') {
        line.text = c + (json[inside] as string);
        line.kind = 'empty';
        at = skipSpace(json, inside + 1);
      } else {
        levels.push({ place, isObject: c === '{', elements: 0 });
        at = inside;
      }
      continue;
    }
    let end = endOfString(json, at);
    if (c !== '"') {
      NUMBER_OR_WORD.lastIndex = at;
      end = NUMBER_OR_WORD.test(json) ? NUMBER_OR_WORD.lastIndex : json.length;
    }
    line.text = json.slice(at, end);
    line.kind = c === '"' ? 'string' : /[-\d]/.test(c) ? 'number' : 'word';
    at = skipSpace(json, end);
  }
  return lines;
}

/** A value of a record as people read it: no quotes, no brackets. */
export interface Fact {
  depth: number;
  key: string;
  /** '' for a value that has parts: they follow, one deeper. */
  text: string;
  path: string;
  /** The value was a string with JSON in it (policies are logged so); its parts follow. */
  embedded: boolean;
}

/** Deepest nesting of JSON within strings that is opened up. */
const DEEPEST_EMBEDDED = 3;

/** The parts of the value at `path`, the keys of objects in their order; elements of arrays have the key ''. */
export function factsOf(value: unknown, path: string, depth = 0, embedded = 0): Fact[] {
  const facts: Fact[] = [];
  const work: { value: unknown; key: string; path: string; depth: number; embedded: number }[] = [];
  const push = (parent: unknown, parentPath: string, at: number, within: number): void => {
    const entries: [string, unknown][] = Array.isArray(parent)
      ? parent.map((one): [string, unknown] => ['', one])
      : Object.entries(parent as Record<string, unknown>);
    for (const [key, one] of entries.reverse()) {
      const onePath = key === '' ? parentPath : `${parentPath}.${key}`;
      work.push({ value: one, key, path: onePath, depth: at, embedded: within });
    }
  };
  if (typeof value === 'object' && value !== null) push(value, path, depth, embedded);
  else work.push({ value, key: '', path, depth, embedded });
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    const { key, path: at, depth: deep, embedded: within } = one;
    if (typeof one.value === 'object' && one.value !== null) {
      const none = Object.keys(one.value).length === 0;
      facts.push({
        depth: deep,
        key,
        text: none ? (Array.isArray(one.value) ? '[]' : '{}') : '',
        path: at,
        embedded: false,
      });
      push(one.value, at, deep + 1, within);
      continue;
    }
    const inner =
      typeof one.value === 'string' && within < DEEPEST_EMBEDDED ? parseEmbedded(one.value) : null;
    facts.push({
      depth: deep,
      key,
      text: inner === null ? String(one.value) : '',
      path: at,
      embedded: inner !== null,
    });
    if (inner !== null) push(inner, at, deep + 1, within + 1);
  }
  return facts;
}

/** The object or array that a string holds as JSON, URL-encoded or not; null when it holds none. */
function parseEmbedded(text: string): object | null {
  if (!/^\s*(?:[{[]|%7B|%5B)/i.test(text)) return null;
  try {
    const json = /^\s*%/.test(text) ? decodeURIComponent(text) : text;
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
