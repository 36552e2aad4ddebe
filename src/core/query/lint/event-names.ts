/** Lints on the names of events: a misspelled one silently never matches. */
import { eventNames, isKnownEventName } from '../api/catalogue.ts';
import { leavesOf, type LeafNode, type ListNode } from '../syntax/ast.ts';
import { compileRegex } from '../regex/compile.ts';
import { RegexError } from '../regex/problem.ts';
import { tokenize } from '../text/analyzer.ts';
import { compileGlob } from '../text/glob.ts';
import { lower } from '../text/letters.ts';
import {
  brief,
  edited,
  isKeyword,
  KEYWORD,
  pathOf,
  valueSpan,
  type Fix,
  type Lint,
  type LintContext,
  type Linted,
} from './lint.ts';
import { similarNames } from './similar-names.ts';

/** What some services put behind the name of an event. */
const VERSIONS = ['20150331', '20150331v2', '2020_05_31'];

/** Conditions on eventName that no known name meets. */
export function* unknownEventNames(linted: Linted): Generator<Lint> {
  const { text, list, context } = linted;
  for (const leaf of leavesOf(list)) {
    if (pathOf(leaf) !== 'eventName' || leaf.field?.name === '_exists_') continue;
    const unknown = leaf.kind === 'regex' ? unknownPattern(text, leaf, context) : unknownValue(linted, leaf);
    if (unknown !== null) yield unknown;
  }
}

function unknownValue({ text, list, context }: Linted, leaf: LeafNode): Lint | null {
  const exact = isKeyword(leaf);
  const unknown = (): Lint => noSuchName(leaf, text, list, context);
  if (leaf.kind === 'prefix' || leaf.kind === 'wildcard') {
    return anyName(context, exact, compileGlob(patternOf(leaf), !exact)) ? null : unknown();
  }
  if (leaf.kind !== 'term' && leaf.kind !== 'phrase') return null;
  if (exact) return isName(leaf.text, context) ? null : unknown();
  const words = new Set(tokenize(leaf.text));
  return words.size === 0 || anyName(context, false, (name) => words.has(name)) ? null : unknown();
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

function noSuchName(leaf: LeafNode, text: string, list: ListNode, context: LintContext): Lint {
  const value = 'text' in leaf ? leaf.text : '';
  const isWhole = leaf.kind === 'term' || leaf.kind === 'phrase';
  const span = valueSpan(text, leaf);
  const shown = brief(isWhole ? value : text.slice(span.from, span.to));
  const meant = isWhole ? similarNames(value, context.eventNames, servicesOf(list)) : [];
  const use = (name: string): Fix => ({
    label: `Use ${name}`,
    text: edited(text, { ...span, insert: name }),
  });
  // A single word (`Bucket`) is rather a part of names than one of them.
  const fixes = [...meant.map(use), ...otherwise(leaf, text, context)];
  if (/^[A-Z]?[a-z]+$/.test(value)) fixes.reverse();
  const [fix, ...more] = fixes;
  return {
    code: 'unknown-event-name',
    level: 'warning',
    message: `no known event name matches ${shown}${meant.length > 0 ? `; did you mean ${meant.join(' or ')}?` : fixes.length > 0 ? '' : ', and none is like it; those that are known are listed while you type one'}`,
    ...span,
    ...(fix === undefined ? {} : { fix }),
    ...(more.length === 0 ? {} : { more }),
  };
}

/** What a condition may have meant that no name is like: a part of names, or names in other letters. */
function otherwise(leaf: LeafNode, text: string, context: LintContext): Fix[] {
  const span = valueSpan(text, leaf);
  const exact = isKeyword(leaf);
  const found: Fix[] = [];
  if (leaf.kind === 'prefix' || leaf.kind === 'wildcard') {
    const pattern = patternOf(leaf);
    // A text field knows no capitals.
    if (exact && anyName(context, false, compileGlob(lower(pattern), true))) {
      const at = leaf.field!.to - KEYWORD.length;
      found.push({
        label: 'Match it in any case',
        text: edited(text, { from: at, to: leaf.field!.to, insert: '' }),
      });
    }
  } else if ((leaf.kind === 'term' || leaf.kind === 'phrase') && /^[\w-]{3,}$/.test(leaf.text)) {
    if (anyName(context, exact, compileGlob(`*${leaf.text}*`, !exact)))
      found.push({
        label: 'Match it anywhere in the name',
        text: edited(text, { ...span, insert: `*${leaf.text}*` }),
      });
  }
  return found;
}

function patternOf(leaf: LeafNode & { kind: 'prefix' | 'wildcard' }): string {
  return leaf.kind === 'prefix' ? `${leaf.text.replace(/[\\*?]/g, '\\$&')}*` : leaf.pattern;
}

/** The services that a query asks for by name, as in eventSource before the dot. */
function servicesOf(list: ListNode): Set<string> {
  const services = new Set<string>();
  for (const leaf of leavesOf(list)) {
    if (pathOf(leaf) !== 'eventSource' || (leaf.kind !== 'term' && leaf.kind !== 'phrase')) continue;
    const service = /^([\w-]+)\.amazonaws\.com$/.exec(leaf.text)?.[1];
    if (service !== undefined) services.add(service);
  }
  return services;
}

function unknownPattern(text: string, leaf: LeafNode & { kind: 'regex' }, context: LintContext): Lint | null {
  const exact = isKeyword(leaf);
  const matchesSome = (pattern: string, ignoreCase = leaf.ignoreCase): boolean => {
    try {
      const test = compileRegex(exact ? pattern : lower(pattern), ignoreCase);
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
      : matchesSome(leaf.pattern, true)
        ? {
            fix: {
              label: 'Match it in any case',
              text: edited(text, { from: leaf.to, to: leaf.to, insert: 'i' }),
            },
          }
        : {}),
  };
}
