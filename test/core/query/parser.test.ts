import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../src/core/query/syntax/parser.ts';
import { QueryError } from '../../../src/core/query/problem.ts';
import { verbatimSource } from '../../../src/core/query/syntax/source.ts';
import { luceneForm } from './lucene-form.ts';
import { HAVE_VECTORS, sharedRows } from './vectors.ts';

function outcome(query: string, elastic = false): string {
  try {
    return luceneForm(parseSource(verbatimSource(query), { classic: true }), elastic);
  } catch (error) {
    if (error instanceof QueryError) return '<error>';
    throw error;
  }
}

const expected = (form: string): string => (form.startsWith('<') ? '<error>' : form);

describe.skipIf(!HAVE_VECTORS)('the parser reads what Lucene 8.8.1 reads', () => {
  for (const file of ['precedence.tsv', 'precedence_fuzz.tsv']) {
    it(file, () => {
      const different: string[][] = [];
      for (const [query = '', form = ''] of sharedRows(`data/alerts/${file}`)) {
        if (form.startsWith('<IllegalArgumentException>')) continue;
        const got = outcome(query);
        if (got !== expected(form)) different.push([query, form, got]);
      }
      expect(different).toEqual([]);
    });
  }

  it('precedence_truth.tsv, with the match-all that Elasticsearch adds', () => {
    const different: string[][] = [];
    for (const [query = '', form = '', elastic = ''] of sharedRows('data/alerts/precedence_truth.tsv').slice(
      1,
    )) {
      const got = [outcome(query), outcome(query, true)];
      if (got[0] !== expected(form) || got[1] !== expected(elastic))
        different.push([query, form, elastic, ...got]);
    }
    expect(different).toEqual([]);
  });
});
