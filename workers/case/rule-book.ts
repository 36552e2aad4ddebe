/**
 * The rules of a case: the shipped packs and the person's own, with what the person set for them.
 */
import { rules as shipped } from 'virtual:rules';
import {
  QueryError,
  compileQuery,
  type CompiledQuery,
  type Plan,
  type QueryProblem,
} from '../../src/core/query/index.ts';
import { FACTS_OF } from '../../src/core/geo/index.ts';
import { GEO_FIELD } from '../../src/core/table/rows.ts';
import { parseRules, queryOf, type Rule, type RuleProblem } from '../../src/core/rules/index.ts';
import type { ParameterStatus, RuleSettings } from '../contract.ts';

export const DEFAULT_SETTINGS: RuleSettings = { off: [], profile: 'corrected', values: {}, own: [] };

/** A rule as it is run in a case. */
export interface BookedRule {
  rule: Rule;
  query: string;
  enabled: boolean;
  compiled: CompiledQuery | null;
  /** Why it is not compiled. */
  problem: QueryProblem | null;
}

/** A rule that is matched. */
export type ActiveRule = BookedRule & { compiled: CompiledQuery };

export class RuleBook {
  readonly all: readonly BookedRule[];
  /** Those that are matched: findings number them by their place here. */
  readonly active: readonly ActiveRule[];
  readonly problems: readonly RuleProblem[];
  /** What each active rule is, exactly: equal keys find the same. */
  readonly keys: readonly string[];

  /** @param geoKey names the geo databases in use: findings of rules that ask where an address is depend on them */
  constructor(
    readonly settings: RuleSettings,
    geoKey = '',
  ) {
    const problems: RuleProblem[] = [];
    const rules = [...shipped];
    const ids = new Set(rules.map((rule) => rule.id));
    settings.own.forEach((yaml, i) => {
      const read = parseRules(yaml, `own rule ${i + 1}`);
      problems.push(...read.problems);
      for (const rule of read.rules) {
        if (ids.has(rule.id)) {
          const message = `There is another rule with the id "${rule.id}". Give this one an id of its own.`;
          problems.push({ file: rule.file, line: 1, column: 1, message, picture: '' });
          continue;
        }
        ids.add(rule.id);
        rules.push({ ...rule, pack: OWN_PACK });
      }
    });
    const off = new Set(settings.off);
    this.all = rules.map((rule) => booked(rule, settings, !off.has(rule.id)));
    this.active = this.all.filter((entry): entry is ActiveRule => entry.enabled && entry.compiled !== null);
    this.problems = problems;
    this.keys = this.active.map(
      (entry) =>
        `${entry.rule.id}@${entry.rule.version} ${entry.query}${asksForGeo(entry) ? ` [${geoKey}]` : ''}`,
    );
  }

  /** @returns every parameter of the rules, once */
  parameters(): ParameterStatus[] {
    const found = new Map<string, ParameterStatus>();
    for (const { rule } of this.all) {
      for (const parameter of rule.parameters) {
        const known = found.get(parameter.name);
        if (known) known.rules.push(rule.id);
        else {
          const values = this.settings.values[parameter.name] ?? parameter.default;
          found.set(parameter.name, { ...parameter, values, rules: [rule.id] });
        }
      }
    }
    return [...found.values()];
  }

  /** Whether the same rules are matched in the same order. */
  matchesLike(keys: readonly string[]): boolean {
    return keys.length === this.keys.length && keys.every((key, i) => key === this.keys[i]);
  }
}

/** The pack that a person's own rules are in. */
export const OWN_PACK = 'own';

/** Whether what a rule finds may depend on where an address is. */
function asksForGeo({ compiled }: ActiveRule): boolean {
  return asks(compiled.plan);
}

function asks(plan: Plan): boolean {
  if (plan.kind === 'bool') return plan.operands.some(({ item }) => asks(item));
  if (plan.kind !== 'leaf' && plan.kind !== 'exists') return false;
  if (plan.path !== null) return plan.path.split('.')[0] === GEO_FIELD;
  return plan.kind === 'leaf' && GEO_PATHS.some((path) => plan.matchesPath(path));
}

const GEO_PATHS = Object.values(FACTS_OF).flatMap((facts) => facts.map((fact) => `${GEO_FIELD}.${fact}`));

function booked(rule: Rule, settings: RuleSettings, enabled: boolean): BookedRule {
  const query = queryOf(rule, settings.profile, settings.values);
  try {
    return { rule, query, enabled, compiled: compileQuery(query), problem: null };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { rule, query, enabled, compiled: null, problem: error.problem };
  }
}
