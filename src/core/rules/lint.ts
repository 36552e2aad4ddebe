/** What is worth mending in a rule that is in order: conditions that never match, examples that say otherwise. */
import { compileQuery, lintQuery, type Lint } from '../query/index.ts';
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
}

/** Checks a rule: its query by itself and against its examples, and what a responder would miss. */
export function lintRule(rule: Rule): RuleLint[] {
  return [
    ...lintQuery(rule.query).map((lint): RuleLint => ({
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
  const { matches } = compileQuery(query);
  for (const [i, record] of examples.fires.entries()) {
    if (!matches(record)) yield wrong(`Example ${i + 1} of fires is not found by the query.`);
  }
  for (const [i, record] of examples.quiet.entries()) {
    if (matches(record)) yield wrong(`Example ${i + 1} of quiet is found by the query.`);
  }
  if (examples.fires.length === 0) yield missing('examples', 'No example shows what the rule finds.');
  if (examples.quiet.length === 0) yield missing('examples', 'No example shows what the rule leaves alone.');
}

function* lintAdvice({ falsePositives, triage }: Rule): Generator<RuleLint> {
  if (falsePositives.length === 0)
    yield missing('falsePositives', 'Nothing says when the rule finds something harmless.');
  if (triage.length === 0) yield missing('triage', 'Nothing says what to do about a finding.');
}

function wrong(message: string): RuleLint {
  return { part: 'examples', level: 'error', message };
}

function missing(part: keyof Rule, message: string): RuleLint {
  return { part, level: 'info', message };
}
