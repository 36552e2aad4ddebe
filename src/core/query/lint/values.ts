/** Lints on single conditions: values that are not read the way they look. */
import { leavesOf, listsOf, type GroupNode, type LeafNode, type ListNode, type Span } from '../syntax/ast.ts';
import { fieldAt } from '../../record/schema.ts';
import { isWordCharacter, tokenize } from '../text/analyzer.ts';
import { parsePeriod } from '../values/dates.ts';
import { parseNetwork } from '../values/networks.ts';
import { parseNumber } from '../values/numbers.ts';
import { isPattern } from './bare-patterns.ts';
import {
  brief,
  edited,
  isKeyword,
  isText,
  pathOf,
  useKeyword,
  type Edit,
  type Lint,
  type Linted,
} from './lint.ts';

/** A bare value on a text field that is cut into words, any of which matches. */
export function* splitValues({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (leaf.kind !== 'term' || !isText(leaf) || leaf.words.length > 1) continue;
    const words = tokenize(leaf.text);
    const type = fieldAt(pathOf(leaf) ?? '')?.type;
    if (words.length < 2 || type === 'date' || type === 'boolean' || type === 'number') continue;
    if (
      parseNumber(leaf.text) !== null ||
      parseNetwork(leaf.text) !== null ||
      parsePeriod(leaf.text, 0) !== null
    )
      continue;
    // The quirk of a value that looks like a pattern is reported by patternsWithoutSlashes.
    if (leaf.text.includes('|')) continue;
    const { from, to } = leaf.words[0]!;
    yield {
      code: 'splits-into-words',
      level: 'warning',
      message: `without quotes this matches any of the words ${words.map(brief).join(', ')}`,
      from,
      to,
      fix: { label: 'Quote it', text: edited(text, { from, to, insert: quoted(leaf.text) }) },
    };
  }
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Several words on a keyword field, which are one value. */
export function* adjacentWords({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if (leaf.kind !== 'term' || !isKeyword(leaf) || leaf.words.length < 2) continue;
    if (leaf.words.some(({ text: word }) => /^(?:and|or|not)$/i.test(word))) continue;
    const edits = leaf.words.slice(1).map(({ from }): Edit => ({ from, to: from, insert: 'OR ' }));
    yield {
      code: 'adjacent-words-on-keyword',
      level: 'error',
      message: `on a .keyword field these words are one value, "${brief(leaf.text)}"`,
      from: leaf.from,
      to: leaf.to,
      fix: { label: 'Insert OR', text: edited(text, ...edits) },
    };
  }
}

/** `(A|B)` and `(Stop|Put)X`: regular expressions that lack their slashes. */
export function* patternsWithoutSlashes({ text, list }: Linted): Generator<Lint> {
  yield* inList(text, list, null);
}

function* inList(text: string, list: ListNode, outer: GroupNode | null): Generator<Lint> {
  const suspect = list.clauses.some(
    ({ node }) => (node.kind === 'term' && hasBar(node.text)) || isGlued(list, node),
  );
  if (suspect && outer !== null) {
    yield patternLint(
      text,
      outer.field !== null && !outer.field.inherited ? outer.field.to + 1 : outer.from,
      outer,
    );
    return;
  }
  let end = 0;
  for (const { node } of list.clauses) {
    // Within a pattern that was spoken of.
    if (node.from < end) continue;
    const glued = gluedPattern(text, list, node);
    if (glued !== null) {
      end = glued.to;
      yield patternLint(text, glued.from, glued);
    } else if (node.kind === 'group') {
      const nested = [...listsOf(node)].some((inner) =>
        inner.clauses.some(
          (clause) =>
            isGlued(inner, clause.node) || (clause.node.kind === 'term' && hasBar(clause.node.text)),
        ),
      );
      // The whole of what the field applies to is the pattern.
      if (nested && node.field !== null && !node.field.inherited)
        yield patternLint(text, node.field.to + 1, node);
      else yield* inList(text, node.body, node);
    } else if (node.kind === 'term' && hasBar(node.text)) yield patternLint(text, node.words[0]!.from, node);
  }
}

/** `||` is a word of its own and no sign of a pattern. */
function hasBar(text: string): boolean {
  return /[^|]\|[^|]|^\|[^|]|[^|]\|$/.test(text);
}

/** A group that touches the condition before or after it. */
function isGlued(list: ListNode, node: LeafNode | GroupNode): boolean {
  return (
    node.kind === 'group' &&
    list.clauses.some(
      (other) => other.node !== node && (other.node.to === node.from || other.node.from === node.to),
    )
  );
}

/** `name:Create(User|Role)Policy`: a value that was meant to go on after a parenthesis, as far as nothing parts it. */
function gluedPattern(text: string, list: ListNode, node: LeafNode | GroupNode): Span | null {
  if (node.field === null || node.field.inherited || !touchesGroup(list, node)) return null;
  const from = node.field.to + 1;
  let to = from;
  for (let depth = 0; to < text.length; to++) {
    const char = text.charAt(to);
    if (/[\s:"/]/.test(char) || (char === ')' && depth === 0)) break;
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  }
  return to > node.to && isPattern(text.slice(from, to)) ? { from, to } : null;
}

/** Whether a group begins where the condition ends, or it is a group that another condition touches. */
function touchesGroup(list: ListNode, node: LeafNode | GroupNode): boolean {
  return list.clauses.some(
    ({ node: next }) => next.from === node.to && (next.kind === 'group' || node.kind === 'group'),
  );
}

function patternLint(text: string, from: number, node: Span): Lint {
  const pattern = text.slice(from, node.to);
  const fix = isPattern(pattern)
    ? {
        label: 'Make it a regular expression',
        text: edited(text, { from, to: node.to, insert: `/${pattern}/` }),
      }
    : null;
  return {
    code: 'pattern-without-slashes',
    level: 'error',
    message: 'this looks like a regular expression, which must stand between slashes: /…/',
    from,
    to: node.to,
    ...(fix === null ? {} : { fix }),
  };
}

/** Wildcards on a text field with a character that no word has: they can never match. */
export function* wildcardsOverWords({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if ((leaf.kind !== 'prefix' && leaf.kind !== 'wildcard') || !isText(leaf)) continue;
    const value =
      leaf.kind === 'prefix' ? leaf.text : leaf.pattern.replace(/\\(.)/gs, '$1').replace(/[*?]/g, '');
    const splitting = [...value].find((char) => !isWordCharacter(char));
    if (splitting === undefined) continue;
    yield {
      code: 'wildcard-over-words',
      level: 'error',
      message: `a value with wildcards is compared with single words, and no word has "${splitting}" in it: this never matches`,
      from: leaf.from,
      to: leaf.to,
      fix: useKeyword(text, leaf),
    };
  }
}

/** Values without a letter or digit, which are dropped from the query. */
export function* valuesWithoutWords({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if ((leaf.kind !== 'term' && leaf.kind !== 'phrase') || !isText(leaf)) continue;
    if (tokenize(leaf.text).length > 0 || /^[<>]=?$/.test(leaf.text)) continue;
    yield {
      code: 'no-words',
      level: 'warning',
      message:
        'this value has no letter or digit: the condition is left out, and the query matches more than it seems to',
      from: leaf.from,
      to: leaf.to,
      fix: useKeyword(text, leaf),
    };
  }
}

/** Networks on a text field, where they are words. */
export function* networksOnText({ text, list }: Linted): Generator<Lint> {
  for (const leaf of leavesOf(list)) {
    if ((leaf.kind !== 'term' && leaf.kind !== 'phrase') || !isText(leaf) || parseNetwork(leaf.text) === null)
      continue;
    yield {
      code: 'network-on-text',
      level: 'warning',
      message: `${leaf.text} is compared as words here; with .keyword it is compared as a network`,
      from: leaf.from,
      to: leaf.to,
      fix: useKeyword(text, leaf),
    };
  }
}
