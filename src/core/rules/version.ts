/** The version of a rule: a short hash of all that decides what it finds, so that a finding can name it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Rule } from './rule.ts';

/** Hex digits of a version: 48 bits, enough to tell apart all versions of all rules that a person will meet. */
const DIGITS = 12;

/**
 * The version of a rule: the first digits of a SHA-256 over its query, parameters, condition, severity and published
 * query. Words for people (name, description, triage, examples) and the layout of the YAML do not change it.
 */
export function versionOf(
  rule: Pick<Rule, 'query' | 'published' | 'parameters' | 'condition' | 'severity'>,
): string {
  const meaning = [
    rule.severity,
    oneLine(rule.query),
    oneLine(rule.published?.query ?? ''),
    rule.parameters.map((p) => [p.name, p.default, oneLine(p.clause)]),
    rule.condition.kind,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(meaning)))).slice(0, DIGITS);
}

/** A query on one line: how its author broke it into lines means nothing. */
function oneLine(query: string): string {
  return query.trim().replace(/[ \t]*\r?\n\s*/g, ' ');
}
