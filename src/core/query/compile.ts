/** Compiling a query: once per query, then asked of many records. */
import { leavesOf, type ListNode } from './syntax/ast.ts';
import { evaluate, RecordView } from './match/evaluate.ts';
import { explain, type Explanation } from './explain/explain.ts';
import { parseSource } from './syntax/parser.ts';
import { requiredPaths, YES, type Plan } from './match/plan.ts';
import { planQuery } from './match/planner.ts';
import { repairedSource } from './syntax/source.ts';

export interface CompileOptions {
  /** What date maths such as `now-1d` count from, ms since the epoch; the time of compiling by default. */
  readonly now?: number;
  /** The values that `${name}` stands for: the condition matches any of them. */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
}

/** A query ready to be asked of records. */
export interface CompiledQuery {
  /** As written. */
  readonly text: string;
  /** What date maths counts from, ms since the epoch. */
  readonly now: number;
  readonly ast: ListNode;
  readonly plan: Plan;
  /** Paths, without `.keyword`, that every matching record has a value at or below. */
  readonly requires: readonly string[];
  /** What was read differently from how it was written, in words. */
  readonly notices: readonly string[];
  /** Whether `record`, one event as JSON.parse returns it, matches. Never throws. */
  matches(record: unknown): boolean;
  /** Says why. Never throws. */
  explain(record: unknown): Explanation;
}

/**
 * Compiles a query in the alert query language (docs in README.md here). A blank query matches nothing.
 * Throws QueryError, with position and picture, for a query that cannot be read or exceeds a limit.
 */
export function compileQuery(text: string, options: CompileOptions = {}): CompiledQuery {
  const source = repairedSource(text);
  const ast = parseSource(source);
  const now = options.now ?? Date.now();
  const planned = planQuery(ast, text, {
    now,
    parameters: options.parameters ?? {},
  });
  const notices = [...source.notices];
  for (const leaf of leavesOf(ast)) {
    if (leaf.kind === 'regex' && leaf.ignoreCase)
      notices.push(`/${leaf.pattern}/i is matched in either case`);
  }
  return {
    text,
    now,
    ast,
    plan: planned.plan,
    requires: requiredPaths(planned.plan),
    notices,
    matches: (record) => evaluate(planned.plan, new RecordView(record)) === YES,
    explain: (record) => explain(planned, new RecordView(record)),
  };
}
