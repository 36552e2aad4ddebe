/** What each kind of condition accepts: one matcher, whichever fields it is asked about. */
import type {
  FuzzyNode,
  LeafNode,
  PhraseNode,
  PrefixNode,
  RangeNode,
  RegexNode,
  TermNode,
  WildcardNode,
} from '../syntax/ast.ts';
import { compileRegex } from '../regex/compile.ts';
import { tokenize } from '../text/analyzer.ts';
import { compileMisspelling } from '../text/edits.ts';
import { compileGlob } from '../text/glob.ts';
import { comparerWith, lower } from '../text/letters.ts';
import { hasPhrase, isNearly } from '../text/phrase.ts';
import { parseAddress } from '../../geo/index.ts';
import { isWithin, parseNetwork, type AddressRange } from '../values/networks.ts';
import { parsePeriod, type Period } from '../values/dates.ts';
import { parseNumber } from '../values/numbers.ts';
import type { Bag, Contents } from './contents.ts';

/** Which side of a string a condition looks at: its words, or the whole of it. */
export interface Forms {
  readonly text: boolean;
  readonly keyword: boolean;
}

export interface Matcher {
  /** The words of a text field; only asked when it has a string. */
  text(contents: Contents): boolean;
  /** The whole strings of a keyword field. */
  keyword(strings: Bag): boolean;
  number(value: number): boolean;
  boolean(value: boolean): boolean;
  /** Milliseconds since the epoch. */
  date(time: number): boolean;
  /** It has no word to look for in a text field. */
  readonly wordless: boolean;
}

/** Conditions that a plan makes matchers of: all but `*` and `${name}`. */
export type ConditionNode = Exclude<LeafNode, { kind: 'star' | 'parameter' }>;

/**
 * The matcher of a condition. `now` (ms) is what date maths count from; only for the `forms` asked for does it answer.
 * Throws RegexError for a regular expression that is too costly.
 */
export function makeMatcher(node: ConditionNode, forms: Forms, now: number): Matcher {
  switch (node.kind) {
    case 'term':
    case 'phrase':
      return new ValueMatcher(node, now);
    case 'fuzzy':
      return fuzzyMatcher(node);
    case 'prefix':
      return prefixMatcher(node);
    case 'wildcard':
      return wildcardMatcher(node);
    case 'regex':
      return regexMatcher(node, forms);
    case 'range':
      return rangeMatcher(node, now);
  }
}

const never = (): boolean => false;
/** Booleans, numbers and dates have no text to search in. */
const STRINGS_ONLY = { number: never, boolean: never, date: never, wordless: false };

/** A plain value. What it can be taken for is worked out when it is first asked: most are asked about whole strings alone. */
class ValueMatcher implements Matcher {
  #words: readonly string[] | undefined;
  #inWords: Matcher['text'] | undefined;
  #number: number | null | undefined;
  #period: Period | null | undefined;
  #network: AddressRange | null | undefined;

  constructor(
    private readonly node: TermNode | PhraseNode,
    private readonly now: number,
  ) {}

  private get words(): readonly string[] {
    return (this.#words ??= tokenize(this.node.text));
  }

  get wordless(): boolean {
    return this.words.length === 0;
  }

  text(contents: Contents): boolean {
    const { node, words } = this;
    this.#inWords ??=
      node.kind === 'phrase' && words.length > 1 ? phraseTest(words, node.slop) : anyWordTest(words);
    return this.#inWords(contents);
  }

  keyword(strings: Bag): boolean {
    if (strings.has(this.node.text)) return true;
    if (this.#network === undefined) this.#network = parseNetwork(this.node.text);
    return this.#network !== null && anyWithin(strings, this.#network);
  }

  number(value: number): boolean {
    if (this.#number === undefined) this.#number = parseNumber(this.node.text);
    return value === this.#number;
  }

  boolean(value: boolean): boolean {
    return String(value) === this.node.text;
  }

  date(time: number): boolean {
    if (this.#period === undefined) this.#period = parsePeriod(this.node.text, this.now);
    return this.#period !== null && time >= this.#period.start && time <= this.#period.end;
  }
}

/** A bare value of several words asks for any of them. */
function anyWordTest(words: readonly string[]): Matcher['text'] {
  const [first] = words;
  if (first === undefined) return never;
  if (words.length === 1) return (contents) => contents.hasWord(first);
  return (contents) => words.some((word) => contents.hasWord(word));
}

function phraseTest(words: readonly string[], slop: number): Matcher['text'] {
  return ({ positions }) => (slop > 0 ? isNearly(words, slop, positions) : hasPhrase(words, positions));
}

function fuzzyMatcher(node: FuzzyNode): Matcher {
  const edits = node.edits === 'auto' ? automaticEdits([...node.text].length) : node.edits;
  const test = (text: string): ((bag: Bag) => boolean) => {
    if (edits === 0) return (bag) => bag.has(text);
    const isNear = compileMisspelling(text, edits);
    return (bag) => bag.some(isNear);
  };
  const [text, keyword] = [test(lower(node.text)), test(node.text)];
  return { ...STRINGS_ONLY, text: (contents) => text(contents.words), keyword };
}

/**
 * Edits that `~` alone allows a word of this many characters: Elasticsearch's AUTO, one up to five characters and two
 * beyond. For one or two characters AUTO allows none, so that `~` would silently do nothing; they get Lucene's own two.
 */
function automaticEdits(length: number): number {
  return length > 2 && length <= 5 ? 1 : 2;
}

function prefixMatcher(node: PrefixNode): Matcher {
  const start = lower(node.text);
  return {
    ...STRINGS_ONLY,
    text: (contents) => contents.words.some((word) => word.startsWith(start)),
    keyword: (strings) => strings.some((string) => string.startsWith(node.text)),
  };
}

function wildcardMatcher(node: WildcardNode): Matcher {
  const [inWord, inString] = [compileGlob(node.pattern, true), compileGlob(node.pattern, false)];
  return {
    ...STRINGS_ONLY,
    text: (contents) => contents.words.some(inWord),
    keyword: (strings) => strings.some(inString),
  };
}

/**
 * On text the pattern is lower-cased as a whole, escapes included, and runs on single words (OpenSearch 2): with any
 * capital letter it could never match otherwise.
 */
function regexMatcher(node: RegexNode, forms: Forms): Matcher {
  const inWord = forms.text ? compileRegex(lower(node.pattern), node.ignoreCase) : never;
  const inString = forms.keyword ? compileRegex(node.pattern, node.ignoreCase) : never;
  return {
    ...STRINGS_ONLY,
    text: (contents) => contents.words.some(inWord),
    keyword: (strings) => strings.some(inString),
  };
}

function rangeMatcher(node: RangeNode, now: number): Matcher {
  const [inWord, inString] = [stringRange(node, lower), stringRange(node, (bound) => bound)];
  const addresses = addressRange(node);
  return {
    text: (contents) => contents.words.some(inWord),
    keyword: (strings) => strings.some(inString) || (addresses !== null && anyWithin(strings, addresses)),
    number: numberRange(node),
    boolean: never,
    date: dateRange(node, now),
    wordless: false,
  };
}

function stringRange(node: RangeNode, normalise: (bound: string) => string): (text: string) => boolean {
  const fromLowest = node.lower === null ? null : comparerWith(normalise(node.lower));
  const toHighest = node.upper === null ? null : comparerWith(normalise(node.upper));
  const [least, most] = [node.includeLower ? 0 : 1, node.includeUpper ? 0 : -1];
  return (text) =>
    (fromLowest === null || fromLowest(text) >= least) && (toHighest === null || toHighest(text) <= most);
}

function numberRange(node: RangeNode): (value: number) => boolean {
  const lowest = node.lower === null ? -Infinity : parseNumber(node.lower);
  const highest = node.upper === null ? Infinity : parseNumber(node.upper);
  if (lowest === null || highest === null) return never;
  return (value) =>
    (node.lower === null || (node.includeLower ? value >= lowest : value > lowest)) &&
    (node.upper === null || (node.includeUpper ? value <= highest : value < highest));
}

/** `[` is from the start of the period named, `{` and `>` from its end, `]` to its end, `}` and `<` to its start. */
function dateRange(node: RangeNode, now: number): (time: number) => boolean {
  const lowest = node.lower === null ? null : parsePeriod(node.lower, now);
  const highest = node.upper === null ? null : parsePeriod(node.upper, now);
  if ((node.lower !== null && lowest === null) || (node.upper !== null && highest === null)) return never;
  return (time) =>
    (lowest === null || (node.includeLower ? time >= lowest.start : time > lowest.end)) &&
    (highest === null || (node.includeUpper ? time <= highest.end : time < highest.start));
}

function addressRange(node: RangeNode): AddressRange | null {
  const first = node.lower === null ? null : parseAddress(node.lower);
  const last = node.upper === null ? null : parseAddress(node.upper);
  if (first === null || last === null || first.version !== last.version) return null;
  return { first, last, includeFirst: node.includeLower, includeLast: node.includeUpper };
}

function anyWithin(strings: Bag, range: AddressRange): boolean {
  return strings.addresses.some((address) => isWithin(address, range));
}
