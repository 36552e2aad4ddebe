/** Lints on how conditions are put together. */
import { listsOf, type Clause, type ListNode } from '../syntax/ast.ts';
import { occurrences } from '../syntax/boolean.ts';
import { brief, edited, type Edit, type Fix, type Lint, type Linted } from './lint.ts';

/** Lists in which AND, OR and NOT do not mean what they mean elsewhere. */
export function* precedence({ text, list }: Linted): Generator<Lint> {
  for (const each of listsOf(list)) {
    const found = occurrences(each.clauses.map(operand));
    const ignored =
      found.some(({ occur }) => occur === 'must') && found.some(({ occur }) => occur === 'should');
    const turned = each.clauses.some((clause, index) => isOrNot(each.clauses, clause, index));
    if (!ignored && !turned) continue;
    const hasMust = found.some(({ occur }) => occur === 'must');
    const read = found.map(({ occur, item }) => {
      const shown = brief(nodeText(text, item));
      if (occur === 'should') return hasMust ? `[${shown} ignored]` : shown;
      return (occur === 'must' ? '+' : '-') + shown;
    });
    const reading = `it is read as ${read.join(' ')}`;
    const message = ignored
      ? `AND does not bind stronger than OR: ${reading} (+ must match, - must not)`
      : `NOT excludes records whatever stands beside it, so OR NOT is AND NOT: ${reading}`;
    const fix = parenthesised(text, each);
    yield {
      code: ignored ? 'mixed-operators' : 'or-not',
      level: 'warning',
      message,
      from: each.from,
      to: each.to,
      ...(fix === null ? {} : { fix }),
    };
  }
}

function operand(clause: Clause): { and: boolean; sign: '+' | '-' | null; item: Clause } {
  return { and: clause.conjunction?.word === 'AND', sign: clause.modifier?.sign ?? null, item: clause };
}

function isOrNot(clauses: readonly Clause[], clause: Clause, index: number): boolean {
  if (clause.modifier?.sign !== '-') return false;
  return clause.conjunction?.word === 'OR' || clauses[index + 1]?.conjunction?.word === 'OR';
}

function nodeText(text: string, clause: Clause): string {
  return text.slice(clause.node.from, clause.node.to);
}

/** Parentheses that make a list mean what AND before OR would make of it. */
function parenthesised(text: string, list: ListNode): Fix | null {
  if (list.clauses.some((clause) => clause.modifier?.sign === '+')) return null;
  const runs: Clause[][] = [];
  for (const clause of list.clauses) {
    const joins =
      clause.conjunction?.word === 'AND' || (clause.conjunction === null && clause.modifier !== null);
    if (joins && runs.length > 0) runs.at(-1)!.push(clause);
    else runs.push([clause]);
  }
  const written = runs.map((run) => {
    const parts = run.map((clause) => (clause.modifier === null ? '' : 'NOT ') + nodeText(text, clause));
    const alone = run.length === 1 && run[0]!.modifier === null;
    return alone || runs.length === 1 ? parts.join(' AND ') : `(${parts.join(' AND ')})`;
  });
  const insert = written.join(' OR ');
  return {
    label: 'Add parentheses, AND before OR',
    text: edited(text, { from: list.from, to: list.to, insert }),
  };
}

/** `and`, `or` and `not` that are searched as words. */
export function* lowerCaseOperators({ text, list }: Linted): Generator<Lint> {
  for (const { clauses } of listsOf(list)) {
    for (const { node } of clauses) {
      if (node.kind !== 'term' || (node.field !== null && !node.field.inherited)) continue;
      for (const { text: word, from, to } of node.words) {
        if (!/^(?:and|or|not)$/i.test(word) || node.words.length + clauses.length < 3) continue;
        const insert = word.toUpperCase();
        yield {
          code: 'lower-case-operator',
          level: 'warning',
          message: `operators are written in capitals; ${word} is searched as a word`,
          from,
          to,
          fix: { label: `Write ${insert}`, text: edited(text, { from, to, insert }) },
        };
      }
    }
  }
}

/** A lone `-`, `+` or `!`, which is a word, and `<` before a quote, which is one too. */
export function* strayOperators({ text, list }: Linted): Generator<Lint> {
  for (const { clauses } of listsOf(list)) {
    for (const [index, { node }] of clauses.entries()) {
      if (node.kind !== 'term') continue;
      const next = clauses[index + 1];
      if (node.operator && next !== undefined) {
        const edit: Edit = { from: node.to, to: next.from, insert: '' };
        yield {
          code: 'operator-as-word',
          level: 'warning',
          message: `with a space after it, ${node.text} is searched as a word`,
          from: node.from,
          to: node.to,
          fix: { label: 'Remove the space', text: edited(text, edit) },
        };
      } else if (
        /^[<>]=?$/.test(node.text) &&
        node.field !== null &&
        next?.node.kind === 'phrase' &&
        next.from === node.to
      ) {
        const value = text.slice(next.node.from, next.node.to);
        const range = node.text.startsWith('>')
          ? `${node.text.endsWith('=') ? '[' : '{'}${value} TO *]`
          : `[* TO ${value}${node.text.endsWith('=') ? ']' : '}'}`;
        const valueAt = node.to - node.text.length;
        yield {
          code: 'comparison-before-quote',
          level: 'error',
          message: `${node.text} compares only with an unquoted value; this searches for the sign, and for ${brief(value)} in every field`,
          from: node.from,
          to: next.to,
          fix: { label: 'Write a range', text: edited(text, { from: valueAt, to: next.to, insert: range }) },
        };
      }
    }
  }
}

/** Words after a fielded condition that belong to no field: `errorMessage:not authorized`. */
export function* looseWords({ text, list }: Linted): Generator<Lint> {
  for (const { clauses } of listsOf(list)) {
    for (const [index, { node, conjunction, modifier }] of clauses.entries()) {
      const before = clauses[index - 1]?.node;
      if (
        node.kind !== 'term' ||
        node.field !== null ||
        node.operator ||
        conjunction !== null ||
        modifier !== null
      )
        continue;
      if (before?.kind !== 'term' || before.field === null || before.operator) continue;
      if (node.words.some(({ text: word }) => /^(?:and|or|not)$/i.test(word))) continue;
      // Glued to what stands before it, it is part of a pattern: see patternsWithoutSlashes.
      if (before.to === node.from) continue;
      const value = text.slice(before.to - before.words.at(-1)!.text.length, node.to);
      const from = before.words[0]!.from;
      yield {
        code: 'word-without-field',
        level: 'warning',
        message: `the field applies to ${brief(before.text)} alone; ${brief(node.text)} is searched in every field`,
        from: node.from,
        to: node.to,
        fix: {
          label: 'Quote the words together',
          text: edited(text, { from, to: node.to, insert: `"${value}"` }),
        },
      };
    }
  }
}
