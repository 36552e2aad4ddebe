import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRules, parseRule, printRule, SEVERITIES, type Rule } from '../../../src/core/rules/index.ts';
import { ruleYaml } from './shared.ts';

describe('a printed rule', () => {
  it.each(loadRules().map((rule) => [rule.id, rule] as const))('%s reads back the same', (_id, rule) => {
    expect(parseRule(printRule(rule), rule.file)).toEqual(rule);
  });

  it('leaves out what is not there', () => {
    expect(printRule(parseRule(ruleYaml()))).toBe(
      'id: my-rule\nname: Mine\nseverity: low\ndescription: Words.\nquery: eventName:a\ncondition: immediately\n',
    );
  });

  it('reads back the same, whatever it says', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((s) => s.trim())
      .filter((s) => s !== '');
    const texts = fc.array(text, { maxLength: 4 });
    const record = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 });
    const records = fc.array(record, { maxLength: 3 });
    const part = fc.record({
      name: text,
      description: text,
      severity: fc.constantFrom(...SEVERITIES),
      severityReason: fc.option(text, { nil: undefined }),
      published: fc.option(fc.record({ query: text, difference: text }), { nil: undefined }),
      falsePositives: texts,
      triage: texts,
      examples: fc.record({ fires: records, quiet: records }),
    });
    const base = parseRule(ruleYaml());
    fc.assert(
      fc.property(part, (parts) => {
        const rule = withoutUndefined({ ...base, ...parts });
        const { version: _printed, ...printed } = parseRule(printRule(rule), rule.file);
        const { version: _given, ...given } = rule;
        expect(printed).toEqual(given);
      }),
    );
  });
});

function withoutUndefined(rule: object): Rule {
  return Object.fromEntries(
    Object.entries(rule).filter(([, value]) => value !== undefined),
  ) as unknown as Rule;
}
