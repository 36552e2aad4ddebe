/** Rule files and packs of them: what can be read is kept, what cannot is told once, with its place. */
import { isSeq, type ParsedNode } from 'yaml';
import { RuleError, RuleText, type RuleProblem } from './problem.ts';
import { readRule, type PlacedRule } from './read.ts';
import type { Rule } from './rule.ts';
import { readRoots } from './yaml.ts';

/** Rules that were read, and one problem for each that could not be. */
export interface RulesRead {
  rules: Rule[];
  problems: RuleProblem[];
}

/** The name of a text that came from no file: typed, or pasted. */
const UNNAMED = 'rule.yaml';

/**
 * The one rule in `yamlText`.
 *
 * @param file path of the file, for messages and the pack's name
 * @throws RuleError when it holds no rule, more than one, or one that is not in order
 */
export function parseRule(yamlText: string, file: string = UNNAMED): Rule {
  const text = new RuleText(file, yamlText);
  const nodes = ruleNodes(text);
  const [first, second] = nodes;
  if (!first) return text.fail(0, 'The file holds no rule.');
  if (second) text.fail(second.range[0], `The file holds ${nodes.length} rules; one was expected.`);
  return readRule(text, first).rule;
}

/**
 * All rules in `yamlText`: one, a list of them, or several YAML documents. A rule that is not in order does not keep
 * the others from loading; text that is not YAML at all does.
 *
 * @param file path of the file, for messages and the pack's name
 */
export function parseRules(yamlText: string, file: string = UNNAMED): RulesRead {
  return loadPack({ [file]: yamlText });
}

/**
 * All rules in a set of files, in the order of the files. Of two rules with the same id the first one stands and the
 * second is a problem.
 *
 * @param files path -> YAML text
 */
export function loadPack(files: Readonly<Record<string, string>>): RulesRead {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  const byId = new Map<string, Rule>();
  for (const [file, yamlText] of Object.entries(files)) {
    const text = new RuleText(file, yamlText);
    const nodes = caught(problems, () => {
      const found = ruleNodes(text);
      return found.length > 0 ? found : text.fail(0, 'The file holds no rule.');
    });
    for (const node of nodes ?? []) {
      const placed = caught(problems, () => unique(text, readRule(text, node), byId));
      if (!placed) continue;
      byId.set(placed.rule.id, placed.rule);
      rules.push(placed.rule);
    }
  }
  return { rules, problems };
}

/** The nodes that should each be a rule. */
function ruleNodes(text: RuleText): ParsedNode[] {
  return readRoots(text).flatMap((root) => (isSeq(root) ? (root.items as ParsedNode[]) : [root]));
}

function unique(text: RuleText, placed: PlacedRule, byId: ReadonlyMap<string, Rule>): PlacedRule {
  const other = byId.get(placed.rule.id);
  if (!other) return placed;
  const where = other.file === text.file ? 'this file' : other.file;
  return text.fail(placed.idAt, `The id "${placed.rule.id}" is taken by a rule in ${where}.`);
}

/** What `read` returns; a RuleError that it throws joins `problems` instead. */
function caught<T>(problems: RuleProblem[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    problems.push(error.problem);
    return null;
  }
}
