/** From a syntax tree to a plan: fields resolved, lists decided, conditions compiled. */
import type { Value } from '../../record/columns.ts';
import {
  leavesOf,
  type ClauseNode,
  type LeafNode,
  type ListNode,
  type ParameterNode,
} from '../syntax/ast.ts';
import type { Planned } from '../explain/explain.ts';
import { Bag, contentsOf } from './contents.ts';
import { makeMatcher, type ConditionNode, type Forms, type Matcher } from './matcher.ts';
import {
  ALL,
  boolPlan,
  DROPPED,
  NO,
  NONE,
  YES,
  type ExistsPlan,
  type LeafPlan,
  type Outcome,
  type Plan,
} from './plan.ts';
import { problemAt, QueryError } from '../problem.ts';
import { RegexError } from '../regex/problem.ts';
import { compileGlob, MAX_PATTERN_LENGTH } from '../text/glob.ts';
import { MAX_SLOPPY_WORDS } from '../text/phrase.ts';
import { tokenize } from '../text/analyzer.ts';

/** Most conditions of a query (Elasticsearch's and Lucene's default limit of clauses). */
const MAX_CONDITIONS = 1_024;
/** Most conditions that must look at every word of a field, each weighed by its cost. */
const MAX_SCANS = 200;
const SCAN_COST: Partial<Record<LeafNode['kind'], number>> = {
  prefix: 1,
  wildcard: 1,
  regex: 1,
  range: 1,
  fuzzy: 10,
};

const KEYWORD = '.keyword';
const TEXT_ONLY: Forms = { text: true, keyword: false };
const KEYWORD_ONLY: Forms = { text: false, keyword: true };
const BOTH: Forms = { text: true, keyword: true };

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
      if (++conditions > MAX_CONDITIONS)
        throw this.#error(`a query may have at most ${MAX_CONDITIONS} conditions`, leaf);
      scans += SCAN_COST[leaf.kind] ?? 0;
      if (scans > MAX_SCANS)
        throw this.#error('there are too many wildcards, ranges and fuzzy words in one query', leaf);
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
      return node.kind === 'term' || node.kind === 'phrase' ? this.#exists(node.text, node) : NONE;
    }
    if (node.kind === 'star') return field === '*' ? ALL : this.#exists(field, node);
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

  #exists(name: string, node: LeafNode): Plan {
    if (name.includes('*')) {
      const [matchesName, isThere] = [
        compileGlob(name, false),
        (values: readonly Value[]) => values.length > 0,
      ];
      return either(
        searchPlan(node, matchesName, isThere),
        searchPlan(node, (path) => matchesName(path + KEYWORD), hasString),
      );
    }
    const exists: ExistsPlan = { kind: 'exists', path: name, node };
    const base = keywordBase(name);
    if (base === null) return exists;
    return { ...exactPlan(base, node, (values) => (hasString(values) ? YES : NO)), literal: exists };
  }

  #condition(field: string, node: ConditionNode): Plan {
    if (field === '*') return searchPlan(node, () => true, this.#test(node, BOTH));
    if (field.includes('*')) {
      const matchesName = compileGlob(field, false);
      return either(
        searchPlan(node, matchesName, this.#test(node, TEXT_ONLY)),
        searchPlan(node, (path) => matchesName(path + KEYWORD), this.#test(node, KEYWORD_ONLY)),
      );
    }
    const base = keywordBase(field);
    if (base === null) return this.#textPlan(field, node);
    const test = this.#test(node, KEYWORD_ONLY);
    const literal = this.#textPlan(field, node);
    return { ...exactPlan(base, node, (values) => (test(values) ? YES : NO)), literal };
  }

  #textPlan(path: string, node: ConditionNode): LeafPlan {
    const matcher = this.#matcher(node, TEXT_ONLY);
    const test = tester(matcher, TEXT_ONLY);
    if (!matcher.wordless) return exactPlan(path, node, (values) => (test(values) ? YES : NO));
    return { ...exactPlan(path, node, (values) => outcomeWithoutWords(values, test)), droppable: true };
  }

  #test(node: ConditionNode, forms: Forms): (values: readonly Value[]) => boolean {
    return tester(this.#matcher(node, forms), forms);
  }

  #matcher(node: ConditionNode, forms: Forms): Matcher {
    try {
      return makeMatcher(node, forms, this.#options.now);
    } catch (error) {
      if (error instanceof RegexError) throw this.#error(`in the regular expression: ${error.message}`, node);
      throw error;
    }
  }

  #error(message: string, node: LeafNode): QueryError {
    return new QueryError(problemAt(this.#written, node.from, node.to, message));
  }
}

/** The field that a `.keyword` is of, or null. */
function keywordBase(field: string): string | null {
  return field.endsWith(KEYWORD) && field.length > KEYWORD.length ? field.slice(0, -KEYWORD.length) : null;
}

function either(...plans: Plan[]): Plan {
  return boolPlan(plans.map((item) => ({ and: false, sign: null, item })));
}

function exactPlan(path: string, node: LeafNode, test: (values: readonly Value[]) => Outcome): LeafPlan {
  return {
    kind: 'leaf',
    path,
    matchesPath: (other) => other === path,
    test,
    node,
    droppable: false,
    literal: null,
  };
}

function searchPlan(
  node: LeafNode,
  matchesPath: (path: string) => boolean,
  test: (values: readonly Value[]) => boolean,
): LeafPlan {
  const outcome = (values: readonly Value[]): Outcome => (test(values) ? YES : NO);
  return { kind: 'leaf', path: null, matchesPath, test: outcome, node, droppable: false, literal: null };
}

function tester(matcher: Matcher, forms: Forms): (values: readonly Value[]) => boolean {
  const keyword = (values: readonly Value[]): boolean => {
    const strings = values.filter(isString);
    return strings.length > 0 && matcher.keyword(new Bag(strings));
  };
  if (!forms.text) return keyword;
  const text = (values: readonly Value[]): boolean => {
    if (values.length === 0) return false;
    const contents = contentsOf(values);
    return (
      (contents.strings.length > 0 && matcher.text(contents)) ||
      contents.numbers.some(matcher.number) ||
      contents.booleans.some(matcher.boolean) ||
      contents.dates.some(matcher.date)
    );
  };
  return forms.keyword ? (values) => text(values) || keyword(values) : text;
}

/** Without a word to look for, a condition on nothing but text is dropped; on anything else it is decided. */
function outcomeWithoutWords(values: readonly Value[], test: (values: readonly Value[]) => boolean): Outcome {
  if (values.length === 0) return NO;
  if (test(values)) return YES;
  return contentsOf(values).strings.length === values.length ? DROPPED : NO;
}

function isString(value: Value): value is string {
  return typeof value === 'string';
}

function hasString(values: readonly Value[]): boolean {
  return values.some(isString);
}
