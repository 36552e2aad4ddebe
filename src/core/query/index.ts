/**
 * The alert query language: Lucene's `query_string` as Elasticsearch and OpenSearch read it, over CloudTrail records.
 */
export type {
  Clause,
  ClauseNode,
  FieldName,
  GroupNode,
  LeafNode,
  ListNode,
  QueryNode,
  Span,
} from './syntax/ast.ts';
export { clauseOf, clauseWithin, escapeField, selects } from './clause.ts';
export { compileQuery, type CompiledQuery, type CompileOptions } from './compile.ts';
export { completeQuery, type Completion, type CompletionContext } from './complete/index.ts';
export type { ExplainedClause, Explanation } from './explain/explain.ts';
export { evaluate, RecordView } from './match/evaluate.ts';
export { lintQuery, type Lint, type LintContext } from './lint/index.ts';
export { needlesOf, ODD_CHARACTER, type Needles } from './match/needles.ts';
export { parseQuery } from './syntax/parser.ts';
export {
  combine,
  conditionsIn,
  decidePlan,
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
} from './match/plan.ts';
export { quote } from './syntax/escape.ts';
export { printQuery } from './syntax/printer.ts';
export { QueryError, type QueryProblem } from './problem.ts';
