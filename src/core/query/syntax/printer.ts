/** From a syntax tree back to text: `parseQuery(printQuery(tree))` is `tree`, but for its offsets. */
import type { Clause, GroupNode, LeafNode, ListNode, QueryNode, RangeNode } from './ast.ts';
import { escapeBound, escapeTerm, quote } from './escape.ts';

/** Writes a query, or a part of one, in its plainest form. */
export function printQuery(node: QueryNode): string {
  if (node.kind === 'list') return printList(node);
  const boost = node.boost === null ? '' : `^${node.boost}`;
  return printField(node) + (node.kind === 'group' ? `(${printList(node.body)})` : printValue(node)) + boost;
}

function printList(list: ListNode): string {
  return list.clauses
    .map(
      (clause, index) =>
        (index > 0 && !endsInSpace(list.clauses[index - 1]!) ? ' ' : '') + printClause(clause),
    )
    .join('');
}

/** A lone operator is a word only while white space follows it, and brings that along. */
function endsInSpace({ node }: Clause): boolean {
  return node.kind === 'term' && node.operator && node.boost === null;
}

function printClause(clause: Clause): string {
  const conjunction = clause.conjunction === null ? '' : `${clause.conjunction.word} `;
  const { modifier } = clause;
  const sign = modifier === null ? '' : modifier.text === 'NOT' ? 'NOT ' : modifier.text;
  return conjunction + sign + printQuery(clause.node);
}

function printField({ field }: GroupNode | LeafNode): string {
  if (field === null || field.inherited) return '';
  return field.name === '*' ? '*:' : `${escapeTerm(field.name)}:`;
}

function printValue(leaf: LeafNode): string {
  switch (leaf.kind) {
    case 'term':
      return leaf.operator ? `${leaf.text} ` : leaf.words.map((word) => escapeTerm(word.text)).join(' ');
    case 'phrase':
      return quote(leaf.text) + (leaf.slop > 0 ? `~${leaf.slop}` : '');
    case 'fuzzy':
      return `${escapeTerm(leaf.text)}~${leaf.suffix}`;
    case 'prefix':
      return `${escapeTerm(leaf.text)}*`;
    case 'wildcard':
      return leaf.pattern;
    case 'regex':
      return `/${leaf.pattern}/${leaf.ignoreCase ? 'i' : ''}`;
    case 'range':
      return printRange(leaf);
    case 'star':
      return '*';
    case 'parameter':
      return `\${${leaf.name}}`;
  }
}

function printRange(range: RangeNode): string {
  const { lower, upper, operator } = range;
  if (operator !== null) return operator + escapeTerm((operator.startsWith('>') ? lower : upper) ?? '*');
  const bound = (text: string | null): string => (text === null ? '*' : escapeBound(text));
  const [open, close] = [range.includeLower ? '[' : '{', range.includeUpper ? ']' : '}'];
  return `${open}${bound(lower)} TO ${bound(upper)}${close}`;
}
