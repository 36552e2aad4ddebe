/** Everything that can be said of a query without running it. */
import { QueryError } from '../problem.ts';
import { planQuery } from '../match/planner.ts';
import { leavesOf, type ListNode } from '../syntax/ast.ts';
import { parseSource } from '../syntax/parser.ts';
import { repairedSource } from '../syntax/source.ts';
import { barePatterns } from './bare-patterns.ts';
import { unknownEventNames } from './event-names.ts';
import { existsWildcards, keywordsOfOtherTypes, unknownFields } from './fields.ts';
import type { Lint, LintContext, LintRule } from './lint.ts';
import { looseWords, lowerCaseOperators, precedence, strayOperators } from './lists.ts';
import { capitals, foreignSyntax } from './patterns.ts';
import { isReadable, syntaxLint } from './syntax.ts';
import {
  adjacentWords,
  networksOnText,
  patternsWithoutSlashes,
  splitValues,
  valuesWithoutWords,
  wildcardsOverWords,
} from './values.ts';

export type { Lint, LintContext } from './lint.ts';

const RULES: readonly LintRule[] = [
  precedence,
  lowerCaseOperators,
  strayOperators,
  looseWords,
  patternsWithoutSlashes,
  barePatterns,
  adjacentWords,
  splitValues,
  wildcardsOverWords,
  valuesWithoutWords,
  networksOnText,
  foreignSyntax,
  capitals,
  unknownFields,
  keywordsOfOtherTypes,
  existsWildcards,
  unknownEventNames,
];

/**
 * Checks a query: errors that keep it from running, and everything in it that does not do what it seems to do.
 * Offsets are code units of `text`; the lints are in order of where they start. Never throws.
 */
export function lintQuery(text: string, context: LintContext = {}): Lint[] {
  const lints: Lint[] = [];
  try {
    const source = repairedSource(text);
    lints.push(...quotes(text, source.text, source.notices));
    const list = parseSource(source);
    for (const rule of RULES) lints.push(...rule({ text, list, context }));
    planQuery(list, text, { now: 0, parameters: context.parameters ?? anyParameters(list) });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    lints.push(syntaxLint(text, error));
  }
  return withoutEchoes(lints)
    .map(withReadableFixes)
    .sort((a, b) => a.from - b.from);
}

/**
 * An error speaks for all that it covers: what else there is to say can wait until it is repaired. So can how conditions
 * are joined, as long as the parts of a pattern are taken for conditions.
 */
function withoutEchoes(lints: readonly Lint[]): Lint[] {
  const errors = lints.filter(({ level }) => level === 'error');
  const within = (inner: Lint, outer: Lint): boolean => outer.from <= inner.from && inner.to <= outer.to;
  return lints.filter(
    (lint) =>
      lint.level === 'error' ||
      !errors.some(
        (error) =>
          within(lint, error) ||
          (lint.code === 'mixed-operators' &&
            error.code === 'pattern-without-slashes' &&
            within(error, lint)),
      ),
  );
}

/** A repair must leave a query that can be read. */
function withReadableFixes(lint: Lint): Lint {
  if (lint.fix === undefined) return lint;
  const { fix, more = [], ...rest } = lint;
  const [first, ...others] = [fix, ...more].filter((each) => isReadable(each.text));
  return {
    ...rest,
    ...(first === undefined ? {} : { fix: first }),
    ...(others.length === 0 ? {} : { more: others }),
  };
}

function* quotes(text: string, repaired: string, notices: readonly string[]): Generator<Lint> {
  if (notices.length === 0) return;
  yield {
    code: 'typographic-characters',
    level: 'info',
    message: notices.join('; '),
    from: 0,
    to: text.length,
    fix: { label: 'Replace them', text: repaired },
  };
}

/** A value for every parameter that the query names. */
function anyParameters(list: ListNode): Record<string, readonly string[]> {
  const names = [...leavesOf(list)].flatMap((leaf) => (leaf.kind === 'parameter' ? [leaf.name] : []));
  return Object.fromEntries(names.map((name) => [name, ['value']]));
}
