/** From a YAML node to a Rule: every key known, every value of the right type, every query one that compiles. */
import { isMap, isScalar, type ParsedNode, type Scalar } from 'yaml';
import { compileQuery, QueryError } from '../query/index.ts';
import { mistakenMapping } from './mistaken.ts';
import { clauseOf, VALUES, withoutClauses } from './parameters.ts';
import { offsetInScalar } from './position.ts';
import { didYouMean, type RuleText } from './problem.ts';
import {
  CONDITION_KINDS,
  SEVERITIES,
  type Condition,
  type Published,
  type Rule,
  type RuleParameter,
  type Severity,
} from './rule.ts';
import { versionOf } from './version.ts';
import { kindOf, readJson, readList, readMap, readText, type Entry } from './yaml.ts';

/** The keys of a rule, in the order in which rules are written. */
export const RULE_KEYS = [
  'id',
  'name',
  'severity',
  'severityReason',
  'description',
  'query',
  'published',
  'parameters',
  'condition',
  'tags',
  'falsePositives',
  'triage',
  'references',
  'examples',
] as const;

type RuleKey = (typeof RULE_KEYS)[number];

const REQUIRED: readonly RuleKey[] = ['id', 'name', 'severity', 'description', 'query'];

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PARAMETER_NAME = /^[a-z][a-z0-9_]*$/;
const TAG = /^[a-z0-9][a-z0-9._-]*$/;

/** A rule and where its id stands, for whoever finds the id taken. */
export interface PlacedRule {
  rule: Rule;
  idAt: number;
}

/** The rule that `root` describes. Throws a RuleError at the first fault. */
export function readRule(text: RuleText, root: ParsedNode): PlacedRule {
  const mistaken = mistakenMapping(root);
  if (mistaken !== null) text.fail(root.range[0], mistaken);
  const entries = readMap(text, root, 'A rule', RULE_KEYS);
  const missing = REQUIRED.filter((key) => !entries.has(key));
  if (missing.length > 0) text.fail(root.range[0], `The rule has no ${missing.join(', no ')}.`);
  const need = (key: RuleKey): ParsedNode => {
    const entry = entries.get(key)!;
    return entry.value ?? text.fail(entry.key.range[0], `${key} is empty.`);
  };
  const idNode = need('id');
  const id = readText(text, idNode, 'id');
  if (!ID.test(id)) {
    text.fail(idNode.range[0], 'id must be lower-case words joined by hyphens, such as "root-usage".');
  }
  const rule: Rule = {
    id,
    name: readText(text, need('name'), 'name'),
    description: readText(text, need('description'), 'description'),
    severity: readSeverity(text, need('severity')),
    query: readQuery(text, need('query'), 'query'),
    parameters: readList(text, entries.get('parameters'), 'parameters').map((node) =>
      readParameter(text, node),
    ),
    tags: readTexts(text, entries.get('tags'), 'tags', checkTag),
    falsePositives: readTexts(text, entries.get('falsePositives'), 'falsePositives'),
    triage: readTexts(text, entries.get('triage'), 'triage'),
    references: readTexts(text, entries.get('references'), 'references', checkReference),
    condition: readCondition(text, entries.get('condition')),
    examples: readExamples(text, entries.get('examples')),
    pack: packOf(text.file),
    version: '',
    file: text.file,
  };
  if (entries.has('severityReason'))
    rule.severityReason = readText(text, need('severityReason'), 'severityReason');
  if (entries.has('published')) rule.published = readPublished(text, need('published'));
  checkParameters(text, need('query'), rule);
  rule.version = versionOf(rule);
  return { rule, idAt: idNode.range[0] };
}

/** The pack that a file belongs to: its folder, or "own" for a file without one. */
function packOf(file: string): string {
  return file.split('/').at(-2) || 'own';
}

function readTexts(
  text: RuleText,
  entry: Entry | undefined,
  what: string,
  check?: (text: RuleText, node: ParsedNode, value: string) => void,
): string[] {
  return readList(text, entry, what).map((node, i) => {
    const value = readText(text, node, `Item ${i + 1} of ${what}`);
    check?.(text, node, value);
    return value;
  });
}

function checkTag(text: RuleText, node: ParsedNode, tag: string): void {
  if (!TAG.test(tag)) {
    text.fail(
      node.range[0],
      `A tag has lower-case letters, digits, dots and hyphens only, such as "attack.t1078.004".`,
    );
  }
}

/** References become links, so nothing but web addresses. */
function checkReference(text: RuleText, node: ParsedNode, address: string): void {
  if (!/^https?:\/\/[^\s]+$/.test(address)) {
    text.fail(node.range[0], 'A reference must be a web address that begins with https:// or http://.');
  }
}

function readSeverity(text: RuleText, node: ParsedNode): Severity {
  const word = readText(text, node, 'severity');
  const found = SEVERITIES.find((severity) => severity === word);
  const names = SEVERITIES.join(', ');
  return (
    found ??
    text.fail(
      node.range[0],
      `severity must be one of ${names}, not "${word}"${didYouMean(word, SEVERITIES)}.`,
    )
  );
}

function readCondition(text: RuleText, entry: Entry | undefined): Condition {
  if (!entry) return { kind: 'immediately' };
  const node = entry.value ?? text.fail(entry.key.range[0], 'condition is empty.');
  const kindNode = isMap(node)
    ? (readMap(text, node, 'condition', ['kind']).get('kind')?.value ??
      text.fail(node.range[0], 'condition needs a kind.'))
    : node;
  const word = readText(text, kindNode, 'condition');
  const kind = CONDITION_KINDS.find((known) => known === word);
  if (kind === undefined) {
    const known = `This version knows: ${CONDITION_KINDS.join(', ')}.`;
    return text.fail(
      kindNode.range[0],
      `The kind of condition "${word}" is not known${didYouMean(word, CONDITION_KINDS)}. ${known}`,
    );
  }
  return { kind };
}

function readPublished(text: RuleText, node: ParsedNode): Published {
  const entries = readMap(text, node, 'published', ['query', 'difference']);
  const read = (key: keyof Published): string =>
    readText(
      text,
      entries.get(key)?.value ?? text.fail(node.range[0], `published has no ${key}.`),
      `published.${key}`,
    );
  // As printed, even where it does not compile: to say so is the point of keeping it.
  return { query: read('query'), difference: read('difference') };
}

function readExamples(text: RuleText, entry: Entry | undefined): Rule['examples'] {
  if (!entry) return { fires: [], quiet: [] };
  const node = entry.value ?? text.fail(entry.key.range[0], 'examples is empty.');
  const entries = readMap(text, node, 'examples', ['fires', 'quiet']);
  const records = (key: 'fires' | 'quiet'): unknown[] =>
    readList(text, entries.get(key), `examples.${key}`).map((item, i) =>
      isMap(item)
        ? readJson(text, item)
        : text.fail(item.range[0], `Example ${i + 1} of ${key} must be a record, not ${kindOf(item)}.`),
    );
  return { fires: records('fires'), quiet: records('quiet') };
}

function readParameter(text: RuleText, node: ParsedNode): RuleParameter {
  const entries = readMap(text, node, 'A parameter', ['name', 'label', 'description', 'default', 'clause']);
  const need = (key: string): ParsedNode =>
    entries.get(key)?.value ?? text.fail(node.range[0], `The parameter has no ${key}.`);
  const nameNode = need('name');
  const clauseNode = need('clause');
  const parameter: RuleParameter = {
    name: readText(text, nameNode, 'name'),
    label: readText(text, need('label'), 'label'),
    default: readTexts(text, entries.get('default'), 'default'),
    clause: readText(text, clauseNode, 'clause'),
  };
  if (entries.has('description')) parameter.description = readText(text, need('description'), 'description');
  if (!PARAMETER_NAME.test(parameter.name)) {
    text.fail(nameNode.range[0], 'The name of a parameter has lower-case letters, digits and _ only.');
  }
  if (!parameter.clause.includes(VALUES)) {
    text.fail(clauseNode.range[0], `The clause must say with ${VALUES} where the list of values goes.`);
  }
  // Compiled with a stand-in as long as the placeholder, so that a problem keeps its place.
  checkQueryAt(text, clauseNode, parameter.clause.replaceAll(VALUES, '("value")'), 'clause');
  return parameter;
}

/** Names are unique, and the query ends with the clauses that the defaults make. */
function checkParameters(text: RuleText, queryNode: ParsedNode, rule: Rule): void {
  const names = rule.parameters.map((parameter) => parameter.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) text.fail(queryNode.range[0], `The rule has two parameters named "${twice}".`);
  if (withoutClauses(rule.query, rule.parameters) === null) {
    const ending = rule.parameters.map((p) => clauseOf(p, p.default)).filter((clause) => clause !== '');
    text.fail(
      queryNode.range[0],
      `The query must end with what its parameters are by default: AND ${ending.join(' AND ')}`,
    );
  }
}

function readQuery(text: RuleText, node: ParsedNode, what: string): string {
  const query = readText(text, node, what);
  const end = node.range[1];
  const comment = /^[ \t]+(?=#)/.exec(text.text.slice(end, text.text.indexOf('\n', end) >>> 0));
  if (isScalar(node) && node.type === 'PLAIN' && comment !== null)
    text.fail(
      end + comment[0].length,
      `${what}: a # after a blank begins a comment in YAML, and the query would end before it; put the query in quotes, or the comment on a line of its own.`,
    );
  checkQueryAt(text, node, query, what);
  return query;
}

/** Compiles `query`, the value of `node`; what the query language finds wrong is shown where it stands in the file. */
function checkQueryAt(text: RuleText, node: ParsedNode, query: string, what: string): void {
  try {
    compileQuery(query);
  } catch (error) {
    if (!(error instanceof QueryError) || !isScalar(node)) throw error;
    const scalar = node as Scalar.Parsed;
    const blanks = String(scalar.value).length - String(scalar.value).trimStart().length;
    const at = (offset: number): number => offsetInScalar(text.text, scalar, blanks + offset);
    text.fail(at(error.problem.from), `${what}: ${error.problem.message}`, at(error.problem.to));
  }
}
