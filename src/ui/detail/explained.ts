import type { EventDetail } from '../../../workers/contract.ts';
import type { ExplainedClause, Explanation } from '../../core/query/index.ts';

/** Whether a condition came out as the query wants it: a `must not` holds when it did not match. */
export function holds(clause: ExplainedClause): boolean {
  const matched = clause.outcome === 'matched';
  return clause.occur === 'must not' ? !matched : matched;
}

/** What came of a condition, in words. */
export function outcomeWords(clause: ExplainedClause): string {
  switch (clause.outcome) {
    case 'matched':
      return 'matched';
    case 'field missing':
      return 'the record has no such field';
    case 'not matched':
      return 'did not match';
    case 'ignored':
      return 'not needed: the query has conditions that must hold';
    case 'dropped':
      return 'left out: it holds no word to search for';
  }
}

/** Places in the record, as JSON paths, that made an alert fire or the filter match. */
export function matchedPlaces(detail: EventDetail): Set<string> {
  const explanations: Explanation[] = detail.findings.map((finding) => finding.explanation);
  if (detail.filter) explanations.push(detail.filter);
  const places = explanations
    .flatMap((one) => one.clauses)
    .filter((clause) => clause.occur !== 'must not' && clause.outcome === 'matched')
    .flatMap((clause) => clause.evidence.map((evidence) => evidence.path));
  return new Set(places);
}

/** A sentence with code in backticks, in parts. */
export function sentenceParts(sentence: string): { text: string; code: boolean }[] {
  return sentence
    .split('`')
    .map((text, index) => ({ text, code: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
