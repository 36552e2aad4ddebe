/** Rules: what an alert is, and how its file is read, checked, printed and turned into the query to run. */
import { loadPack } from './pack.ts';
import { RuleError } from './problem.ts';
import type { Rule } from './rule.ts';
import { shippedFiles } from './shipped.ts';

export { lintRule, type RuleLint } from './lint.ts';
export { loadPack, parseRule, parseRules, type RulesRead } from './pack.ts';
export { queryOf, type Profile } from './parameters.ts';
export { printRule } from './print.ts';
export { RuleError, type RuleProblem } from './problem.ts';
export {
  CONDITION_KINDS,
  SEVERITIES,
  type Condition,
  type Examples,
  type Immediately,
  type Published,
  type Rule,
  type RuleParameter,
  type Severity,
} from './rule.ts';

/**
 * The rules that come with Trailsift, in the order of their files.
 *
 * @throws RuleError when one of the files is not in order, which a test of ours would have told before
 */
export function loadRules(): Rule[] {
  const { rules, problems } = loadPack(shippedFiles());
  const [problem] = problems;
  if (problem) throw new RuleError(problem);
  return rules;
}
