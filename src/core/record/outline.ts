/**
 * A record's JSON text as lines that can be folded, without changing a literal: numbers keep their digits, strings their
 * escapes. What strings hold (policies, user data) follows them as lines of its own.
 */
import type { Value } from './columns.ts';
import { embeddedIn, type Embedded } from './embedded.ts';
import { pathStep } from './locate.ts';

export type LineKind = 'string' | 'number' | 'word' | 'open' | 'close' | 'empty' | 'text';

export interface OutlineLine {
  depth: number;
  /** The key as written, quotes and escapes included; null for an array's elements. */
  key: string | null;
  /** The literal as written, or the bracket; for `text`, a line of what base64 held. */
  text: string;
  kind: LineKind;
  /** Line of the object, array or string that it stands in; -1 for the outermost. */
  parent: number;
  /** Its number in the array, or among the lines of a text, from 0; -1 elsewhere. */
  index: number;
  comma: boolean;
  /** Index after the last line that belongs to it: what it opens, or what its string holds. */
  end: number;
  /** What the string holds, whose lines follow. */
  holds: Embedded['how'] | null;
  /** Line of the string that this line was found in; -1 on the record itself. */
  within: number;
}

/** Strings within strings that are opened up: an API's answer may hold a policy that holds another. */
const DEEPEST_EMBEDDED = 3;

const SPACE = /[ \t\r\n]*/y;
const NUMBER_OR_WORD = /[^\s,\]}]+/y;

interface Level {
  /** Line of the bracket that opened it. */
  line: number;
  isObject: boolean;
  /** Elements of an array met so far. */
  elements: number;
}

/** Where a text stands that is laid out: the record, or a string in it. */
interface Base {
  depth: number;
  within: number;
  /** Strings around it. */
  strings: number;
}

/** Lines of `json`, which may be broken: then they go as far as it makes sense and the rest is one line. */
export function outlineOf(json: string): OutlineLine[] {
  const lines: OutlineLine[] = [];
  layOut(lines, json, { depth: 0, within: -1, strings: 0 });
  return lines;
}

/** The value of a leaf as JSON.parse has it; undefined for what is no leaf. */
export function leafValue(line: OutlineLine): Value | null | undefined {
  if (line.kind === 'text') return line.text;
  if (line.kind !== 'string' && line.kind !== 'number' && line.kind !== 'word') return undefined;
  try {
    return JSON.parse(line.text) as Value | null;
  } catch {
    return line.text;
  }
}

/** A literal of a string without its quotes and escapes; one that does not close stays as it is. */
export function unquoted(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/**
 * Where the value of a line stands, as evidence names it: `requestParameters.items[0].toPort`; within a string, after
 * ` ▸ `. A closing bracket stands where it was opened.
 */
export function placeOf(lines: readonly OutlineLine[], number: number): string {
  const steps: string[] = [];
  let line = lines[number];
  if (line?.kind === 'close') line = lines[line.parent];
  for (; line; line = lines[line.parent]) {
    const above = lines[line.parent];
    const first = above === undefined || above.parent === line.within;
    if (line.kind === 'text') steps.push(`line ${String(line.index + 1)}`);
    else if (line.index >= 0) steps.push(`[${String(line.index)}]`);
    else if (line.key !== null) steps.push(pathStep(unquoted(line.key), first));
    if (line.within >= 0 && line.parent === line.within) steps.push(' ▸ ');
  }
  return steps.reverse().join('');
}

/**
 * The path that queries know a line by, as `flatten` joins keys: `requestParameters.items.toPort`.
 *
 * @returns null within a string, and for the record itself
 */
export function pathOf(lines: readonly OutlineLine[], number: number): string | null {
  let line = lines[number];
  if (line === undefined || line.within >= 0) return null;
  const keys: string[] = [];
  for (; line; line = lines[line.parent]) if (line.key !== null) keys.push(unquoted(line.key));
  return keys.length === 0 ? null : keys.reverse().join('.');
}

/** The line of the record at `place`, as `placeOf` writes it, of a key given twice the last; -1 when there is none. */
export function lineAt(lines: readonly OutlineLine[], place: string): number {
  let found = -1;
  let [from, to, at] = [1, lines[0]?.kind === 'open' ? lines[0].end : 0, 0];
  while (at < place.length) {
    let next = -1;
    let after = at;
    for (let i = from; i < to; i = lines[i]!.end) {
      const line = lines[i]!;
      if (line.kind === 'close') break;
      const step = line.key === null ? `[${String(line.index)}]` : pathStep(unquoted(line.key), at === 0);
      if (
        !place.startsWith(step, at) ||
        !/^(?:$|[.[])/.test(place.slice(at + step.length, at + step.length + 1))
      )
        continue;
      [next, after] = [i, at + step.length];
    }
    if (next < 0) return -1;
    [found, at, from, to] = [next, after, next + 1, lines[next]!.kind === 'open' ? lines[next]!.end : 0];
  }
  return found;
}

/** Lines that contain `needle` in their key or value, in any case; of a string and what it holds, the inner one. */
export function findLines(lines: readonly OutlineLine[], needle: string): number[] {
  const wanted = needle.toLowerCase();
  if (wanted === '') return [];
  const found: number[] = [];
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    if (line.kind === 'close') continue;
    const nearest = found.at(-1);
    if (line.holds !== null && nearest !== undefined && nearest < line.end) {
      if (line.key === null || !contains(line.key, wanted)) continue;
    }
    if ((line.key !== null && contains(line.key, wanted)) || contains(line.text, wanted)) found.push(i);
  }
  return found.reverse();
}

function contains(literal: string, wanted: string): boolean {
  if (literal.toLowerCase().includes(wanted)) return true;
  return literal.includes('\\') && unquoted(literal).toLowerCase().includes(wanted);
}

function layOut(lines: OutlineLine[], json: string, base: Base): void {
  const levels: Level[] = [];
  let at = skipSpace(json, 0);
  let key: string | null = null;
  while (at < json.length) {
    const level = levels.at(-1);
    const c = json[at]!;
    if (c === ',') {
      const last = lineBefore(lines, level);
      if (last) last.comma = true;
      at = skipSpace(json, at + 1);
      continue;
    }
    if (c === '}' || c === ']') {
      levels.pop();
      add(lines, base, levels.length, {
        key: null,
        text: c,
        kind: 'close',
        parent: level?.line ?? base.within,
      });
      if (level) lines[level.line]!.end = lines.length;
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
    const parent = level?.line ?? base.within;
    const line = add(lines, base, levels.length, { key, text: c, kind: 'open', parent });
    if (key === null && level) line.index = level.elements++;
    if (c === '{' || c === '[') {
      key = null;
      const inside = skipSpace(json, at + 1);
      if (json[inside] === '}' || json[inside] === ']') {
        line.text = c + json[inside]!;
        line.kind = 'empty';
        at = skipSpace(json, inside + 1);
      } else {
        levels.push({ line: lines.length - 1, isObject: c === '{', elements: 0 });
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
    if (c === '"') unfold(lines, line, key ?? '', base);
    key = null;
    at = skipSpace(json, end);
  }
  for (const { line } of levels) lines[line]!.end = lines.length;
}

/** Lays out what the string of `line`, the last one, holds. */
function unfold(lines: OutlineLine[], line: OutlineLine, key: string, base: Base): void {
  if (base.strings >= DEEPEST_EMBEDDED) return;
  // Short of parsing every string: only these may hold anything.
  const isData = /^"userData"$/i.test(key);
  if (!isData && !/^"\s*(?:[{[]|%[75]B|\\[tnr])/i.test(line.text)) return;
  const inner = embeddedIn(isData ? 'userData' : '', unquoted(line.text));
  if (inner === null) return;
  line.holds = inner.how;
  const within = lines.length - 1;
  const below: Base = { depth: line.depth + 1, within, strings: base.strings + 1 };
  if (inner.kind === 'json') layOut(lines, inner.text, below);
  else {
    for (const [index, text] of inner.text.split(/\r\n|\r|\n/).entries()) {
      add(lines, below, 0, { key: null, text, kind: 'text', parent: within }).index = index;
    }
  }
  line.end = lines.length;
}

function add(
  lines: OutlineLine[],
  base: Base,
  depth: number,
  { key, text, kind, parent }: Pick<OutlineLine, 'key' | 'text' | 'kind' | 'parent'>,
): OutlineLine {
  const line: OutlineLine = {
    depth: base.depth + depth,
    key,
    text,
    kind,
    parent,
    index: -1,
    comma: false,
    end: lines.length + 1,
    holds: null,
    within: base.within,
  };
  lines.push(line);
  return line;
}

/** The line that a comma belongs to: the last one, or the string whose contents are the last ones. */
function lineBefore(lines: readonly OutlineLine[], level: Level | undefined): OutlineLine | undefined {
  let last = lines.at(-1);
  const depth = level ? lines[level.line]!.depth + 1 : 0;
  while (last && last.depth > depth && last.within >= 0) last = lines[last.within];
  return last;
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** Index after the string literal that opens at `at`, or the end of the text when it never closes. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
