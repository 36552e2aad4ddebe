/**
 * The syntax tree of a query, close to how it was written: lists keep their operators, groups their parentheses.
 * Offsets are code units of the query as written.
 */

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The field before a colon. */
export interface FieldName extends Span {
  /** Without escapes; `*` is a wildcard. */
  readonly name: string;
  /** It stands before a group around the leaf, not before the leaf itself. */
  readonly inherited: boolean;
}

/** What stands between two brackets or parentheses, or the whole query: conditions and their operators. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly clauses: readonly Clause[];
}

export interface Clause extends Span {
  /** The AND or OR before the clause, as written (`&&`, `||`). */
  readonly conjunction: (Span & { readonly word: 'AND' | 'OR' }) | null;
  /** The +, - or NOT before the clause. */
  readonly modifier: (Span & { readonly sign: '+' | '-'; readonly text: string }) | null;
  readonly node: ClauseNode;
}

/** A list in parentheses, with the field it applies to its members. */
export interface GroupNode extends Span {
  readonly kind: 'group';
  readonly field: FieldName | null;
  readonly body: ListNode;
  readonly boost: string | null;
}

interface LeafBase extends Span {
  /** Null: every field. */
  readonly field: FieldName | null;
  /** The digits after `^`; parsed, and without effect: nothing is scored. */
  readonly boost: string | null;
}

/** A bare word, or several adjacent ones that are read as one value. */
export interface TermNode extends LeafBase {
  readonly kind: 'term';
  /** Without escapes; several words are joined by one space. */
  readonly text: string;
  readonly words: readonly (Span & { readonly text: string })[];
  /** A lone `+`, `-` or `!`. */
  readonly operator: boolean;
}

/** A quoted value. */
export interface PhraseNode extends LeafBase {
  readonly kind: 'phrase';
  readonly text: string;
  /** The number after `~`: how far the words may be out of place. */
  readonly slop: number;
}

export interface FuzzyNode extends LeafBase {
  readonly kind: 'fuzzy';
  readonly text: string;
  /** Edits allowed, 0 to 2; `auto` when no number follows `~`. */
  readonly edits: number | 'auto';
  /** What follows `~`. */
  readonly suffix: string;
}

/** `ab*` */
export interface PrefixNode extends LeafBase {
  readonly kind: 'prefix';
  /** Without escapes and without the star. */
  readonly text: string;
}

/** `a*b?`; a lone `*` is a StarNode. */
export interface WildcardNode extends LeafBase {
  readonly kind: 'wildcard';
  /** With its backslashes: they make the next character literal. */
  readonly pattern: string;
}

/** `/re/` */
export interface RegexNode extends LeafBase {
  readonly kind: 'regex';
  /** What stands between the slashes, as read. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/** `[a TO b]`, or `>a` and its like. */
export interface RangeNode extends LeafBase {
  readonly kind: 'range';
  /** Null: open. */
  readonly lower: string | null;
  readonly upper: string | null;
  readonly includeLower: boolean;
  readonly includeUpper: boolean;
  /** How it was written when without brackets. */
  readonly operator: '>' | '>=' | '<' | '<=' | null;
}

/** `*`: that the field has a value. */
export interface StarNode extends LeafBase {
  readonly kind: 'star';
}

/** `${name}`: any of the values that the person set under this name. */
export interface ParameterNode extends LeafBase {
  readonly kind: 'parameter';
  readonly name: string;
}

export type LeafNode =
  | TermNode
  | PhraseNode
  | FuzzyNode
  | PrefixNode
  | WildcardNode
  | RegexNode
  | RangeNode
  | StarNode
  | ParameterNode;

export type ClauseNode = GroupNode | LeafNode;

export type QueryNode = ListNode | ClauseNode;

/** Every leaf under `node`, in order. */
export function* leavesOf(node: QueryNode): Generator<LeafNode> {
  if (node.kind === 'list') for (const clause of node.clauses) yield* leavesOf(clause.node);
  else if (node.kind === 'group') yield* leavesOf(node.body);
  else yield node;
}

/** Every list under `node`, outer before inner. */
export function* listsOf(node: QueryNode): Generator<ListNode> {
  if (node.kind === 'list') {
    yield node;
    for (const clause of node.clauses) yield* listsOf(clause.node);
  } else if (node.kind === 'group') yield* listsOf(node.body);
}
