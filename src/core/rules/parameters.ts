/** Parameters of a rule: how a list of values becomes a clause of its query. */
import type { Rule, RuleParameter } from './rule.ts';

/** Which query of a rule to run: ours, or the one that its origin published. */
export type Profile = 'corrected' | 'published';

/** Stands for the list in a parameter's clause. */
export const VALUES = '${values}';

/**
 * The query of `rule` as it is to be run.
 *
 * @param profile `published` gives the query as printed by the rule's origin, to compare with; a rule without one has
 *   its own query for both
 * @param values by parameter name: values to use instead of the defaults. Unknown names are ignored, so that
 *   preferences outlive a rule that changed
 */
export function queryOf(
  rule: Rule,
  profile: Profile = 'corrected',
  values: Readonly<Record<string, readonly string[]>> = {},
): string {
  if (profile === 'published' && rule.published) return rule.published.query;
  const changed = rule.parameters.some(
    (p) => Object.hasOwn(values, p.name) && !sameValues(values[p.name]!, p.default),
  );
  if (!changed) return rule.query;
  const clauses = rule.parameters
    .map((p) => clauseOf(p, Object.hasOwn(values, p.name) ? values[p.name]! : p.default))
    .filter((clause) => clause !== '');
  const base = withoutClauses(rule.query, rule.parameters) ?? rule.query;
  // Parentheses, because in this language `a OR b AND c` forgets `a`.
  return clauses.length === 0 ? base : [`(${base})`, ...clauses].join(' AND ');
}

/** The clause of a parameter with these values, or '' when there are none. */
export function clauseOf(parameter: RuleParameter, values: readonly string[]): string {
  return values.length === 0 ? '' : parameter.clause.replaceAll(VALUES, () => writeValues(values));
}

/** A list of values in the query language: `("India" OR "United States")`. */
export function writeValues(values: readonly string[]): string {
  return `(${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(' OR ')})`;
}

/**
 * A query without the clauses that its parameters end it with by default; null when it does not end with them.
 * The query states its defaults in full, so that it can be read, copied and run as it stands.
 */
export function withoutClauses(query: string, parameters: readonly RuleParameter[]): string | null {
  let rest = query;
  for (const parameter of [...parameters].reverse()) {
    const clause = clauseOf(parameter, parameter.default);
    if (clause === '') continue;
    const ending = ` AND ${clause}`;
    if (!rest.endsWith(ending)) return null;
    rest = rest.slice(0, -ending.length);
  }
  return rest;
}

function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
