import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintQuery } from '../../../src/core/query/index.ts';
import { lintRule, parseRule } from '../../../src/core/rules/index.ts';

const readme = readFileSync(new URL('../../../rules/README.md', import.meta.url), 'utf8');

/** Rows of the table of traps: what one writes, and what one should. */
const traps = [...readme.matchAll(/^\| (`.*?`.*?) \| (.*?[^\\]) \| (.*) \|$/gm)].map((row) => ({
  wrong: codeIn(row[1]!),
  right: codeIn(row[3]!),
}));

function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]*)`/g)].map((match) => match[1]!.replaceAll('\\|', '|'));
}

/** What the query language has to say, but that A and B are no names of events. */
function lints(query: string): string[] {
  return lintQuery(query)
    .map((lint) => lint.code)
    .filter((code) => code !== 'unknown-event-name' || query.includes('Gateway'));
}

describe('rules/README.md', () => {
  it('shows a rule that is in order', () => {
    const [, yaml] = /```yaml\n(id: [^]*?)```/.exec(readme)!;
    const rule = parseRule(yaml!, 'rules/mine/key-for-another.yaml');
    expect(lintRule(rule)).toEqual([]);
    expect([rule.examples.fires.length, rule.examples.quiet.length]).toEqual([2, 2]);
  });

  it('has thirteen traps', () => {
    expect(traps.length).toBe(13);
  });

  it.each(traps.flatMap(({ wrong }) => wrong).filter((query) => !UNSEEN.includes(query)))(
    'warns of %s, as the page does',
    (query) => {
      expect(lints(query)).not.toEqual([]);
    },
  );

  it.each(traps.flatMap(({ right }) => right))('advises %s, which is in order', (query) => {
    expect(lints(query)).toEqual([]);
  });
});

/** Traps that cannot be told from intent. */
const UNSEEN = ['errorCode:AccessDenied', 'NOT userIdentity.invokedBy:x'];
