/**
 * The alert query language: Lucene's `query_string` as Elasticsearch and OpenSearch read it, over CloudTrail records.
 */
export type { Clause, ClauseNode, FieldName, GroupNode, LeafNode, ListNode, QueryNode, Span } from './ast.ts';
export { compileQuery, type CompiledQuery, type CompileOptions } from './compile.ts';
export type { ExplainedClause, Explanation } from './explain.ts';
export { parseQuery } from './parser.ts';
export {
  combine,
  DROPPED,
  NO,
  UNKNOWN,
  YES,
  type AllPlan,
  type BoolPlan,
  type ExistsPlan,
  type LeafPlan,
  type NonePlan,
  type Outcome,
  type Plan,
} from './plan.ts';
export { printQuery } from './printer.ts';
export { QueryError, type QueryProblem } from './problem.ts';
