/** From a regular expression to a test of whole strings whose time is proportional to their length. */
import { compileAutomaton } from './automaton.ts';
import { OverBudget } from './expression.ts';
import { parseRegex } from './parse.ts';
import { RegexError } from './problem.ts';
import type { RegexTree } from './tree.ts';

/** Most characters that an expression may stand for, its repetitions written out. */
const MAX_SIZE = 1_000;
/** Most strings of an expression that is turned into a set of strings. */
const MAX_STRINGS = 2_000;

/** Expressions that are kept compiled: every case has the shipped alerts, and a filter is typed letter by letter. */
const MOST_KEPT = 64;
const kept = new Map<string, (value: string) => boolean>();

/**
 * Compiles `pattern` (see parse.ts for its syntax) into a test of whole strings.
 * Throws RegexError where it cannot be read, or where matching it would take too much time or memory.
 */
export function compileRegex(pattern: string, ignoreCase = false): (value: string) => boolean {
  const key = `${ignoreCase ? 'i' : 'c'} ${pattern}`;
  let test = kept.get(key);
  if (test === undefined) {
    test = compile(pattern, ignoreCase);
    if (kept.size === MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(key, test);
  }
  return test;
}

function compile(pattern: string, ignoreCase: boolean): (value: string) => boolean {
  const tree = parseRegex(pattern, ignoreCase);
  try {
    if (size(tree) > MAX_SIZE) throw new OverBudget();
    const strings = stringsOf(tree);
    if (strings === null) return compileAutomaton(tree);
    const set = new Set(strings);
    return (value) => set.has(value);
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    throw new RegexError('it is too complex; use fewer or smaller repetitions', 0, pattern.length);
  }
}

/** All strings that the expression matches, or null when they are too many. */
function stringsOf(tree: RegexTree): string[] | null {
  switch (tree.kind) {
    case 'set': {
      const count = tree.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
      if (count > MAX_STRINGS) return null;
      return tree.ranges.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
      );
    }
    case 'union': {
      const strings: string[] = [];
      for (const part of tree.parts) {
        const more = stringsOf(part);
        if (more === null || strings.length + more.length > MAX_STRINGS) return null;
        strings.push(...more);
      }
      return strings;
    }
    case 'concatenation':
      return product(tree.parts.map(stringsOf));
    case 'repeat': {
      if (tree.max > 64) return null;
      const part = stringsOf(tree.part);
      const strings: string[] = [];
      for (let count = tree.min; count <= tree.max; count++) {
        const more = product(new Array<string[] | null>(count).fill(part));
        if (more === null || strings.length + more.length > MAX_STRINGS) return null;
        strings.push(...more);
      }
      return strings;
    }
    default:
      return null;
  }
}

/** Every string of the first list followed by every one of the second, and so on. */
function product(lists: readonly (readonly string[] | null)[]): string[] | null {
  let strings = [''];
  for (const list of lists) {
    if (list === null || strings.length * list.length > MAX_STRINGS) return null;
    strings = strings.flatMap((start) => list.map((end) => start + end));
  }
  return strings;
}

/** Characters of the expression, as often as they may have to be kept track of. */
function size(tree: RegexTree): number {
  if (tree.kind === 'set') return 1;
  if (tree.kind === 'complement') return size(tree.part);
  if (tree.kind !== 'repeat') return tree.parts.reduce((sum, part) => sum + size(part), 0);
  return size(tree.part) * Math.max(1, tree.max === Infinity ? tree.min : tree.max);
}
