/** What is worth mending in a rule that is in order: conditions that never match, examples that say otherwise. */
import {
  compileQuery,
  lintQuery,
  QueryError,
  type CompiledQuery,
  type Lint,
  type LintContext,
} from '../query/index.ts';
import type { Rule } from './rule.ts';

/** Something about a rule that is wrong, surprising or missing, though it can be run. */
export interface RuleLint {
  /** The part of the rule that it is about. */
  part: keyof Rule;
  level: Lint['level'];
  /** What is the matter, one or two sentences. */
  message: string;
  /** For `query`: where in it, and how to repair it. */
  query?: Lint;
  /** For an example that the query contradicts: which one, from 0. */
  example?: { list: 'fires' | 'quiet'; index: number };
}

/**
 * Checks a rule: its query by itself and against its examples, and what a responder would miss. Never throws.
 *
 * @param context what is known of the data that it is to be run on
 */
export function lintRule(rule: Rule, context: LintContext = {}): RuleLint[] {
  return [
    ...lintQuery(rule.query, context).map((lint): RuleLint => ({
      part: 'query',
      level: lint.level,
      message: lint.message,
      query: lint,
    })),
    ...lintExamples(rule),
    ...lintAdvice(rule),
  ];
}

function* lintExamples({ query, examples }: Rule): Generator<RuleLint> {
  const compiled = compiledOrNot(query);
  if (compiled !== null) {
    for (const list of ['fires', 'quiet'] as const) {
      for (const [index, record] of examples[list].entries()) {
        if (compiled.matches(record) === (list === 'fires')) continue;
        const found = list === 'fires' ? 'not found' : 'found';
        const message = `Example ${index + 1} of ${list} is ${found} by the query.`;
        yield { part: 'examples', level: 'error', message, example: { list, index } };
      }
    }
  }
  if (examples.fires.length === 0) yield missing('examples', 'No example shows what the rule finds.');
  if (examples.quiet.length === 0) yield missing('examples', 'No example shows what the rule leaves alone.');
}

function* lintAdvice({ falsePositives, triage }: Rule): Generator<RuleLint> {
  if (falsePositives.length === 0)
    yield missing('falsePositives', 'Nothing says when the rule finds something harmless.');
  if (triage.length === 0) yield missing('triage', 'Nothing says what to do about a finding.');
}

/** Null for a query that cannot be read: that is said of it already. */
function compiledOrNot(query: string): CompiledQuery | null {
  try {
    return compileQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

function missing(part: keyof Rule, message: string): RuleLint {
  return { part, level: 'info', message };
}
