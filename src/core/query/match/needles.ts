/**
 * What must stand in the text of a record for a condition to be true of it: short pieces that can be looked for in the
 * bytes before any record is parsed.
 */
import type { LeafNode, PhraseNode, TermNode } from '../syntax/ast.ts';
import { tokenize } from '../text/analyzer.ts';
import { parsePeriod, type Period } from '../values/dates.ts';
import { parseNetwork } from '../values/networks.ts';
import { parseNumber } from '../values/numbers.ts';
import type { ExistsPlan, LeafPlan } from './plan.ts';

/**
 * If a condition is true of a record then one of these pieces stands in its JSON text, in capital or small letters, and all that is
 * in `also`, provided that the text has no ODD_CHARACTER.
 */
export interface Needles {
  /** In small letters; none of them empty. */
  readonly pieces: readonly string[];
  /** It may also be a number that is written otherwise: with a fraction or an exponent. */
  readonly numbers: boolean;
  /** In small letters; none of them empty: the key of the value, the other words of a phrase. */
  readonly also: readonly string[];
}

/**
 * A character that is no ASCII, an escape that may be any character, or a NUL, which is taken out of a text before it is parsed:
 * text with such is not told of by needles.
 */
export const ODD_CHARACTER = /[^\x01-\x7f]|\\u/;

/** Characters that stand in JSON text as they are, whoever wrote it: not `"`, `\`, `/` and what is no ASCII. */
const PLAIN_RUN = /[ !#-.0-[\]-~]+/g;
/** A regular expression of nothing but literal characters and `.`, `.*`, `.+`. */
const SIMPLE_REGEX = /^(?:[\w :,=-]|\.[*+]?)+$/;
const DAY = 86_400_000;
/** Months, or years, that a date is looked for in. */
const MOST = 3;

/** The needles of a condition; null when nothing can be said. */
export function needlesOf(plan: LeafPlan | ExistsPlan): Needles | null {
  if (plan.kind === 'exists') return ofKey(plan.path);
  if (plan.droppable) return null;
  const node = plan.node as LeafNode;
  const isExistence = node.kind === 'star' || node.field?.name === '_exists_';
  const byValue = isExistence ? null : ofValue(node);
  if (plan.path === null) return byValue;
  const byKey = ofKey(plan.path);
  return byValue === null ? byKey : { ...byValue, also: [...byValue.also, ...(byKey?.pieces ?? [])] };
}

/** A path is at least the end of some key: a key may have dots in it. */
function ofKey(path: string): Needles | null {
  return needles([longestRun(path.slice(path.lastIndexOf('.') + 1))]);
}

function ofValue(node: LeafNode): Needles | null {
  switch (node.kind) {
    case 'term':
    case 'phrase':
      return ofText(node);
    case 'prefix':
      return needles([longestRun(node.text)]);
    case 'wildcard':
      return needles([longestPiece(node.pattern.replace(/\\(.)/gs, '$1').split(/[*?]/))]);
    case 'regex':
      if (!SIMPLE_REGEX.test(node.pattern)) return null;
      return needles([longestPiece(node.pattern.split(/\.[*+]?/))]);
    default:
      return null;
  }
}

function ofText(node: TermNode | PhraseNode): Needles | null {
  const { text } = node;
  // Any address of a network would do, written in any way.
  if (parseNetwork(text) !== null) return null;
  const words = tokenize(text);
  // Whoever equals the text has its words in him too.
  const pieces = words.length === 0 ? [longestRun(text)] : words.map(longestRun);
  const wanted = node.kind === 'phrase' && words.length > 1 ? [longestPiece(pieces)] : pieces;
  const number = parseNumber(text);
  if (number !== null) {
    if (!Number.isSafeInteger(number)) return null;
    wanted.push(String(Math.abs(number)));
  }
  const dates = datesOf(text);
  if (dates === null) return null;
  const found = needles([...wanted, ...dates], number !== null);
  if (found === null || number !== null || dates.length > 0 || node.kind !== 'phrase') return found;
  return { ...found, also: pieces.filter((piece) => piece !== '' && !wanted.includes(piece)) };
}

/** What a date value in the period that the text names begins with: none when it is no date, null for too many. */
function datesOf(text: string): string[] | null {
  if (/now|\|\|/.test(text)) return parsePeriod(text, 0) === null ? [] : null;
  const period = parsePeriod(text, 0);
  return period === null ? [] : monthsOf(period);
}

/** The months that a period touches, as date values begin; of a longer one the years. Null for too many of these too. */
function monthsOf({ start, end }: Period): string[] | null {
  // A date value has a year of four digits: nothing further off equals one.
  if (start < Date.parse('0000-01-02') || end > Date.parse('9999-12-30')) return null;
  // In some zone of the world it may be the day before or after.
  const [first, last] = [start - DAY, end + DAY].map((time) => new Date(time).toISOString());
  const years = range(Number(first!.slice(0, 4)), Number(last!.slice(0, 4)));
  const months = range(monthNumber(first!), monthNumber(last!));
  if (months.length <= MOST) {
    return months.map((month) => `${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}`);
  }
  return years.length <= MOST ? years.map((year) => `${pad(year, 4)}-`) : null;
}

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function needles(pieces: readonly string[], numbers = false): Needles | null {
  return pieces.includes('') ? null : { pieces, numbers, also: [] };
}

function longestPiece(pieces: readonly string[]): string {
  return pieces.map(longestRun).reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** The longest run of plain characters, in small letters; '' when there is none. */
function longestRun(text: string): string {
  const runs: readonly string[] = text.match(PLAIN_RUN) ?? [];
  return runs.reduce((a, b) => (b.length > a.length ? b : a), '').toLowerCase();
}
