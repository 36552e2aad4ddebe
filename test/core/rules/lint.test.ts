import { describe, expect, it } from 'vitest';
import { lintRule, loadRules, parseRule } from '../../../src/core/rules/index.ts';
import { ruleYaml } from './shared.ts';

describe('the lint of a rule', () => {
  it('has nothing to say about the shipped ones', () => {
    expect(
      loadRules().flatMap((rule) => lintRule(rule).map((lint) => `${rule.id}: ${lint.message}`)),
    ).toEqual([]);
  });

  it('tells of a query that never matches, with the spot and a fix', () => {
    const rule = parseRule(ruleYaml().replace('eventName:a', 'eventName.keyword:(StopLogging|DeleteTrail)'));
    const lints = lintRule(rule).filter((lint) => lint.part === 'query');
    expect(lints.map((lint) => lint.level)).toContain('error');
    expect(lints.some((lint) => lint.query?.fix !== undefined)).toBe(true);
  });

  it('tells of examples that the query contradicts', () => {
    const rule = parseRule(
      ruleYaml('examples: { fires: [{ eventName: a }, { eventName: b }], quiet: [{ eventName: A }, {}] }'),
    );
    expect(lintRule(rule).filter((lint) => lint.part === 'examples')).toEqual([
      {
        part: 'examples',
        level: 'error',
        message: 'Example 2 of fires is not found by the query.',
        example: { list: 'fires', index: 1 },
      },
      {
        part: 'examples',
        level: 'error',
        message: 'Example 1 of quiet is found by the query.',
        example: { list: 'quiet', index: 0 },
      },
    ]);
  });

  it('of a query that cannot be read says so, and nothing of its examples', () => {
    const rule = parseRule(ruleYaml('examples: { fires: [{ eventName: a }], quiet: [{}] }'));
    const lints = lintRule({ ...rule, query: 'eventName:(a' });
    expect(lints.filter(({ level }) => level === 'error').map(({ part }) => part)).toEqual(['query']);
  });

  it('tells what a responder would miss', () => {
    const lints = lintRule(parseRule(ruleYaml())).filter((lint) => lint.part !== 'query');
    expect(lints.map((lint) => [lint.part, lint.level])).toEqual([
      ['examples', 'info'],
      ['examples', 'info'],
      ['falsePositives', 'info'],
      ['triage', 'info'],
    ]);
  });
});
