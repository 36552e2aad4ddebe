/**
 * How a list of conditions is read: there is no precedence between AND, OR and NOT.
 * This is QueryParserBase.addClause of Lucene's classic parser, with OR as the default operator.
 */

export type Occur = 'must' | 'should' | 'must not';

/** A condition with the operators before it. */
export interface Operand<T> {
  /** AND stands before it (OR and nothing are the same). */
  readonly and: boolean;
  readonly sign: '+' | '-' | null;
  readonly item: T;
}

export interface Occurrence<T> {
  occur: Occur;
  readonly item: T;
}

/**
 * Decides for every operand whether it must, should or must not match. An operand for which `isEmpty` holds
 * (a condition that analysis leaves nothing of) takes no part, but an AND before it still binds its neighbour.
 */
export function occurrences<T>(
  operands: readonly Operand<T>[],
  isEmpty: (item: T) => boolean = () => false,
): Occurrence<T>[] {
  const clauses: Occurrence<T>[] = [];
  for (const { and, sign, item } of operands) {
    const last = clauses.at(-1);
    if (and && last !== undefined && last.occur !== 'must not') last.occur = 'must';
    if (isEmpty(item)) continue;
    clauses.push({ occur: sign === '-' ? 'must not' : sign === '+' || and ? 'must' : 'should', item });
  }
  return clauses;
}
