/** What a field of a record holds, sorted out by type, with its text cut into words. */
import type { Value } from '../../record/columns.ts';
import { parseAddress, type Address } from '../../geo/index.ts';
import { tokenize } from '../text/analyzer.ts';
import { Positions } from '../text/phrase.ts';
import { dateOf } from '../values/dates.ts';

/** Questions after which it is worth sorting a long list out, or cutting strings into words: most queries ask fewer. */
const FEW_QUESTIONS = 4;
/** A list of so many strings is not worth it ever. */
const FEW_STRINGS = 8;

/** Some strings, what is among them, and which of them are addresses. */
export class Bag {
  readonly list: readonly string[];
  #asked = 0;
  #set: Set<string> | null = null;
  #distinct: readonly string[] | null = null;
  #addresses: readonly Address[] | null = null;

  constructor(list: readonly string[]) {
    this.list = list;
  }

  has(text: string): boolean {
    if (this.#isSeldomAsked()) return this.list.includes(text);
    return (this.#set ??= new Set(this.list)).has(text);
  }

  /** Whether one of them passes the test. */
  some(test: (text: string) => boolean): boolean {
    if (this.#isSeldomAsked()) return this.list.some(test);
    this.#distinct ??= [...(this.#set ??= new Set(this.list))];
    return this.#distinct.some(test);
  }

  #isSeldomAsked(): boolean {
    return this.list.length <= FEW_STRINGS || ++this.#asked <= FEW_QUESTIONS;
  }

  get addresses(): readonly Address[] {
    return (this.#addresses ??= this.list.map(parseAddress).filter((address) => address !== null));
  }
}

/**
 * The values of one field of one record. The type is that of each value, not of the field: a string is text unless
 * it is an ISO date.
 */
export class Contents {
  /** All strings, whole. */
  readonly keywords: Bag;
  /** The strings that are no dates. */
  readonly strings: string[] = [];
  readonly dates: number[] = [];
  readonly numbers: number[] = [];
  readonly booleans: boolean[] = [];
  #asked = 0;
  #elements: string[][] | null = null;
  #words: Bag | null = null;
  #positions: Positions | null = null;

  constructor(values: readonly Value[]) {
    const keywords: string[] = [];
    this.keywords = new Bag(keywords);
    for (const value of values) {
      if (typeof value === 'number') this.numbers.push(value);
      else if (typeof value === 'boolean') this.booleans.push(value);
      else {
        keywords.push(value);
        const date = dateOf(value);
        if (date === null) this.strings.push(value);
        else this.dates.push(date);
      }
    }
  }

  /** The words of each string, in order. */
  get elements(): readonly (readonly string[])[] {
    return (this.#elements ??= this.strings.map(tokenize));
  }

  /** Whether the word is among those of all strings. Where it is in none of many, they need not be cut into words for that. */
  hasWord(word: string): boolean {
    const isCut = this.#words !== null || this.strings.length === 1;
    if (isCut || ++this.#asked > FEW_QUESTIONS) return this.words.has(word);
    return this.strings.some((string) => mayHold(string, word) && tokenize(string).includes(word));
  }

  /** Where each word stands. */
  get positions(): Positions {
    return (this.#positions ??= new Positions(this.elements));
  }

  /** The words of all strings. */
  get words(): Bag {
    return (this.#words ??= new Bag(this.elements.length === 1 ? this.elements[0]! : this.elements.flat()));
  }
}

const NON_ASCII = /[^\x00-\x7f]/;

/** Whether a word, in small letters, may be one of the string's. What is no ASCII may be any in small letters. */
function mayHold(string: string, word: string): boolean {
  return string.toLowerCase().includes(word) || NON_ASCII.test(string);
}

/** Contents of single strings: rules ask many questions about the same value. */
const recent = new Map<string, Contents>();
const MAX_RECENT = 4_096;
const MAX_RECENT_LENGTH = 1_000;
/** Contents of lists, which an evaluator passes as the same array to every leaf. */
const ofLists = new WeakMap<readonly Value[], Contents>();

/** The contents of a field with these values. */
export function contentsOf(values: readonly Value[]): Contents {
  const only = values.length === 1 ? values[0] : undefined;
  if (typeof only === 'number' || typeof only === 'boolean') return new Contents(values);
  if (only === undefined || only.length > MAX_RECENT_LENGTH) {
    const known = ofLists.get(values);
    if (known !== undefined) return known;
    const made = new Contents(values);
    ofLists.set(values, made);
    return made;
  }
  const known = recent.get(only);
  if (known !== undefined) return known;
  if (recent.size >= MAX_RECENT) recent.clear();
  const made = new Contents(values);
  recent.set(only, made);
  return made;
}
