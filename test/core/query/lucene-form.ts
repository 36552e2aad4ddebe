/**
 * The tree of a query as Lucene 8.8.1 prints what it parsed (`Query.toString`), with `f` as the default field and
 * text split at white space: the form of the recorded vectors.
 */
import type { Clause, LeafNode, ListNode, QueryNode } from '../../../src/core/query/syntax/ast.ts';
import { occurrences, type Occur } from '../../../src/core/query/syntax/boolean.ts';

const SIGN: Record<Occur, string> = { must: '+', should: '', 'must not': '-' };

/** A printed query: `list` says whether it needs parentheses inside another one. */
interface Printed {
  text: string;
  list: boolean;
}

/** `elastic`: with the match-all that Elasticsearch adds to lists of only negative conditions. */
export function luceneForm(list: ListNode, elastic = false): string {
  return printList(list, elastic)?.text ?? '';
}

function printList(list: ListNode, elastic: boolean): Printed | null {
  const operands = list.clauses.flatMap((clause) => expand(clause, elastic));
  const [only] = list.clauses;
  if (list.clauses.length === 1 && only?.modifier === null && !isRun(only)) return operands[0]?.item ?? null;
  const found = occurrences(operands);
  if (found.length === 0) return null;
  const parts = found.map(({ occur, item }) => SIGN[occur] + (item.list ? `(${item.text})` : item.text));
  if (elastic && found.every(({ occur }) => occur === 'must not')) parts.push('#*:*');
  return { text: parts.join(' '), list: true };
}

function isRun({ node }: Clause): boolean {
  return node.kind === 'term' && node.words.length > 1;
}

/** A run of words becomes a clause for each of them; any other clause is itself. */
function expand(clause: Clause, elastic: boolean): { and: boolean; sign: '+' | '-' | null; item: Printed }[] {
  const and = clause.conjunction?.word === 'AND';
  const sign = clause.modifier?.sign ?? null;
  const { node } = clause;
  if (isRun(clause) && node.kind === 'term') {
    const item = (word: string): Printed => ({ text: prefix(node) + word, list: false });
    return split(node.text).map((word) => ({ and: false, sign: null, item: item(word) }));
  }
  const item = print(node, elastic);
  return item === null ? [] : [{ and, sign, item }];
}

function print(node: QueryNode, elastic: boolean): Printed | null {
  if (node.kind === 'list') return printList(node, elastic);
  const inner = node.kind === 'group' ? printList(node.body, elastic) : printLeaf(node);
  if (inner === null || node.boost === null) return inner;
  return { text: `(${inner.text})^${float(node.boost)}`, list: false };
}

function prefix({ field }: LeafNode): string {
  return field === null || field.name === 'f' ? '' : `${field.name}:`;
}

function printLeaf(leaf: LeafNode): Printed | null {
  const field = prefix(leaf);
  const one = (text: string): Printed => ({ text: field + text, list: false });
  const words = 'text' in leaf ? split(leaf.text) : [];
  switch (leaf.kind) {
    case 'term':
      if (words.length < 2) return words.length === 0 ? null : one(words[0]!);
      return { text: words.map((word) => field + word).join(' '), list: true };
    case 'phrase':
      if (words.length < 2) return words.length === 0 ? null : one(words[0]!);
      return one(`"${words.join(' ')}"${leaf.slop > 0 ? `~${leaf.slop}` : ''}`);
    case 'fuzzy':
      return one(`${leaf.text}~${leaf.edits === 'auto' ? 2 : leaf.edits}`);
    case 'prefix':
      return one(`${leaf.text}*`);
    case 'wildcard':
      return one(leaf.pattern);
    case 'regex':
      return one(`/${leaf.pattern}/`);
    case 'star':
      return leaf.field?.name === '*' ? { text: '*:*', list: false } : one('*');
    case 'range': {
      if (leaf.operator !== null) return one(leaf.operator + ((leaf.lower ?? leaf.upper) as string));
      const [open, close] = [leaf.includeLower ? '[' : '{', leaf.includeUpper ? ']' : '}'];
      return one(`${open}${leaf.lower ?? '*'} TO ${leaf.upper ?? '*'}${close}`);
    }
    case 'parameter':
      throw new Error('not in the vectors');
  }
}

/** The words of a text, as the analyzer of the vectors has them. */
function split(text: string): string[] {
  return text.split(/[ \t\n\r\u3000]+/).filter((word) => word !== '');
}

function float(digits: string): string {
  const number = Math.fround(Number(digits));
  return Number.isInteger(number) ? `${number}.0` : String(Number(digits));
}
