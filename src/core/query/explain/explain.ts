/** Why a record matches a query, or does not: condition by condition, with the values that decided. */
import type { Value } from '../../record/columns.ts';
import { locate, type Located } from '../../record/locate.ts';
import type { Clause, ClauseNode, LeafNode, ListNode } from '../syntax/ast.ts';
import { occurrences, type Occur } from '../syntax/boolean.ts';
import { evaluate, type RecordView } from '../match/evaluate.ts';
import { DROPPED, YES, type Plan } from '../match/plan.ts';
import { printQuery } from '../syntax/printer.ts';
import { sentenceFor } from './sentence.ts';

export interface Explanation {
  matched: boolean;
  /** In plain English: matched `errorCode: AccessDenied` and `eventSource: s3.amazonaws.com`. */
  sentence: string;
  /** The conditions of the query in the order written. */
  clauses: ExplainedClause[];
}

export interface ExplainedClause {
  /** The condition, with its field even where a group around it names the field. */
  text: string;
  /** Where it stands: code-unit offsets in the query as written. */
  from: number;
  to: number;
  /** What the query wants of it; `must not` wherever a NOT reaches it. */
  occur: Occur;
  /**
   * How it came out by itself. `ignored`: beside a condition that must match, an optional one has no say.
   * `dropped`: it holds no word to look for, and the query is read without it.
   */
  outcome: 'matched' | 'not matched' | 'field missing' | 'ignored' | 'dropped';
  /** For a matched one: where in the record, as a JSON path with indexes (requestParameters.items[0].toPort). */
  evidence: { path: string; value: Value }[];
}

/** A query as it was planned: whole, and by the nodes of its tree. */
export interface Planned {
  readonly list: ListNode;
  readonly plan: Plan;
  readonly byNode: ReadonlyMap<ClauseNode, Plan>;
}

/** Most places in the record that are given for one condition. */
const MAX_EVIDENCE = 20;

/** Explains how a query comes out on the record. */
export function explain({ list, plan, byNode }: Planned, view: RecordView): Explanation {
  const matched = evaluate(plan, view) === YES;
  const clauses: ExplainedClause[] = [];
  const located = [...locate(view.record)];

  /** What the lists around a clause make of it: a NOT turns it round, an ignored group takes it along. */
  const walk = (within: ListNode, negated: boolean, ignored: boolean): void => {
    const occurs = occursOf(within, (node) => evaluate(byNode.get(node)!, view) === DROPPED);
    const hasMust = [...occurs.values()].includes('must');
    for (const clause of within.clauses) {
      const own = occurs.get(clause) ?? 'should';
      const out = ignored || (hasMust && occurs.get(clause) === 'should');
      const not = negated !== (own === 'must not');
      if (clause.node.kind === 'group') walk(clause.node.body, not, out);
      else {
        const occur = not ? 'must not' : own === 'must not' ? 'must' : own;
        clauses.push(explainLeaf(clause.node, occur, out, byNode.get(clause.node)!, view, located));
      }
    }
  };
  walk(list, false, false);
  return { matched, sentence: sentenceFor(matched, clauses), clauses };
}

function occursOf(list: ListNode, isDropped: (node: ClauseNode) => boolean): Map<Clause, Occur> {
  const operands = list.clauses.map((clause) => ({
    and: clause.conjunction?.word === 'AND',
    sign: clause.modifier?.sign ?? null,
    item: clause,
  }));
  return new Map(
    occurrences(operands, ({ node }) => isDropped(node)).map(({ item, occur }) => [item, occur]),
  );
}

function explainLeaf(
  node: LeafNode,
  occur: Occur,
  ignored: boolean,
  plan: Plan,
  view: RecordView,
  located: readonly Located[],
): ExplainedClause {
  const { field, from, to } = node;
  const text = printQuery(field === null ? node : { ...node, field: { ...field, inherited: false } }).trim();
  const result = evaluate(plan, view);
  const evidence = result === YES && !ignored ? evidenceFor(plan, located) : [];
  const outcome = ignored
    ? 'ignored'
    : result === YES
      ? 'matched'
      : result === DROPPED
        ? 'dropped'
        : isMissing(plan, located)
          ? 'field missing'
          : 'not matched';
  return { text, from, to, occur, outcome, evidence };
}

/** The values that make a plan match, each by itself; those of a phrase across elements all together. */
function evidenceFor(plan: Plan, located: readonly Located[]): ExplainedClause['evidence'] {
  const relevant = located.filter((each) => concerns(plan, each));
  const deciding = relevant.filter((each) => decides(plan, each));
  const chosen = deciding.length > 0 ? deciding : relevant;
  return chosen.slice(0, MAX_EVIDENCE).map(({ path, value }) => ({ path, value }));
}

/** Whether the plan looks at this place of the record. */
function concerns(plan: Plan, place: Located): boolean {
  switch (plan.kind) {
    case 'leaf':
      return plan.matchesPath(place.flat) || (plan.literal !== null && concerns(plan.literal, place));
    case 'exists':
      return isAtOrBelow(place.flat, plan.path);
    case 'bool':
      return plan.should.some((child) => concerns(child, place));
    default:
      return false;
  }
}

/** Whether the plan would match by this place alone. */
function decides(plan: Plan, place: Located): boolean {
  switch (plan.kind) {
    case 'leaf':
      if (plan.matchesPath(place.flat) && plan.test([place.value]) === YES) return true;
      return plan.literal !== null && decides(plan.literal, place);
    case 'exists':
      return isAtOrBelow(place.flat, plan.path);
    case 'bool':
      return plan.should.some((child) => decides(child, place));
    default:
      return false;
  }
}

function isAtOrBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}

/** Whether the record has nothing where the plan looks; a search of every field looks everywhere. */
function isMissing(plan: Plan, located: readonly Located[]): boolean {
  return plan.kind !== 'none' && !located.some((each) => concerns(plan, each));
}
