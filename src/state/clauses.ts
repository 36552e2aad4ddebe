/**
 * Editing a filter clause by clause: facets, severity buttons and pills write into the query text itself, so
 * that the query always says what is shown.
 *
 * Only the outline of the language is needed here: where a top-level clause ends. Quotes, regular expressions,
 * ranges, groups and escapes are skipped over as the query language reads them (Lucene classic grammar); what
 * does not split cleanly is left alone and taken as one clause in parentheses.
 */

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Index just after the quoted text, regular expression or range that opens at `start`; -1 when it never closes. */
function skip(query: string, start: number): number {
  const open = query[start] as string;
  const close = CLOSING[open] ?? open;
  for (let i = start + 1; i < query.length; i++) {
    const c = query[i];
    if (c === '\\') i++;
    else if (c === close) return i + 1;
    else if (open === '(' && (c === '"' || c === '/' || c === '(' || c === '[' || c === '{')) {
      const end = skip(query, i);
      if (end < 0) return -1;
      i = end - 1;
    }
  }
  return -1;
}

/** Words and groups of `query` at its top level, as they stand; null when something never closes. */
function words(query: string): string[] | null {
  const found: string[] = [];
  let start = -1;
  for (let i = 0; i < query.length; i++) {
    const c = query[i] as string;
    if (/\s/.test(c)) {
      if (start >= 0) found.push(query.slice(start, i));
      start = -1;
      continue;
    }
    if (start < 0) start = i;
    if (c === '\\') i++;
    else if (c === '"' || c === '/' || c === '(' || c === '[' || c === '{') {
      const end = skip(query, i);
      if (end < 0) return null;
      i = end - 1;
    } else if (c === ')' || c === ']' || c === '}') return null;
  }
  if (start >= 0) found.push(query.slice(start));
  return found;
}

/**
 * The clauses of a query that is nothing but `a AND b AND NOT c`, in order; `[]` for a blank query.
 * Null when the query is put together in another way (OR, adjacency, `+`) or does not parse.
 */
export function splitClauses(query: string): string[] | null {
  const parts = words(query);
  if (parts === null) return null;
  const clauses: string[] = [];
  let negated = false;
  let wanted = true;
  for (const part of parts) {
    if (part === 'AND' || part === '&&') {
      if (wanted) return null;
      wanted = true;
    } else if (part === 'NOT' || part === '!') {
      if (!wanted || negated) return null;
      negated = true;
    } else if (part === 'OR' || part === '||' || part.startsWith('+')) {
      return null;
    } else {
      if (!wanted) return null;
      const excluded = negated || /^[-!]./.test(part);
      clauses.push(negated ? `NOT ${part}` : excluded ? `NOT ${part.slice(1)}` : part);
      negated = false;
      wanted = false;
    }
  }
  if (negated || (wanted && clauses.length > 0)) return null;
  return clauses;
}

/** One query of all `clauses`. */
export function joinClauses(clauses: readonly string[]): string {
  return clauses.join(' AND ');
}

/** The clauses of any query: one that does not split is one clause in parentheses. */
export function clausesOf(query: string): string[] {
  const text = query.trim();
  if (text === '') return [];
  return splitClauses(text) ?? [`(${text})`];
}

/** What selects exactly the rows that `clause` leaves out. */
export function negate(clause: string): string {
  if (clause.startsWith('NOT ')) return clause.slice(4);
  return splitClauses(clause)?.length === 1 ? `NOT ${clause}` : `NOT (${clause})`;
}

/** A clause about several values of one field, `field:(a OR b)`: the field with its colon, and what is in parentheses. */
function splitGroup(clause: string): { prefix: string; body: string } | null {
  const prefix = /^(?:(?:\\.|[^\s:()"/\\])+:)?(?=\()/.exec(clause)?.[0];
  if (prefix === undefined || skip(clause, prefix.length) !== clause.length) return null;
  return { prefix, body: clause.slice(prefix.length + 1, -1) };
}

/**
 * The alternatives of a clause `(a OR b)` or `field:(a OR b)`, or the clause itself. A negated alternative stands in
 * parentheses of its own.
 */
export function alternatives(clause: string): string[] {
  const group = splitGroup(clause);
  const parts = group ? words(group.body) : null;
  if (group === null || parts === null || parts.length < 3 || parts.length % 2 === 0) return [clause];
  const found: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    if (i % 2 === 1) {
      if (part !== 'OR') return [clause];
    } else if (/^(NOT|AND|OR)$/.test(part) || (group.prefix !== '' && !isValue(part))) {
      return [clause];
    } else {
      found.push(group.prefix + (/^\(NOT .*\)$/.test(part) ? part.slice(1, -1) : part));
    }
  }
  return found;
}

/** A word or a quoted text, without a field of its own. */
function isValue(text: string): boolean {
  return /^"(?:\\.|[^"\\])*"$|^(?:\\.|[^\s:()"/\\[\]{}])+$/.test(text);
}

/** One clause that is true when any of `choices` is. `a OR NOT b` would mean "a and not b", hence `(NOT b)`. */
export function anyOf(choices: readonly string[]): string {
  if (choices.length === 1) return choices[0] as string;
  const prefix = /^(?:\\.|[^\s:()"/\\])+:/.exec(choices[0] as string)?.[0] ?? '';
  const values = choices.map((choice) => choice.slice(prefix.length));
  if (
    prefix !== '' &&
    choices.every((choice, i) => choice.startsWith(prefix) && isValue(values[i] as string))
  ) {
    return `${prefix}(${values.join(' OR ')})`;
  }
  return `(${choices.map((choice) => (choice.startsWith('NOT ') ? `(${choice})` : choice)).join(' OR ')})`;
}

/** The field that a clause asks about, '' when it asks about none or several. */
function fieldOf(clause: string): string {
  const bare = clause.replace(/^NOT /, '');
  const exists = /^_exists_:(.+)$/.exec(bare);
  const name = exists ? exists[1] : /^((?:\\.|[^\s:()"/\\])+):/.exec(bare)?.[1];
  return (name ?? '').replace(/\.keyword$/, '');
}

export type Stance = 'included' | 'excluded' | 'open';

/** How `query` treats the rows that `clause` selects, as far as its top-level clauses say. */
export function stanceOf(query: string, clause: string): Stance {
  const clauses = clausesOf(query);
  if (clauses.includes(negate(clause))) return 'excluded';
  return clauses.some((one) => alternatives(one).includes(clause)) ? 'included' : 'open';
}

/**
 * `query` with `clause` required. A second value of a field that is already required becomes an alternative to
 * the first: no record could be both.
 */
export function include(query: string, clause: string): string {
  const clauses = clausesOf(query).filter((one) => one !== negate(clause));
  if (clauses.some((one) => alternatives(one).includes(clause))) return joinClauses(clauses);
  const field = fieldOf(clause);
  const same = clauses.findIndex(
    (one) =>
      field !== '' && alternatives(one).every((choice) => fieldOf(choice) === field) && !isExclusion(one),
  );
  if (same < 0) clauses.push(clause);
  else clauses[same] = anyOf([...alternatives(clauses[same] as string), clause]);
  return joinClauses(clauses);
}

/** A `NOT` that leaves something out, as against `NOT _exists_:x`, which is how "has no x" is said. */
function isExclusion(clause: string): boolean {
  return clause.startsWith('NOT ') && !clause.startsWith('NOT _exists_:');
}

/** `query` with the rows that `clause` selects left out. */
export function exclude(query: string, clause: string): string {
  const without = clausesOf(remove(query, clause));
  const unwanted = negate(clause);
  return joinClauses(without.includes(unwanted) ? without : [...without, unwanted]);
}

/** `query` without `clause`, whether it was required, one of several alternatives, or left out. */
export function remove(query: string, clause: string): string {
  const kept: string[] = [];
  for (const one of clausesOf(query)) {
    if (one === negate(clause)) continue;
    const choices = alternatives(one);
    const rest = choices.filter((choice) => choice !== clause);
    if (rest.length === choices.length) kept.push(one);
    else if (rest.length > 0) kept.push(anyOf(rest));
  }
  return joinClauses(kept);
}

/** `query` without its top-level clause number `index`, as `clausesOf` counts them. */
export function dropClause(query: string, index: number): string {
  return joinClauses(clausesOf(query).filter((_, i) => i !== index));
}

/** `query` with the choice among the values of one field replaced: none of `choices` means "any". */
export function choose(query: string, among: readonly string[], choices: readonly string[]): string {
  const kept = clausesOf(query).filter((one) => !alternatives(one).every((choice) => among.includes(choice)));
  return joinClauses(choices.length === 0 ? kept : [...kept, anyOf(choices)]);
}

/** Those of `among` that `query` requires as one group of alternatives. */
export function chosen(query: string, among: readonly string[]): string[] {
  const group = clausesOf(query).find((one) => alternatives(one).every((choice) => among.includes(choice)));
  return group === undefined ? [] : alternatives(group);
}
