import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import { loadRules, queryOf } from '../../../src/core/rules/index.ts';
import { HAS_SHARED, invictusRecords, SHARED } from './shared.ts';

/** What Lucene itself finds in the same records: `<rule>/corrected` and `<rule>/verbatim`. */
type Hits = Record<string, { count: number; eventIDs: string[] }>;

describe.skipIf(!HAS_SHARED)('the shipped rules over 2,900 real records (../shared)', () => {
  const records = HAS_SHARED ? invictusRecords() : [];
  const truth = HAS_SHARED
    ? (JSON.parse(readFileSync(`${SHARED}data/alerts/real_hits_invictus.json`, 'utf8')) as { hits: Hits })
        .hits
    : {};
  const rules = loadRules().filter(({ pack }) => pack === 'coralogix' || pack === 'cis');

  it('reads them all', () => {
    expect(records.length).toBe(2900);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s finds what Lucene finds', (id, rule) => {
    expect(hits(queryOf(rule))).toEqual(truth[`${id}/corrected`]!.eventIDs.toSorted());
  });

  it.each(rules.filter((rule) => rule.published).map((rule) => [rule.id, rule] as const))(
    '%s as published finds what Lucene finds',
    (id, rule) => {
      expect(hits(queryOf(rule, 'published'))).toEqual(truth[`${id}/verbatim`]!.eventIDs.toSorted());
    },
  );

  function hits(query: string): string[] {
    const { matches } = compileQuery(query);
    return records
      .filter((record) => matches(record))
      .map((record) => record.eventID)
      .sort();
  }
});
