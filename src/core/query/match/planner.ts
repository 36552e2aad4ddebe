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
import { tokenize } from '../text/analyzer.ts';
import { MAX_PATTERN_LENGTH } from '../text/glob.ts';
import { MAX_SLOPPY_WORDS } from '../text/phrase.ts';
import { conditionPlan, existsPlan } from './leaf-plans.ts';
import type { ConditionNode } from './matcher.ts';
import { ALL, boolPlan, NONE, type Plan } from './plan.ts';

/** Most conditions of a query (Elasticsearch's and Lucene's default limit of clauses). */
const MAX_CONDITIONS = 1_024;
/** What the conditions that must look at every word of a field may cost together. */
const MAX_SCANS = 64;
const SCAN_COST: Partial<Record<LeafNode['kind'], number>> = {
  prefix: 1,
  wildcard: 1,
  regex: 2,
  range: 2,
  fuzzy: 16,
};
/** Cost of a condition that must look at the name of every field. */
const NAME_COST = 8;

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
    let scans = 0;
    for (const leaf of leavesOf(list)) {
      if (++conditions > MAX_CONDITIONS) {
        throw this.#error(`a query may have at most ${MAX_CONDITIONS} conditions`, leaf);
      }
      scans += (SCAN_COST[leaf.kind] ?? 0) + (/[^]\*|\*[^]/.test(leaf.field?.name ?? '') ? NAME_COST : 0);
      if (scans > MAX_SCANS) {
        const message =
          'this is one wildcard too many: at most 64 may stand in one query, where a pattern or a range counts as two, ' +
          'a wildcard in the name of a field as eight, and a fuzzy word as sixteen';
        throw this.#error(message, leaf);
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
      return node.kind === 'term' || node.kind === 'phrase' ? existsPlan(node.text, node) : NONE;
    }
    if (node.kind === 'star') return field === '*' ? ALL : existsPlan(field, node);
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
    try {
      return conditionPlan(field, node, this.#options.now);
    } catch (error) {
      if (error instanceof RegexError) throw this.#error(`in the regular expression: ${error.message}`, node);
      throw error;
    }
  }

  #error(message: string, node: LeafNode): QueryError {
    return new QueryError(problemAt(this.#written, node.from, node.to, message));
  }
}
