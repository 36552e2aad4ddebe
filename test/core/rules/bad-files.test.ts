import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPack, parseRule, parseRules, RuleError } from '../../../src/core/rules/index.ts';
import { MAX_DEPTH, refusal } from '../../../src/core/rules/guard.ts';
import { ruleYaml } from './shared.ts';

/** A bad file, and where and what its one problem is. */
const BAD: [name: string, yaml: string, line: number, column: number, message: RegExp][] = [
  ['nothing', '', 1, 1, /holds no rule/],
  ['only a comment', '# to be written\n', 1, 1, /holds no rule/],
  ['an empty document', '---\n...\n', 1, 1, /holds no rule/],
  ['an empty list', '[]\n', 1, 1, /holds no rule/],
  ['plain text', 'hello\n', 1, 1, /A rule must be a mapping.*not text/],
  ['a list of words', '- hello\n', 1, 3, /A rule must be a mapping/],
  ['a tab as indentation', ruleYaml('tags:', '\t- a'), 7, 1, /not valid YAML: .*[Tt]ab/],
  ['an open quote', ruleYaml('tags: ["a]'), 7, 1, /not valid YAML/],
  ['an open bracket', ruleYaml('tags: [a'), 7, 1, /not valid YAML/],
  ['a wrong indentation', 'id: a\n  name: b\n', 1, 5, /not valid YAML/],
  ['a directive', '%YAML 9.9\n---\nid: a\n', 1, 1, /Directives \(%\) are not allowed/],
  ['a tag', ruleYaml('tags: !!js/function "a"'), 6, 7, /Tags \(!\) are not allowed/],
  ['an unknown key', ruleYaml('severety: high'), 6, 1, /no key "severety" \(did you mean "severity"\?\)/],
  ['a key in the wrong case', ruleYaml('falsepositives: []'), 6, 1, /did you mean "falsePositives"/],
  ['a key twice', ruleYaml('name: Other'), 6, 1, /"name" is there twice/],
  ['a key that is no word', ruleYaml('? [a]', ': b'), 6, 3, /not valid YAML: .*string/],
  ['a prototype as key', ruleYaml('__proto__: {}'), 6, 1, /no key "__proto__"/],
  ['no id', 'name: a\n', 1, 1, /has no id, no severity, no description, no query\./],
  ['no query', 'id: a\nname: b\nseverity: low\ndescription: c\n', 1, 1, /no query/],
  ['an empty name', ruleYaml().replace('name: Mine', 'name:'), 2, 1, /name is empty/],
  ['a blank name', ruleYaml().replace('Mine', '"  "'), 2, 7, /name is empty/],
  ['a number as name', ruleYaml().replace('Mine', '12'), 2, 7, /the number 12; put it in quotes: "12"/],
  [
    'a list as description',
    ruleYaml().replace('Words.', '[a]'),
    4,
    14,
    /description must be text, not a list/,
  ],
  [
    'an id with capitals',
    ruleYaml().replace('my-rule', 'MyRule'),
    1,
    5,
    /lower-case words joined by hyphens/,
  ],
  ['an unknown severity', ruleYaml().replace('low', 'hgih'), 3, 11, /one of critical.*did you mean "high"/],
  ['tags that are no list', ruleYaml('tags: a'), 6, 7, /tags must be a list, not text/],
  ['an empty list item', ruleYaml('tags:', '  - a', '  -'), 8, 4, /tags has an empty item/],
  ['tags with blanks', ruleYaml('tags: [a b]'), 6, 8, /A tag has lower-case letters/],
  ['a reference that is a script', ruleYaml('references: ["javascript:alert(1)"]'), 6, 14, /web address/],
  [
    'an unknown condition',
    ruleYaml('condition: imediately'),
    6,
    12,
    /"imediately" is not known \(did you mean "immediately"/,
  ],
  [
    'a condition to come',
    ruleYaml('condition: { kind: threshold }'),
    6,
    20,
    /"threshold" is not known.*immediately/,
  ],
  ['a condition without kind', ruleYaml('condition: {}'), 6, 12, /needs a kind/],
  ['published without difference', ruleYaml('published: { query: a }'), 6, 12, /published has no difference/],
  [
    'an example that is no record',
    ruleYaml('examples: { fires: [a] }'),
    6,
    21,
    /Example 1 of fires must be a record/,
  ],
  ['an example in the wrong list', ruleYaml('examples: { fire: [] }'), 6, 13, /did you mean "fires"/],
  ['an anchor', ruleYaml('tags: &t [a]'), 6, 7, /Anchors \(&\) are not allowed/],
  ['an alias', ruleYaml('tags: *t'), 6, 7, /Aliases \(\*\) are not allowed/],
  ['a query that does not parse', ruleYaml().replace('eventName:a', 'eventName:(a OR'), 5, 23, /^query: /],
  ['a query that is a list', ruleYaml().replace('eventName:a', '[a]'), 5, 8, /query must be text/],
  ['a parameter without clause', ruleYaml('parameters: [{ name: a, label: b }]'), 6, 14, /no clause/],
  [
    'a clause without values',
    ruleYaml('parameters: [{ name: a, label: b, clause: eventName:c }]'),
    6,
    43,
    /\$\{values\} where the list/,
  ],
  [
    'a clause that does not parse',
    ruleYaml('parameters:', '  - name: a', '    label: b', '    clause: (x:${values}'),
    9,
    13,
    /^clause: /,
  ],
  [
    'defaults that the query does not have',
    ruleYaml('parameters:', '  - name: a', '    label: b', '    default: [c]', '    clause: x:${values}'),
    5,
    8,
    /must end with .* AND x:\("c"\)/,
  ],
  [
    'an export of Sigma',
    'title: a\nlogsource: { product: aws }\ndetection: { a: b }\n',
    1,
    1,
    /a Sigma rule/,
  ],
  [
    'a rule of Elastic Security',
    '{"id": "a", "rule_id": "b", "risk_score": 21}',
    1,
    1,
    /of Elastic Security/,
  ],
  ['a log', '{"Records":[{"eventVersion":"1.08"}]}', 1, 1, /a CloudTrail log.*drop it on the page/],
  ['a record', '{"eventName":"a","eventSource":"b"}', 1, 1, /a CloudTrail record/],
  ['a web page', '<!DOCTYPE html>\n<html>404</html>', 1, 1, /a web page/],
  ['a packed file', '\x1f\ufffd\b\0\0', 1, 1, /packed file; unpack it/],
  ['text in UTF-16', [...ruleYaml()].join('\0'), 1, 1, /save it as UTF-8/],
  ['several objects of JSON', '{"id": "a"}\n{"id": "b"}\n', 2, 6, /must be one list/],
  [
    'a query that YAML takes for a mapping',
    ruleYaml().replace('eventName:a', 'eventName: a'),
    5,
    8,
    /must stand in quotes/,
  ],
  [
    'a query with quotes in quotes',
    ruleYaml().replace('eventName:a', '"eventName:"a""'),
    5,
    20,
    /inside "…" a quote is written/,
  ],
  [
    'a query that YAML takes for an alias',
    ruleYaml().replace('eventName:a', '*:a'),
    5,
    8,
    /with \* goes in quotes/,
  ],
  [
    'a query that goes on after a comment',
    ruleYaml().replace('eventName:a', 'eventName:a OR #b'),
    5,
    23,
    /begins a comment in YAML/,
  ],
  ['a megabyte of brackets', '['.repeat(1_000_000), 1, 65, /more than 64 levels/],
  ['a megabyte of braces', '{a: '.repeat(250_000), 1, 257, /more than 64 levels/],
  ['a megabyte of dashes', '- '.repeat(500_000), 1, 129, /more than 64 levels/],
  ['a megabyte of questions', '? '.repeat(500_000), 1, 129, /more than 64 levels/],
  [
    'a megabyte of indentation',
    Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
    65,
    65,
    /64 levels/,
  ],
  ['a bomb of aliases', `a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n`, 1, 4, /Anchors/],
  ['a megabyte of closing brackets', ']'.repeat(1_000_000), 1, 250_001, /far more than rules do/],
  ['a megabyte of lines', '\n'.repeat(1_000_000), 250_001, 1, /far more than rules do/],
  ['100,000 errors', '}'.repeat(100_000), 1, 1, /not valid YAML/],
  ['20,000 keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: v\n`).join(''), 1, 1, /no key "k0"/],
  ['many documents', '---\na\n'.repeat(2_000), 2_001, 1, /more than 1000 documents/],
  ['too much text', `# ${'x'.repeat(1_000_000)}`, 1, 1, /larger than 1 million/],
];

describe('a bad rule file', () => {
  it.each(BAD)('%s gives one message with its place', (_name, yaml, line, column, message) => {
    const { rules, problems } = loadPack({
      'own/a.yaml': ruleYaml(),
      'own/bad.yaml': yaml,
      'own/z.yaml': ruleYaml().replace('my-rule', 'other'),
    });
    expect(rules.map((rule) => rule.id)).toEqual(['my-rule', 'other']);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem!.file).toBe('own/bad.yaml');
    expect(problem!.message).toMatch(message);
    expect({ line: problem!.line, column: problem!.column }).toEqual({ line, column });
    expect(problem!.picture.split('\n').at(-1)!.trim()).toMatch(/^\^+$/);
  });

  it('is thrown by parseRule, with place and picture in its text', () => {
    const error = thrown(() => parseRule(ruleYaml().replace('low', 'hgih'), 'own/bad.yaml'));
    expect(error.message).toBe(
      'own/bad.yaml:3:11: severity must be one of critical, high, medium, low, info, not "hgih" (did you mean "high"?).\n' +
        'severity: hgih\n          ^',
    );
  });

  it('shows the spot of a query error inside a folded text', () => {
    const yaml = ruleYaml().replace('eventName:a', '>-\n  eventName:a AND\n  (eventSource:b OR) AND c:d');
    const { line, column, picture } = thrown(() => parseRule(yaml)).problem;
    expect({ line, column }).toEqual({ line: 7, column: 20 });
    expect(picture.split('\n')[0]).toBe('  (eventSource:b OR) AND c:d');
  });

  it('does not keep the other rules of a file from loading', () => {
    const yaml = [
      '---',
      ruleYaml(),
      '---',
      ruleYaml('tagz: []'),
      '---',
      ruleYaml().replace('my-rule', 'third'),
    ].join('\n');
    const { rules, problems } = parseRules(yaml, 'own/many.yaml');
    expect(rules.map((rule) => rule.id)).toEqual(['my-rule', 'third']);
    expect(problems.map((problem) => problem.message)).toEqual([
      expect.stringContaining('did you mean "tags"'),
    ]);
  });

  it('with an id that is taken names the file that has it', () => {
    const { rules, problems } = loadPack({
      'a/one.yaml': ruleYaml(),
      'b/two.yaml': `# second\n${ruleYaml()}`,
    });
    expect(rules.map((rule) => rule.file)).toEqual(['a/one.yaml']);
    expect(problems).toEqual([
      expect.objectContaining({
        file: 'b/two.yaml',
        line: 2,
        column: 5,
        message: 'The id "my-rule" is taken by a rule in a/one.yaml.',
      }),
    ]);
  });

  it('with two rules is one too many for parseRule', () => {
    const yaml = `---\n${ruleYaml()}---\n${ruleYaml()}`;
    expect(thrown(() => parseRule(yaml)).problem).toMatchObject({
      line: 8,
      message: expect.stringContaining('2 rules') as string,
    });
  });

  it('never throws anything but a RuleError, whatever the text', () => {
    const pieces = fc.constantFrom(
      'id',
      'query',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '|',
      '>',
      '#',
      '!x ',
      '%',
      '\t',
      'a',
      '---\n',
      '? ',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
          fc.string(),
        ),
        (yaml) => {
          const { problems, rules } = parseRules(yaml);
          expect(problems.length + rules.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the first look at a file', () => {
  it('lets pass what nests as deeply as allowed', () => {
    expect(refusal(`${'['.repeat(MAX_DEPTH - 1)}a`)).toBeNull();
    expect(refusal(`${'- '.repeat(MAX_DEPTH - 1)}a`)).toBeNull();
  });

  it('does not take text for structure', () => {
    expect(
      refusal(`a: "${'['.repeat(100)}"\nb: '${'{'.repeat(100)}'\n# ${'['.repeat(100)} &a *b !c\n`),
    ).toBeNull();
    const block = `a: |\n  ${'[ '.repeat(100)}\n  ${'- '.repeat(100)}\n  &a *b !c %d\nb: c ${'- '.repeat(100)}&a *b !c\n`;
    expect(refusal(block)).toBeNull();
  });

  it('does not take neighbours for nesting', () => {
    const keys = Array.from(
      { length: 2_000 },
      (_, i) => `${'k'.repeat(1 + (i % 60))}${i}:\n  - a: 1\n    b:\n      - c\n`,
    );
    expect(refusal(keys.join(''))).toBeNull();
  });
});

function thrown(run: () => unknown): RuleError {
  try {
    run();
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
