/** What conditions cost that cannot be answered by looking a value up. */
import type { LeafNode, PhraseNode } from '../syntax/ast.ts';
import { tokenize } from '../text/analyzer.ts';
import { ELEMENT_GAP } from '../text/phrase.ts';

/** Most that the different conditions of a query may cost together: 50 ms on a record as large as CloudTrail makes them. */
export const MAX_COST = 96;

/** Cost of looking at every word of a field, by kind of condition; every word of the record costs twice as much. */
const SCAN: Partial<Record<LeafNode['kind'], number>> = {
  prefix: 1,
  wildcard: 2,
  regex: 2,
  range: 3,
  fuzzy: 8,
};

/** Cost of looking for the fields that a name with wildcards stands for. */
export const NAME_COST = 8;

export const TOO_COSTLY =
  'this query has too many wildcards, patterns, ranges or fuzzy words and phrases; put alternatives into one regular expression, ' +
  'name the fields, or make two queries of it';

/** Cost of a word of a phrase with `~n`: of all its places some combination may do. */
const SLOPPY_WORD = 0.5;

/** The cost of a condition on `field`; 0 for one that is looked up. */
export function costOf(field: string, node: LeafNode): number {
  if (node.kind === 'phrase' && node.slop > 0 && !field.endsWith('.keyword'))
    return costOfSloppy(field, node);
  return (SCAN[node.kind] ?? 0) * (field === '*' ? 2 : 1);
}

function costOfSloppy(field: string, node: PhraseNode): number {
  const words = tokenize(node.text).length;
  if (words < 2) return 0;
  // With a slop that reaches across elements, it has to be looked for field by field: one such phrase is enough.
  if (field === '*' && node.slop >= ELEMENT_GAP) return MAX_COST;
  return words * SLOPPY_WORD * (field === '*' ? 2 : 1);
}
