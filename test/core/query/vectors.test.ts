/** The recorded behaviour of the reference engine, all of it. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileQuery, QueryError } from '../../../src/core/query/index.ts';
import { HAVE_VECTORS, sharedLines, sharedRows, sharedText, sharedUrl } from './vectors.ts';

interface Case {
  id: string;
  query: string;
  query_text?: string;
  event?: unknown;
  expect: boolean | 'error';
  expect_quotes_fixed?: boolean;
}

function outcome(query: string, record: unknown): boolean | 'error' {
  try {
    return compileQuery(query).matches(record);
  } catch (error) {
    if (error instanceof QueryError) return 'error';
    throw error;
  }
}

describe.skipIf(!HAVE_VECTORS)('the evaluator agrees with Lucene 8.8.1 and the Elasticsearch rules', () => {
  it('on the truth tables of precedence', () => {
    const different: string[][] = [];
    for (const [query = '', , , truth = ''] of sharedRows('data/alerts/precedence_truth.tsv').slice(1)) {
      const got = [...truth].map((_, bits) => {
        const words = ['a', 'b', 'c', 'd'].filter((_word, index) => (bits & (1 << index)) !== 0);
        const result = outcome(query, bits === 0 ? {} : { f: words.join(' ') });
        return result === 'error' ? 'E' : result ? '1' : '0';
      });
      if (got.join('') !== truth) different.push([query, truth, got.join('')]);
    }
    expect(different).toEqual([]);
  });

  it('on the cases of the language', () => {
    const event: unknown = JSON.parse(sharedText('data/alerts/lang_event.json'));
    const different: unknown[] = [];
    for (const each of sharedLines<Case>('data/alerts/lang_cases.jsonl')) {
      const got = outcome(each.query, event);
      if (got !== (each.expect_quotes_fixed ?? each.expect)) different.push({ ...each, got });
    }
    expect(different).toEqual([]);
  });

  it('on the cases of the alerts', () => {
    const different: unknown[] = [];
    for (const each of sharedLines<Case>('data/alerts/cases.jsonl')) {
      const got = outcome(each.query_text!, each.event);
      if (got !== (each.expect_quotes_fixed ?? each.expect)) different.push({ ...each, got });
    }
    expect(different).toEqual([]);
  });

  it('on real records', () => {
    const directory = sharedUrl('data/invictus/CloudTrail/');
    const records = readdirSync(directory).flatMap(
      (name) =>
        (JSON.parse(sharedText(`data/invictus/CloudTrail/${name}`)) as { Records: { eventID: string }[] })
          .Records,
    );
    const { hits } = JSON.parse(sharedText('data/alerts/real_hits_invictus.json')) as {
      hits: Record<string, { count: number; eventIDs: string[] }>;
    };
    const alerts = JSON.parse(sharedText('spec/alerts.json')) as Record<string, string>[];
    expect(records.length).toBe(2900);
    let compared = 0;
    for (const alert of alerts) {
      for (const form of ['corrected', 'verbatim'] as const) {
        const expected = hits[`${alert.id!}/${form}`];
        if (expected === undefined || alert[form] === undefined) continue;
        const query = compileQuery(alert[form]);
        const found = records.filter((record) => query.matches(record)).map(({ eventID }) => eventID);
        expect({ alert: alert.id, form, found: found.sort() }).toEqual({
          alert: alert.id,
          form,
          found: [...expected.eventIDs].sort(),
        });
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});
