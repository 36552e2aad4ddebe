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
  const places = new Places(view.record);

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
        const { node } = clause;
        const occur = not ? 'must not' : own === 'must not' ? 'must' : own;
        const outcome = outcomeOf(byNode.get(node)!, out, view, places);
        const evidence = outcome === 'matched' ? evidenceFor(byNode.get(node)!, places) : [];
        clauses.push({ text: textOf(node), from: node.from, to: node.to, occur, outcome, evidence });
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

function textOf(node: LeafNode): string {
  const { field } = node;
  return printQuery(field === null ? node : { ...node, field: { ...field, inherited: false } }).trim();
}

function outcomeOf(
  plan: Plan,
  ignored: boolean,
  view: RecordView,
  places: Places,
): ExplainedClause['outcome'] {
  if (ignored) return 'ignored';
  const outcome = evaluate(plan, view);
  if (outcome === YES) return 'matched';
  if (outcome === DROPPED) return 'dropped';
  return plan.kind !== 'none' && places.concerning(plan).next().done === true
    ? 'field missing'
    : 'not matched';
}

/** The values that make a plan match, each by itself; those of a phrase across elements all together. */
function evidenceFor(plan: Plan, places: Places): ExplainedClause['evidence'] {
  const deciding: ExplainedClause['evidence'] = [];
  const others: ExplainedClause['evidence'] = [];
  // Once, though the words of a field and its exact value may both be looked at.
  for (const place of new Set(places.concerning(plan))) {
    const { path, value } = place;
    if (decides(plan, place)) deciding.push({ path, value });
    else if (others.length < MAX_EVIDENCE) others.push({ path, value });
    if (deciding.length === MAX_EVIDENCE) break;
  }
  return deciding.length > 0 ? deciding : others;
}

/** Whether the plan would match by this place alone. */
function decides(plan: Plan, place: Located): boolean {
  switch (plan.kind) {
    case 'leaf':
      if (plan.matchesPath(place.flat)) return plan.test([place.value]) === YES;
      return plan.literal !== null && decides(plan.literal.plan(), place);
    case 'exists':
      return true;
    case 'bool':
      return plan.should.some((child) => decides(child, place));
    default:
      return false;
  }
}

/** The values of a record by flat path. */
class Places {
  readonly #byPath = new Map<string, Located[]>();

  constructor(record: unknown) {
    for (const place of locate(record)) {
      const others = this.#byPath.get(place.flat);
      if (others === undefined) this.#byPath.set(place.flat, [place]);
      else others.push(place);
    }
  }

  /** The places that a plan looks at. */
  *concerning(plan: Plan): Generator<Located> {
    switch (plan.kind) {
      case 'leaf':
        if (plan.path !== null) yield* this.#byPath.get(plan.path) ?? [];
        else yield* this.#where((path) => plan.matchesPath(path));
        if (plan.literal !== null) yield* this.#where((path) => isAtOrBelow(path, plan.literal!.path));
        break;
      case 'exists':
        yield* this.#where((path) => isAtOrBelow(path, plan.path));
        break;
      case 'bool':
        for (const child of plan.should) yield* this.concerning(child);
    }
  }

  *#where(test: (path: string) => boolean): Generator<Located> {
    for (const [path, places] of this.#byPath) if (test(path)) yield* places;
  }
}

function isAtOrBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}
