/**
 * Matching by a deterministic automaton, whose states are the derivatives of the expression. It is made whole, so that
 * it is known to be small; then a value is read once, one table look-up a character, and nothing can backtrack.
 */
import { Alphabet } from './alphabet.ts';
import { Expressions, OverBudget, type Expression } from './expression.ts';
import type { RegexTree } from './tree.ts';

/** Work that making an automaton may cost (see Expressions). */
const BUDGET = 100_000;
/** Most states (Lucene's default limit of determinized states). */
const MAX_STATES = 10_000;

/** What is known of a value whose characters so far led to a state. */
const UNDECIDED = 0;
const MATCHES_IF_AT_END = 1;
const MATCHES = 2;
const CANNOT_MATCH = 3;

/** A test of whole strings for `tree`; throws OverBudget when its automaton would be too large. */
export function compileAutomaton(tree: RegexTree): (value: string) => boolean {
  const alphabet = new Alphabet(tree);
  const expressions = new Expressions(alphabet.size, BUDGET);
  const states = [build(tree, expressions, alphabet)];
  const numbers = new Map([[states[0]!, 0]]);
  const transitions: number[] = [];
  for (let state = 0; state < states.length; state++) {
    for (let by = 0; by < alphabet.size; by++) {
      const reached = expressions.derive(states[state]!, by);
      let number = numbers.get(reached);
      if (number === undefined) {
        number = states.length;
        if (number >= MAX_STATES) throw new OverBudget();
        states.push(reached);
        numbers.set(reached, number);
      }
      transitions.push(number);
    }
  }
  const verdicts = Uint8Array.from(states, (state) => verdict(state, expressions));
  return run(alphabet, Int32Array.from(transitions), verdicts);
}

function verdict(state: Expression, expressions: Expressions): number {
  if (state === expressions.nothing) return CANNOT_MATCH;
  if (state === expressions.everything) return MATCHES;
  return state.nullable ? MATCHES_IF_AT_END : UNDECIDED;
}

function run(alphabet: Alphabet, next: Int32Array, verdicts: Uint8Array): (value: string) => boolean {
  const { size } = alphabet;
  return (value) => {
    let state = 0;
    for (let at = 0; at < value.length; at++) {
      const known = verdicts[state]!;
      if (known >= MATCHES) return known === MATCHES;
      let code = value.charCodeAt(at);
      if (code >= 0xd800 && code < 0xdc00) {
        code = value.codePointAt(at)!;
        if (code > 0xffff) at++;
      }
      state = next[state * size + alphabet.classOf(code)]!;
    }
    const known = verdicts[state]!;
    return known === MATCHES || known === MATCHES_IF_AT_END;
  };
}

function build(tree: RegexTree, make: Expressions, alphabet: Alphabet): Expression {
  switch (tree.kind) {
    case 'set':
      return make.set(alphabet.classesOf(tree.ranges));
    case 'union':
      return make.anyOf(tree.parts.map((part) => build(part, make, alphabet)));
    case 'intersection':
      return make.allOf(tree.parts.map((part) => build(part, make, alphabet)));
    case 'concatenation':
      return tree.parts.reduceRight(
        (tail, part) => make.sequence(build(part, make, alphabet), tail),
        make.empty,
      );
    case 'complement':
      return make.not(build(tree.part, make, alphabet));
    case 'repeat':
      return make.repeat(build(tree.part, make, alphabet), tree.min, tree.max);
  }
}
