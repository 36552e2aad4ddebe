import type { Value } from '../record/columns.ts';

/** Why a record matches a query, or does not. */
export interface Explanation {
  matched: boolean;
  /** In plain English: matched `errorCode: AccessDenied` and `eventSource: s3.amazonaws.com`. */
  sentence: string;
  /** The conditions of the query in the order written. */
  clauses: ExplainedClause[];
}

export interface ExplainedClause {
  /** The condition as written, and where: code-unit offsets in the query. */
  text: string;
  from: number;
  to: number;
  occur: 'must' | 'should' | 'must not';
  outcome: 'matched' | 'not matched' | 'field missing' | 'ignored' | 'dropped';
  /** Where in the record it matched, as a JSON path with indexes: requestParameters.items[0].toPort. */
  evidence: { path: string; value: Value }[];
}
