/**
 * Matching by a deterministic automaton, whose states are the derivatives of the expression. There is no backtracking:
 * a value is read once, one table look-up a character. States are made when they are first reached.
 */
import { Alphabet } from './alphabet.ts';
import { Expressions, OverBudget, type Expression } from './expression.ts';
import type { RegexTree } from './tree.ts';

/** What the expressions of an automaton may cost (see Expressions). */
const BUDGET = 100_000;
/** Most states of an automaton for matches of any length. */
const MAX_STATES = 2_000;

/**
 * Matches by the automaton of `tree`. One without a longest match is made whole at once, so that it is known to be
 * small; throws OverBudget when it is not. In any other, no more than `longest` characters of a value are ever read,
 * and states are made as values lead to them.
 */
export function compileAutomaton(tree: RegexTree, longest: number): (value: string) => boolean {
  const automaton = new Automaton(tree);
  if (longest < Infinity) return (value) => value.length <= 2 * longest && automaton.matchLazily(value);
  automaton.complete();
  return (value) => automaton.match(value);
}

class Automaton {
  readonly #tree: RegexTree;
  readonly #alphabet: Alphabet;
  #expressions!: Expressions;
  #states!: Expression[];
  #numbers!: Map<Expression, number>;
  /** By state and class: the next state, or -1 while it is not known. */
  #next!: Int32Array;

  constructor(tree: RegexTree) {
    this.#tree = tree;
    this.#alphabet = new Alphabet(tree);
    this.#reset();
  }

  match(value: string): boolean {
    const { size } = this.#alphabet;
    let state = 0;
    for (let at = 0; at < value.length; at++) {
      let code = value.charCodeAt(at);
      if (code >= 0xd800 && code < 0xdc00) {
        code = value.codePointAt(at)!;
        if (code > 0xffff) at++;
      }
      const by = this.#alphabet.classOf(code);
      const known = this.#next[state * size + by]!;
      state = known >= 0 ? known : this.#step(state, by);
      const reached = this.#states[state]!;
      if (reached === this.#expressions.nothing) return false;
      if (reached === this.#expressions.everything) return true;
    }
    return this.#states[state]!.nullable;
  }

  /** As `match`, but what earlier values have led to is forgotten when it has become too much. */
  matchLazily(value: string): boolean {
    if (this.#expressions.cost > BUDGET) this.#reset();
    this.#expressions.budget = Infinity;
    return this.match(value);
  }

  /** Makes every state; throws OverBudget when there are too many. */
  complete(): void {
    for (let state = 0; state < this.#states.length; state++) {
      if (this.#states.length > MAX_STATES) throw new OverBudget();
      for (let by = 0; by < this.#alphabet.size; by++) this.#step(state, by);
    }
  }

  #step(state: number, by: number): number {
    const next = this.#number(this.#expressions.derive(this.#states[state]!, by));
    return (this.#next[state * this.#alphabet.size + by] = next);
  }

  #number(expression: Expression): number {
    const known = this.#numbers.get(expression);
    if (known !== undefined) return known;
    const number = this.#states.length;
    this.#states.push(expression);
    this.#numbers.set(expression, number);
    const needed = (number + 1) * this.#alphabet.size;
    if (needed > this.#next.length) {
      const larger = new Int32Array(Math.max(needed, 2 * this.#next.length)).fill(-1);
      larger.set(this.#next);
      this.#next = larger;
    }
    return number;
  }

  #reset(): void {
    this.#expressions = new Expressions(this.#alphabet.size, BUDGET);
    this.#states = [];
    this.#numbers = new Map();
    this.#next = new Int32Array(this.#alphabet.size * 16).fill(-1);
    this.#number(this.#build(this.#tree));
  }

  #build(tree: RegexTree): Expression {
    const make = this.#expressions;
    switch (tree.kind) {
      case 'set':
        return make.set(this.#alphabet.classesOf(tree.ranges));
      case 'union':
        return make.anyOf(tree.parts.map((part) => this.#build(part)));
      case 'intersection':
        return make.allOf(tree.parts.map((part) => this.#build(part)));
      case 'concatenation':
        return tree.parts.reduceRight((tail, part) => make.sequence(this.#build(part), tail), make.empty);
      case 'complement':
        return make.not(this.#build(tree.part));
      case 'repeat':
        return make.repeat(this.#build(tree.part), tree.min, tree.max);
    }
  }
}
