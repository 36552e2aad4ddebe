/** Lints on the names of events: a misspelled one silently never matches. */
import { eventNames, isKnownEventName } from '../api/catalogue.ts';
import { leavesOf, type LeafNode } from '../syntax/ast.ts';
import { compileRegex } from '../regex/compile.ts';
import { RegexError } from '../regex/problem.ts';
import { tokenize } from '../text/analyzer.ts';
import { compileGlob } from '../text/glob.ts';
import { lower } from '../text/letters.ts';
import {
  brief,
  edited,
  isKeyword,
  pathOf,
  valueSpan,
  type Lint,
  type LintContext,
  type Linted,
} from './lint.ts';
import { nearest } from './nearest.ts';

/** What some services put behind the name of an event. */
const VERSIONS = ['20150331', '20150331v2', '2020_05_31'];

/** Conditions on eventName that no known name meets. */
export function* unknownEventNames({ text, list, context }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (pathOf(leaf) !== 'eventName' || leaf.field?.name === '_exists_') continue;
    const unknown =
      leaf.kind === 'regex' ? unknownPattern(text, leaf, context) : unknownValue(text, leaf, context);
    if (unknown !== null) yield unknown;
  }
}

function unknownValue(text: string, leaf: LeafNode, context: LintContext): Lint | null {
  const exact = isKeyword(leaf);
  if (leaf.kind === 'prefix' || leaf.kind === 'wildcard') {
    const pattern = leaf.kind === 'prefix' ? `${leaf.text.replace(/[\\*?]/g, '\\$&')}*` : leaf.pattern;
    return anyName(context, exact, compileGlob(pattern, !exact)) ? null : noSuchName(leaf, text, context);
  }
  if (leaf.kind !== 'term' && leaf.kind !== 'phrase') return null;
  if (exact) return isName(leaf.text, context) ? null : noSuchName(leaf, text, context);
  const words = new Set(tokenize(leaf.text));
  return words.size === 0 || anyName(context, false, (name) => words.has(name))
    ? null
    : noSuchName(leaf, text, context);
}

function isName(name: string, context: LintContext): boolean {
  return isKnownEventName(name) || context.eventNames?.has(name) === true;
}

/** Whether a name, lower-cased if not `exact`, passes the test. */
function anyName(context: LintContext, exact: boolean, test: (name: string) => boolean): boolean {
  const passes = (name: string): boolean => test(exact ? name : lower(name));
  for (const name of context.eventNames ?? []) if (passes(name)) return true;
  for (const name of eventNames().keys()) if (passes(name)) return true;
  return false;
}

function noSuchName(leaf: LeafNode, text: string, context: LintContext): Lint {
  const value = 'text' in leaf ? leaf.text : '';
  const isWhole = leaf.kind === 'term' || leaf.kind === 'phrase';
  const meant = isWhole ? nearest(value, [...(context.eventNames ?? []), ...eventNames().keys()], 3) : null;
  const span = valueSpan(text, leaf);
  const shown = brief(isWhole ? value : text.slice(span.from, span.to));
  return {
    code: 'unknown-event-name',
    level: 'warning',
    message: `no known event name matches ${shown}${meant === null ? '' : `; did you mean ${meant}?`}`,
    ...span,
    ...(meant === null
      ? {}
      : { fix: { label: `Use ${meant}`, text: edited(text, { ...span, insert: meant }) } }),
  };
}

function unknownPattern(text: string, leaf: LeafNode & { kind: 'regex' }, context: LintContext): Lint | null {
  const exact = isKeyword(leaf);
  const matchesSome = (pattern: string): boolean => {
    try {
      const test = compileRegex(exact ? pattern : lower(pattern), leaf.ignoreCase);
      return anyName(
        context,
        exact,
        (name) => test(name) || VERSIONS.some((version) => test(name + version)),
      );
    } catch (error) {
      if (error instanceof RegexError) return true;
      throw error;
    }
  };
  if (matchesSome(leaf.pattern)) return null;
  const wider = `.*(${leaf.pattern}).*`;
  const span = valueSpan(text, leaf);
  const insert = `/${wider}/${leaf.ignoreCase ? 'i' : ''}`;
  return {
    code: 'unknown-event-name',
    level: 'warning',
    message: 'no known event name matches this pattern as a whole, and patterns always match the whole name',
    ...span,
    ...(matchesSome(wider)
      ? { fix: { label: 'Match it anywhere', text: edited(text, { ...span, insert }) } }
      : {}),
  };
}
