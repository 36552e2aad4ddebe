import { describe, expect, it } from 'vitest';
import { compileQuery, parseQuery, printQuery, type ListNode } from '../../../src/core/query/index.ts';
import { rules as built } from 'virtual:rules';
import { loadRules, queryOf, SEVERITIES, type Rule } from '../../../src/core/rules/index.ts';
import { filesOnDisk, shippedFiles } from '../../../src/core/rules/shipped.ts';
import { HAS_SHARED, specAlerts } from './shared.ts';

const rules = loadRules();

describe('the shipped rules', () => {
  it('are the nineteen of the guide and four of CIS', () => {
    const count = (pack: string): number => rules.filter((rule) => rule.pack === pack).length;
    expect({ coralogix: count('coralogix'), cis: count('cis') }).toEqual({ coralogix: 19, cis: 4 });
  });

  it('are the same in a bundle and read from disk', () => {
    expect(new Map(Object.entries(filesOnDisk()))).toEqual(new Map(Object.entries(shippedFiles())));
  });

  it('lie in files named after them', () => {
    for (const rule of rules) expect(rule.file).toBe(`rules/${rule.pack}/${rule.id}.yaml`);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s helps the responder', (_id, rule) => {
    expect(SEVERITIES).toContain(rule.severity);
    expect(rule.severityReason).toBeTruthy();
    expect(rule.falsePositives.length).toBeGreaterThan(0);
    expect(rule.triage.length).toBeGreaterThan(1);
    expect(rule.references.length).toBeGreaterThan(0);
    expect(rule.references.every((address) => address.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
    expect(rule.tags.some((tag) => tag.startsWith('attack.'))).toBe(true);
    expect(rule.published !== undefined).toBe(rule.pack === 'coralogix');
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s decides its own examples', (_id, rule) => {
    expect(rule.examples.fires.length).toBeGreaterThanOrEqual(2);
    expect(rule.examples.quiet.length).toBeGreaterThanOrEqual(2);
    const { matches } = compileQuery(rule.query);
    expect(rule.examples.fires.filter((record) => !matches(record))).toEqual([]);
    expect(rule.examples.quiet.filter((record) => matches(record))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s has an example for each condition',
    (_id, rule) => {
      expect(conditionsWithoutExample(rule)).toEqual(IMPLIED[rule.id] ?? []);
    },
  );

  it('use event ids once, so that all examples can lie in one case', () => {
    const ids = rules.flatMap((rule) =>
      [...rule.examples.fires, ...rule.examples.quiet].flatMap(
        (record) => (record as { eventID?: string }).eventID ?? [],
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Conditions that no event can tell from being absent: the others of the query hold for nothing else. */
const IMPLIED: Record<string, string[]> = {
  // Only sign-ins have responseElements.ConsoleLogin.
  'cis-console-no-mfa': ['eventName.keyword:ConsoleLogin'],
  // No other call of RDS takes the flag.
  'rds-public': ['eventName.keyword:/ModifyDB(Instance|Cluster)/'],
};

/**
 * Conditions of the query that can be taken out without any example noticing. Not looked at: single names of a list of
 * names, and the source where no other service has the name.
 */
function conditionsWithoutExample(rule: Rule): string[] {
  const examples = [...rule.examples.fires, ...rule.examples.quiet];
  const verdicts = (query: string): boolean[] => examples.map(compileQuery(query).matches);
  const truth = verdicts(rule.query);
  const missing: string[] = [];
  const visit = (list: ListNode, rebuild: (changed: ListNode) => ListNode): void => {
    list.clauses.forEach((clause, i) => {
      const { node } = clause;
      const text = printQuery(node);
      const looked = list.clauses.length > 1 && !node.field?.inherited && !text.startsWith('eventSource.');
      if (looked) {
        const rest = list.clauses.filter((other) => other !== clause);
        const clauses = rest.map((other, at) => (at === 0 ? { ...other, conjunction: null } : other));
        const without = printQuery(rebuild({ ...list, clauses }));
        if (JSON.stringify(verdicts(without)) === JSON.stringify(truth)) missing.push(text);
      }
      if (node.kind === 'group') {
        visit(node.body, (body) =>
          rebuild({ ...list, clauses: list.clauses.with(i, { ...clause, node: { ...node, body } }) }),
        );
      }
    });
  };
  visit(parseQuery(rule.query), (list) => list);
  return missing;
}

describe.skipIf(!HAS_SHARED)('the shipped rules beside the specification (../shared)', () => {
  const spec = HAS_SHARED ? specAlerts() : [];

  it('are those of the specification', () => {
    const ours = rules.filter(({ pack }) => pack === 'coralogix' || pack === 'cis').map(({ id }) => id);
    expect(new Set(ours)).toEqual(new Set(spec.map((alert) => alert.id)));
  });

  it.each(spec.map((alert) => [alert.id, alert] as const))('%s runs the corrected query', (id, alert) => {
    const rule = rules.find((candidate) => candidate.id === id)!;
    expect(rule.query).toBe(alert.corrected);
    expect(rule.severity).toBe(alert.severity.split(' ')[0]!.replace(/[^a-z]/g, ''));
  });

  it.each(spec.map((alert) => [alert.id, alert] as const))('%s is mapped as it says', (id, alert) => {
    const { tags } = rules.find((candidate) => candidate.id === id)!;
    const of = (kind: string): string[] => tags.filter((tag) => tag.startsWith(`${kind}.`));
    // Brackets hold parents, other editions and what others list; what an intruder rents is in no CloudTrail log.
    const techniques = alert.attack.replaceAll(/\([^)]*\)|T1584|T1583|T1041-type|TA\d+/g, '');
    const named = techniques
      .match(/T\d{4}(?:\.\d{3})?/g)!
      .map((technique) => `attack.${technique.toLowerCase()}`);
    expect(named.filter((tag) => !tags.includes(tag))).toEqual([]);
    const control = /^(?:subset of )?(4\.\d+)\b/.exec(alert.cis ?? '')?.[1];
    if (alert.cis !== undefined) expect(of('cis')).toEqual(control === undefined ? [] : [`cis.${control}`]);
    else if (id.startsWith('cis-')) expect(of('cis')).toHaveLength(1);
  });

  it.each(spec.filter((alert) => alert.verbatim).map((alert) => [alert.id, alert] as const))(
    '%s keeps the published query byte for byte',
    (id, alert) => {
      const rule = rules.find((candidate) => candidate.id === id)!;
      expect(queryOf(rule, 'published')).toBe(alert.verbatim);
    },
  );
});

it('the page has them as they are in their files', () => {
  expect(built).toEqual(rules);
});
