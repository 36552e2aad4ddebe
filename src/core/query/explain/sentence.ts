/** An explanation in one sentence. */
import type { Value } from '../../record/columns.ts';
import type { ExplainedClause } from './explain.ts';

/** Most conditions that the sentence names. */
const MAX_NAMED = 6;
const MAX_VALUE_LENGTH = 80;

/** Says in plain English why the query of these clauses matched, or did not. */
export function sentenceFor(matched: boolean, clauses: readonly ExplainedClause[]): string {
  return matched ? whyMatched(clauses) : whyNot(clauses);
}

function whyMatched(clauses: readonly ExplainedClause[]): string {
  const held = clauses.filter(({ occur, outcome }) => occur !== 'must not' && outcome === 'matched');
  const absent = clauses.filter(
    ({ occur, outcome }) =>
      occur === 'must not' && (outcome === 'not matched' || outcome === 'field missing'),
  );
  const facts = [...new Set(held.map(fact))];
  const conditions = [...new Set(absent.map(({ text }) => code(text)))];
  if (facts.length === 0)
    return conditions.length === 0 ? 'matched every record' : `matched without ${list(conditions, 'or')}`;
  return `matched ${list(facts, 'and')}${conditions.length === 0 ? '' : `, without ${list(conditions, 'or')}`}`;
}

function whyNot(clauses: readonly ExplainedClause[]): string {
  const missing = clauses.filter(({ occur, outcome }) => occur === 'must' && outcome === 'field missing');
  const failed = clauses.filter(({ occur, outcome }) => occur === 'must' && outcome === 'not matched');
  const forbidden = clauses.filter(({ occur, outcome }) => occur === 'must not' && outcome === 'matched');
  const optional = clauses.filter(
    ({ occur, outcome }) => occur === 'should' && (outcome === 'not matched' || outcome === 'field missing'),
  );
  const reasons: string[] = [];
  if (failed.length > 0)
    reasons.push(`${list(texts(failed), 'and')} ${failed.length > 1 ? 'do' : 'does'} not hold`);
  if (missing.length > 0) reasons.push(`the record has no value for ${list(texts(missing), 'and')}`);
  if (forbidden.length > 0)
    reasons.push(`${list([...new Set(forbidden.map(fact))], 'and')} must not be there`);
  if (reasons.length === 0 && optional.length > 0) {
    reasons.push(
      optional.length === 1
        ? `${texts(optional)[0]!} does not hold`
        : `none of ${list(texts(optional), 'and')} holds`,
    );
  }
  return reasons.length === 0 ? 'did not match' : `did not match: ${reasons.join('; ')}`;
}

function texts(clauses: readonly ExplainedClause[]): string[] {
  return [...new Set(clauses.map(({ text }) => code(text)))];
}

/** What of the record met the condition; the condition itself where that is no single value. */
function fact(clause: ExplainedClause): string {
  const [first] = clause.evidence;
  return code(first === undefined ? clause.text : `${first.path}: ${show(first.value)}`);
}

function show(value: Value): string {
  const text = String(value).replace(/\s+/g, ' ');
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH - 1)}…` : text;
}

/** Marks text as code; the marks themselves cannot stand inside. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function list(items: readonly string[], word: 'and' | 'or'): string {
  const named =
    items.length > MAX_NAMED ? [...items.slice(0, MAX_NAMED), `${items.length - MAX_NAMED} more`] : items;
  if (named.length < 2) return named[0] ?? '';
  return `${named.slice(0, -1).join(', ')} ${word} ${named.at(-1)!}`;
}
