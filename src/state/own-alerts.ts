/** Alerts of one's own as they are kept with a case: one YAML text each, written by `printRule`, its id first. */
import type { RuleSettings } from '../../workers/contract.ts';
import { problemAt } from '../core/query/problem.ts';
import { printRule } from '../core/rules/print.ts';
import type { RuleProblem } from '../core/rules/problem.ts';
import type { Rule } from '../core/rules/rule.ts';

/** The pack that alerts of one's own are in. */
export const OWN_PACK = 'own';

/** The id of an alert in a text that `printRule` wrote; '' when there is none. */
export function idOf(yaml: string): string {
  return /^id: ["']?([a-z0-9-]+)["']?\r?\n/.exec(yaml)?.[1] ?? '';
}

/** `settings` with an alert put in the place of the one called `replaces`, or at the end when there is none. */
export function withAlert(settings: RuleSettings, rule: Rule, replaces = rule.id): RuleSettings {
  const yaml = printRule(rule);
  const at = settings.own.findIndex((text) => idOf(text) === replaces);
  return {
    ...settings,
    own: at < 0 ? [...settings.own, yaml] : settings.own.with(at, yaml),
    off: settings.off.map((id) => (id === replaces ? rule.id : id)),
  };
}

/** `settings` without the own alert `id`. */
export function withoutAlert(settings: RuleSettings, id: string): RuleSettings {
  return {
    ...settings,
    own: settings.own.filter((text) => idOf(text) !== id),
    off: settings.off.filter((one) => one !== id),
  };
}

/** Alerts as one YAML text, a document each. */
export function yamlOf(rules: readonly Rule[]): string {
  return rules.map(printRule).join('---\n');
}

/** An id in the form that rules have, made of a name; '' when nothing of it can be used. */
export function idFrom(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 60)
    .replace(/-$/, '');
}

/** The ids of `rules` but for the one called `except`. */
export function idsOf(rules: readonly Rule[], except: string): ReadonlySet<string> {
  return new Set(rules.map(({ id }) => id).filter((id) => id !== except));
}

/** `id`, or `id` with the first number behind it that makes it free. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}-${String(number)}`)) number++;
  return `${id}-${String(number)}`;
}

/** What reading a file of alerts comes to, before anything is kept. */
export interface Sorted {
  /** Alerts to add, and to put in the place of own ones with their id. */
  added: Rule[];
  replaced: Rule[];
  /** How many are there already, exactly as they are. */
  same: number;
  problems: RuleProblem[];
}

/**
 * Sorts alerts that were read from `text` by what is to be done with them.
 *
 * @param known the alerts that there are, shipped and own
 */
export function sortImported(
  file: string,
  text: string,
  rules: readonly Rule[],
  known: readonly Rule[],
): Sorted {
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  const sorted: Sorted = { added: [], replaced: [], same: 0, problems: [] };
  for (const rule of rules) {
    const other = byId.get(rule.id);
    if (other === undefined) sorted.added.push(rule);
    else if (printRule(other) === printRule(rule)) sorted.same++;
    else if (other.pack === OWN_PACK) sorted.replaced.push(rule);
    else sorted.problems.push(taken(file, text, rule));
  }
  return sorted;
}

function taken(file: string, text: string, { id }: Rule): RuleProblem {
  const place = new RegExp(`(?<=^[\\s-]*id:\\s*["']?)${id}\\b`, 'm').exec(text);
  const from = place?.index ?? 0;
  const message = `An alert of Trailsift has the id "${id}". Give this one an id of its own.`;
  const { line, column, picture } = problemAt(text, from, place ? from + id.length : from, message);
  return { file, line, column, message, picture };
}
