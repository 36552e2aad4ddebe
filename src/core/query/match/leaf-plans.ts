/** Plans of single conditions: on the words of a field, on its exact values, or on several fields. */
import { once } from '../../once.ts';
import type { Value } from '../../record/columns.ts';
import type { LeafNode } from '../syntax/ast.ts';
import { compileGlob } from '../text/glob.ts';
import { ELEMENT_GAP } from '../text/phrase.ts';
import { parseNetwork } from '../values/networks.ts';
import { Bag, contentsOf } from './contents.ts';
import { costOf } from './cost.ts';
import { makeMatcher, type ConditionNode, type Forms, type Matcher } from './matcher.ts';
import {
  boolPlan,
  DROPPED,
  NO,
  YES,
  type ExistsPlan,
  type LeafPlan,
  type Outcome,
  type Plan,
} from './plan.ts';

const KEYWORD = '.keyword';
const TEXT_ONLY: Forms = { text: true, keyword: false };
const KEYWORD_ONLY: Forms = { text: false, keyword: true };
const BOTH: Forms = { text: true, keyword: true };

type Test = (values: readonly Value[]) => boolean;

/** Tests of whether a flattened path, or the `.keyword` of one, is among those that a name with wildcards stands for. */
export interface NameTest {
  text(path: string): boolean;
  keyword(path: string): boolean;
}

/** The test for a name in which `*` is any string; nothing else is a wildcard there. */
export function compileName(name: string): NameTest {
  const text = compileGlob(name.replace(/[?\\]/g, '\\$&'), false);
  const start = name.slice(0, name.indexOf('*'));
  return {
    text,
    keyword: (path) => (start.length > path.length || path.startsWith(start)) && text(path + KEYWORD),
  };
}

/**
 * The plan of a condition on the field or, with `names`, on the fields that it is true of. `now` (ms) is what date maths
 * count from. Throws RegexError for a regular expression that is too complex.
 */
export function conditionPlan(field: string, names: NameTest | null, node: ConditionNode, now: number): Plan {
  if (field === '*') {
    const test = tester(makeMatcher(node, BOTH, now), BOTH);
    // The fields of a record may be asked all at once, unless a phrase could reach from one into the next.
    const everywhere = !(node.kind === 'phrase' && node.slop >= ELEMENT_GAP);
    return searchPlan(node, () => true, test, { everywhere });
  }
  if (names !== null) {
    const text = tester(makeMatcher(node, TEXT_ONLY, now), TEXT_ONLY);
    const keyword = tester(makeMatcher(node, KEYWORD_ONLY, now), KEYWORD_ONLY);
    return searchByName(node, names, text, keyword);
  }
  const base = keywordBase(field);
  if (base === null) return textPlan(field, node, now);
  const test = tester(makeMatcher(node, KEYWORD_ONLY, now), KEYWORD_ONLY);
  const literal = { path: field, plan: once(() => textPlan(field, node, now)) };
  return exactPlan(base, node, asOutcome(test), { literal, only: onlyString(node) });
}

/** The plan of "the record has a value at `name`" or, with `names`, at one of the fields that it is true of. */
export function existsPlan(name: string, names: NameTest | null, node: LeafNode): Plan {
  if (names !== null) return searchByName(node, names, (values) => values.length > 0, hasString);
  const exists: ExistsPlan = { kind: 'exists', path: name, node };
  const base = keywordBase(name);
  if (base === null) return exists;
  return exactPlan(base, node, asOutcome(hasString), { literal: { path: name, plan: () => exists } });
}

/** The one string that a condition on whole strings is true of; null for a pattern, and for a network. */
function onlyString(node: ConditionNode): string | null {
  if (node.kind !== 'term' && node.kind !== 'phrase') return null;
  return parseNetwork(node.text) === null ? node.text : null;
}

/** The field that a `.keyword` is of, or null. */
function keywordBase(field: string): string | null {
  return field.endsWith(KEYWORD) && field.length > KEYWORD.length ? field.slice(0, -KEYWORD.length) : null;
}

function textPlan(path: string, node: ConditionNode, now: number): LeafPlan {
  const matcher = makeMatcher(node, TEXT_ONLY, now);
  const test = tester(matcher, TEXT_ONLY);
  if (!matcher.wordless) return exactPlan(path, node, asOutcome(test));
  return exactPlan(path, node, (values) => outcomeWithoutWords(values, test), { droppable: true });
}

/** Without a word to look for, a condition on nothing but text is dropped; on anything else it is decided. */
function outcomeWithoutWords(values: readonly Value[], test: Test): Outcome {
  if (values.length === 0) return NO;
  if (test(values)) return YES;
  return contentsOf(values).strings.length === values.length ? DROPPED : NO;
}

/** A search of the fields that a name stands for: their words, and, where it stands for that, their `.keyword`. */
function searchByName(node: LeafNode, names: NameTest, text: Test, keyword: Test): Plan {
  const plans = [searchPlan(node, names.text, text), searchPlan(node, names.keyword, keyword)];
  return boolPlan(plans.map((item) => ({ and: false, sign: null, item })));
}

/** What few plans have. */
type Special = Partial<Pick<LeafPlan, 'droppable' | 'literal' | 'only' | 'everywhere'>>;

function exactPlan(path: string, node: LeafNode, test: LeafPlan['test'], special: Special = {}): LeafPlan {
  return leafPlan(path, (other) => other === path, test, node, costOf(path, node) > 0, special);
}

function searchPlan(
  node: LeafNode,
  matchesPath: (path: string) => boolean,
  test: Test,
  special: Special = {},
): LeafPlan {
  return leafPlan(null, matchesPath, asOutcome(test), node, costOf('*', node) > 0, special);
}

function leafPlan(
  path: string | null,
  matchesPath: (path: string) => boolean,
  test: LeafPlan['test'],
  node: LeafNode,
  scans: boolean,
  { droppable = false, literal = null, only = null, everywhere = false }: Special,
): LeafPlan {
  return { kind: 'leaf', path, matchesPath, test, node, droppable, literal, only, scans, everywhere };
}

function tester(matcher: Matcher, forms: Forms): Test {
  const keyword: Test = (values) => {
    const [first] = values;
    // The common case, without a look at the words.
    if (values.length < 2) return typeof first === 'string' && matcher.keyword(new Bag([first]));
    const { keywords } = contentsOf(values);
    return keywords.list.length > 0 && matcher.keyword(keywords);
  };
  if (!forms.text) return keyword;
  const text: Test = (values) => {
    if (values.length === 0) return false;
    const contents = contentsOf(values);
    return (
      (contents.strings.length > 0 && matcher.text(contents)) ||
      contents.numbers.some((value) => matcher.number(value)) ||
      contents.booleans.some((value) => matcher.boolean(value)) ||
      contents.dates.some((value) => matcher.date(value))
    );
  };
  return forms.keyword ? (values) => text(values) || keyword(values) : text;
}

function asOutcome(test: Test): LeafPlan['test'] {
  return (values) => (test(values) ? YES : NO);
}

function hasString(values: readonly Value[]): boolean {
  return values.some((value) => typeof value === 'string');
}
