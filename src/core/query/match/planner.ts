/** From a syntax tree to a plan: fields resolved, lists decided, conditions compiled. */
import type { Planned } from '../explain/explain.ts';
import { problemAt, QueryError } from '../problem.ts';
import { RegexError } from '../regex/problem.ts';
import {
  leavesOf,
  type ClauseNode,
  type LeafNode,
  type ListNode,
  type ParameterNode,
} from '../syntax/ast.ts';
import { printQuery } from '../syntax/printer.ts';
import { tokenize } from '../text/analyzer.ts';
import { MAX_PATTERN_LENGTH } from '../text/glob.ts';
import { MAX_SLOPPY_WORDS } from '../text/phrase.ts';
import { costOf, MAX_COST, NAME_COST, TOO_COSTLY } from './cost.ts';
import { compileName, conditionPlan, existsPlan, type NameTest } from './leaf-plans.ts';
import type { ConditionNode } from './matcher.ts';
import { ALL, boolPlan, NONE, type Plan } from './plan.ts';

/** Most conditions of a query (Elasticsearch's and Lucene's default limit of clauses). */
const MAX_CONDITIONS = 1_024;
export interface PlanOptions {
  /** What date maths count from: ms since the epoch. */
  readonly now: number;
  /** Values of `${name}`. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** Plans a query; `written` is its text, for errors. Throws QueryError. */
export function planQuery(list: ListNode, written: string, options: PlanOptions): Planned {
  return new Planner(written, options).plan(list);
}

class Planner {
  readonly #written: string;
  readonly #options: PlanOptions;
  readonly #byNode = new Map<ClauseNode, Plan>();
  /** Plans of the costly conditions, by what they say: the same one is decided once, and counts once. */
  readonly #scans = new Map<string, Plan>();
  readonly #nameTests = new Map<string, NameTest>();
  #cost = 0;

  constructor(written: string, options: PlanOptions) {
    this.#written = written;
    this.#options = options;
  }

  plan(list: ListNode): Planned {
    this.#checkLimits(list);
    return { list, plan: this.#list(list), byNode: this.#byNode };
  }

  #checkLimits(list: ListNode): void {
    let conditions = 0;
    for (const leaf of leavesOf(list)) {
      if (++conditions > MAX_CONDITIONS) {
        throw this.#error(`a query may have at most ${MAX_CONDITIONS} conditions`, leaf);
      }
      if (leaf.kind === 'wildcard' && leaf.pattern.length > MAX_PATTERN_LENGTH) {
        throw this.#error(`a value with wildcards may have at most ${MAX_PATTERN_LENGTH} characters`, leaf);
      }
      if (leaf.kind === 'phrase' && leaf.slop > 0 && tokenize(leaf.text).length > MAX_SLOPPY_WORDS) {
        throw this.#error(`a phrase with ~ may have at most ${MAX_SLOPPY_WORDS} words`, leaf);
      }
    }
  }

  #list(list: ListNode): Plan {
    const operands = list.clauses.map((clause) => ({
      and: clause.conjunction?.word === 'AND',
      sign: clause.modifier?.sign ?? null,
      item: this.#clause(clause.node),
    }));
    const [only] = operands;
    return operands.length === 1 && only!.sign === null ? only!.item : boolPlan(operands);
  }

  #clause(node: ClauseNode): Plan {
    const plan = this.#planOf(node);
    this.#byNode.set(node, plan);
    return plan;
  }

  #planOf(node: ClauseNode): Plan {
    if (node.kind === 'group') return this.#list(node.body);
    if (node.kind === 'parameter') return this.#parameter(node);
    const field = node.field?.name ?? '*';
    if (field === '_exists_') {
      if (node.kind !== 'term' && node.kind !== 'phrase') return NONE;
      return node.text === '*' ? ALL : existsPlan(node.text, this.#names(node.text, node), node);
    }
    if (node.kind === 'star') return field === '*' ? ALL : existsPlan(field, this.#names(field, node), node);
    return this.#condition(field, node);
  }

  /** A parameter stands for a phrase for each of its values. */
  #parameter(node: ParameterNode): Plan {
    const { parameters } = this.#options;
    const values = Object.hasOwn(parameters, node.name) ? parameters[node.name]! : null;
    if (values === null) throw this.#error(`there is no parameter called ${node.name}`, node);
    if (values.length === 0) throw this.#error(`parameter ${node.name} has no value`, node);
    const plans = values.map((text) => this.#planOf({ ...node, kind: 'phrase', text, slop: 0 }));
    return plans.length === 1 ? plans[0]! : boolPlan(plans.map((item) => ({ and: false, sign: null, item })));
  }

  #condition(field: string, node: ConditionNode): Plan {
    const cost = costOf(field, node);
    if (cost === 0) return this.#compile(field, node);
    const key = `${field}:${printQuery({ ...node, field: null, boost: null })}`;
    let plan = this.#scans.get(key);
    if (plan === undefined) {
      this.#spend(cost, node);
      plan = this.#compile(field, node);
      this.#scans.set(key, plan);
    }
    return plan;
  }

  #compile(field: string, node: ConditionNode): Plan {
    try {
      return conditionPlan(field, this.#names(field, node), node, this.#options.now);
    } catch (error) {
      if (error instanceof RegexError) throw this.#error(`in the regular expression: ${error.message}`, node);
      throw error;
    }
  }

  /** The test of a name with wildcards; null for one without, and for every field. */
  #names(field: string, node: LeafNode): NameTest | null {
    if (field === '*' || !field.includes('*')) return null;
    let names = this.#nameTests.get(field);
    if (names === undefined) {
      this.#spend(NAME_COST, node);
      names = compileName(field);
      this.#nameTests.set(field, names);
    }
    return names;
  }

  #spend(cost: number, node: LeafNode): void {
    this.#cost += cost;
    if (this.#cost > MAX_COST) throw this.#error(TOO_COSTLY, node);
  }

  #error(message: string, node: LeafNode): QueryError {
    return new QueryError(problemAt(this.#written, node.from, node.to, message));
  }
}
