/** Rules as YAML again, to be exported and shared. */
import { stringify } from 'yaml';
import { RULE_KEYS } from './read.ts';
import type { Rule } from './rule.ts';

/** Line width to fold long texts at. */
const WIDTH = 110;

/**
 * `rule` as the text of a rule file: `parseRule` of it gives the same rule (its file and pack aside, which are where
 * a file lies and not in it). Empty lists and absent parts are left out; comments of the original are not kept.
 */
export function printRule(rule: Rule): string {
  const shown: Record<string, unknown> = { ...rule, condition: rule.condition.kind };
  const ordered = RULE_KEYS.filter((key) => !isBlank(shown[key])).map((key) => [
    key,
    withoutBlanks(key, shown[key]),
  ]);
  return stringify(Object.fromEntries(ordered), { lineWidth: WIDTH, aliasDuplicateObjects: false });
}

/** The parts of `examples` that have records; everything else as it is. */
function withoutBlanks(key: string, value: unknown): unknown {
  if (key !== 'examples') return value;
  return Object.fromEntries(Object.entries(value as object).filter(([, records]) => !isBlank(records)));
}

function isBlank(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => isBlank(part));
}
