/** What a lint is, and what the rules of this folder are given. */
import type { LeafNode, ListNode, Span } from '../syntax/ast.ts';

/** Something about a query that is wrong, surprising or worth knowing. */
export interface Lint {
  /** Stable name of the rule: `or-not`. */
  readonly code: string;
  /** `error`: it cannot be run, or a condition can never match; `warning`: it probably does not do what it seems to. */
  readonly level: 'error' | 'warning' | 'info';
  /** What is the matter and what it means, one or two sentences. */
  readonly message: string;
  /** Code-unit offsets in the query as written. */
  readonly from: number;
  readonly to: number;
  /** The repair that is probably meant. */
  readonly fix?: Fix;
  /** Other repairs, where it is not plain which one is meant. */
  readonly more?: readonly Fix[];
}

/** One click that repairs a query: what it does, and the whole query after it. */
export interface Fix {
  readonly label: string;
  readonly text: string;
}

/** What is known beyond the query. */
export interface LintContext {
  /** Paths, without `.keyword`, that occur in the data. */
  readonly fields?: ReadonlySet<string>;
  /** Event names that occur in the data. */
  readonly eventNames?: ReadonlySet<string>;
  /** Parameters that `${name}` may name; without it, any. */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
}

/** A query as the rules see it. */
export interface Linted {
  /** As written. */
  readonly text: string;
  readonly list: ListNode;
  readonly context: LintContext;
}

export type LintRule = (linted: Linted) => Iterable<Lint>;

/** A replacement in a text. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text with the edits made; they must not overlap. */
export function edited(text: string, ...edits: Edit[]): string {
  let out = text;
  for (const { from, to, insert } of [...edits].sort((a, b) => b.from - a.from)) {
    out = out.slice(0, from) + insert + out.slice(to);
  }
  return out;
}

export const KEYWORD = '.keyword';

/** Whether a condition looks at the exact values of one field. */
export function isKeyword({ field }: LeafNode): boolean {
  return field !== null && field.name.endsWith(KEYWORD);
}

/** Whether a condition looks at the words of one field, and nothing else. */
export function isText(leaf: LeafNode): boolean {
  const name = leaf.field?.name ?? '*';
  return name !== '_exists_' && !name.includes('*') && !isKeyword(leaf);
}

/** The path that a condition is about, without `.keyword`; null when it is about several. */
export function pathOf(leaf: LeafNode): string | null {
  const { field } = leaf;
  if (field === null) return null;
  const named =
    field.name === '_exists_' && (leaf.kind === 'term' || leaf.kind === 'phrase') ? leaf.text : field.name;
  if (named === '_exists_' || named.includes('*')) return null;
  return named.endsWith(KEYWORD) ? named.slice(0, -KEYWORD.length) : named;
}

/** Where the value of a condition stands: what follows its field. */
export function valueSpan(text: string, leaf: LeafNode): Span {
  const { field } = leaf;
  if (field === null || field.inherited) return { from: leaf.from, to: leaf.to };
  const colon = text.indexOf(':', field.to);
  return { from: colon + 1 + /^\s*/.exec(text.slice(colon + 1))![0].length, to: leaf.to };
}

/** The fix that puts `.keyword` behind the field of a condition. */
export function useKeyword(text: string, leaf: LeafNode): Fix {
  const at = leaf.field!.to;
  return { label: 'Use .keyword', text: edited(text, { from: at, to: at, insert: KEYWORD }) };
}

/** Text to show in a message: cut when long. */
export function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
