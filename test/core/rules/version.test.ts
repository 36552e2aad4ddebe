import { describe, expect, it } from 'vitest';
import { loadRules, parseRule } from '../../../src/core/rules/index.ts';
import { ruleYaml } from './shared.ts';

const versionOf = (yaml: string): string => parseRule(yaml).version;
const base = versionOf(ruleYaml());

describe('the version of a rule', () => {
  it('is twelve hex digits, and another for each shipped rule', () => {
    const versions = loadRules().map((rule) => rule.version);
    expect(versions.every((version) => /^[0-9a-f]{12}$/.test(version))).toBe(true);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it.each([
    ['the order of keys', ruleYaml().split('\n').reverse().join('\n')],
    ['quotes and comments', ruleYaml('# a comment').replace('eventName:a', '"eventName:a"')],
    ['a default written out', ruleYaml('condition: immediately', 'tags: []')],
    [
      'words for people',
      ruleYaml('triage: [Look.]', 'tags: [a]').replace('Mine', 'Yours').replace('Words.', 'More.'),
    ],
    ['blanks around the query', ruleYaml().replace('eventName:a', '|\n\n  eventName:a\n')],
  ])('does not change with %s', (_what, yaml) => {
    expect(versionOf(yaml)).toBe(base);
  });

  it('does not change with how a query is broken into lines', () => {
    const one = versionOf(ruleYaml().replace('eventName:a', 'eventName:a AND b:c'));
    expect(versionOf(ruleYaml().replace('eventName:a', '|\n  eventName:a\n  AND b:c\n'))).toBe(one);
  });

  it.each([
    ['the query', ruleYaml().replace('eventName:a', 'eventName:b')],
    ['the severity', ruleYaml().replace('low', 'high')],
    ['the published query', ruleYaml('published: { query: a, difference: b }')],
    ['a parameter', ruleYaml('parameters: [{ name: a, label: b, clause: "x:${values}" }]')],
  ])('changes with %s', (_what, yaml) => {
    expect(versionOf(yaml)).not.toBe(base);
  });
});
