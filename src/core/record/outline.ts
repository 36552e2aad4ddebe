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
  /** Where the value stands: `requestParameters.items[0].toPort`; within a string after ` ▸ `. */
  place: string;
  /** The path that queries know it by: `requestParameters.items.toPort`; null within a string and for the record itself. */
  path: string | null;
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
  line: OutlineLine;
  isObject: boolean;
  /** Elements of an array met so far. */
  elements: number;
}

/** Where a text stands that is laid out: the record, or a string in it. */
interface Base {
  depth: number;
  place: string;
  within: number;
  /** Strings around it. */
  strings: number;
}

/** Lines of `json`, which may be broken: then they go as far as it makes sense and the rest is one line. */
export function outlineOf(json: string): OutlineLine[] {
  const lines: OutlineLine[] = [];
  layOut(lines, json, { depth: 0, place: '', within: -1, strings: 0 });
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
      push(lines, newLine(base, levels.length, null, c, 'close', level?.line.place ?? base.place, null));
      if (level) level.line.end = lines.length;
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
    const name = key === null ? null : unquoted(key);
    const [place, path] = [placeOf(base, level, name), pathOf(base, level, name)];
    const line = newLine(base, levels.length, key, c, 'open', place, path);
    push(lines, line);
    key = null;
    if (c === '{' || c === '[') {
      const inside = skipSpace(json, at + 1);
      if (json[inside] === '}' || json[inside] === ']') {
        line.text = c + json[inside]!;
        line.kind = 'empty';
        at = skipSpace(json, inside + 1);
      } else {
        levels.push({ line, isObject: c === '{', elements: 0 });
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
    if (c === '"') unfold(lines, line, name ?? '', base);
    at = skipSpace(json, end);
  }
  for (const { line } of levels) line.end = lines.length;
}

/** Lays out what the string of `line`, the last one, holds. */
function unfold(lines: OutlineLine[], line: OutlineLine, name: string, base: Base): void {
  if (base.strings >= DEEPEST_EMBEDDED) return;
  // Short of parsing every string: only these may hold anything.
  if (!/^"\s*(?:[{[]|%[75]B|\\[tnr])/i.test(line.text) && !/^userData$/i.test(name)) return;
  const inner = embeddedIn(name, unquoted(line.text));
  if (inner === null) return;
  line.holds = inner.how;
  const below: Base = {
    depth: line.depth + 1,
    place: `${line.place} ▸ `,
    within: lines.length - 1,
    strings: base.strings + 1,
  };
  if (inner.kind === 'json') layOut(lines, inner.text, below);
  else {
    inner.text.split(/\r\n|\r|\n/).forEach((text, i) => {
      push(lines, newLine(below, 0, null, text, 'text', `${below.place}line ${String(i + 1)}`, null));
    });
  }
  line.end = lines.length;
}

function newLine(
  base: Base,
  depth: number,
  key: string | null,
  text: string,
  kind: LineKind,
  place: string,
  path: string | null,
): OutlineLine {
  const { within } = base;
  return {
    depth: base.depth + depth,
    key,
    text,
    kind,
    place,
    path,
    comma: false,
    end: 0,
    holds: null,
    within,
  };
}

function push(lines: OutlineLine[], line: OutlineLine): void {
  lines.push(line);
  line.end = lines.length;
}

/** The line that a comma belongs to: the last one, or the string whose contents are the last ones. */
function lineBefore(lines: readonly OutlineLine[], level: Level | undefined): OutlineLine | undefined {
  let last = lines.at(-1);
  const depth = level ? level.line.depth + 1 : 0;
  while (last && last.depth > depth && last.within >= 0) last = lines[last.within];
  return last;
}

function placeOf(base: Base, level: Level | undefined, name: string | null): string {
  if (level === undefined) return base.place;
  if (name === null) return `${level.line.place}[${String(level.elements++)}]`;
  return level.line.place + pathStep(name, level.line.place === base.place);
}

/** As `flatten` joins keys: elements of arrays stand at the path of the array. */
function pathOf(base: Base, level: Level | undefined, name: string | null): string | null {
  if (base.within >= 0 || level === undefined) return null;
  const above = level.line.path;
  if (name === null) return above;
  return above === null ? name : `${above}.${name}`;
}

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
