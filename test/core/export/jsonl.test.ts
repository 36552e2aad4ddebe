import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_COLUMNS } from '../../../src/core/export/csv.ts';
import { findingLine, type FindingCells } from '../../../src/core/export/jsonl.ts';
import { compileQuery } from '../../../src/core/query/index.ts';

const QUERY = 'eventName:ListUsers AND NOT userAgent:"aws-cli"';
const compiled = compileQuery(QUERY);

const cellsWith = (more: Partial<FindingCells> = {}): FindingCells => ({
  ...(Object.fromEntries(FINDING_COLUMNS.map((name) => [name, ''])) as FindingCells),
  ...more,
});

/** One line as it is read back. */
function back(cells: FindingCells, record: object | null): Record<string, unknown> {
  const evidence = record === null ? null : compiled.explain(record);
  const line = findingLine({ cells, query: QUERY, evidence, unread: record === null ? 'It is gone.' : '' });
  expect(line.endsWith('\n')).toBe(true);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  return JSON.parse(line) as Record<string, unknown>;
}

describe('findingLine', () => {
  it('has the columns of the CSV, in their order, and the evidence', () => {
    const line = back(cellsWith({ event_name: 'ListUsers', record_index: 3 }), { eventName: 'ListUsers' });
    expect(Object.keys(line)).toEqual([...FINDING_COLUMNS, 'query', 'why', 'conditions']);
    expect(line).toMatchObject({
      event_name: 'ListUsers',
      record_index: 3,
      query: QUERY,
      why: 'matched `eventName: ListUsers`, without `userAgent:"aws-cli"`',
      conditions: [
        {
          condition: 'eventName:ListUsers',
          occur: 'must',
          outcome: 'matched',
          matched: [{ path: 'eventName', value: 'ListUsers' }],
        },
        { condition: 'userAgent:"aws-cli"', occur: 'must not', outcome: 'field missing', matched: [] },
      ],
    });
  });

  it('says null for what there is not', () => {
    const line = back(cellsWith({ record_index: NaN }), { eventName: 'ListUsers' });
    expect(line).toMatchObject({ event_time: null, user_agent: null, record_index: null });
  });

  it('says why there is no evidence where there is none', () => {
    expect(back(cellsWith(), null)).toMatchObject({
      why: null,
      conditions: null,
      evidence_missing: 'It is gone.',
    });
  });

  it('gives every text back, and hides nothing in the file', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u202egnp.exe', '\0\x1b[31m', '\ud800', '\u2028\u2029', '</script>', '=1+1', '\\'),
    );
    fc.assert(
      fc.property(text, text, (agent, name) => {
        const cells = cellsWith({ user_agent: agent, rule_name: name });
        const line = findingLine({ cells, query: QUERY, evidence: null, unread: '' });
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(JSON.parse(line)).toMatchObject({ user_agent: agent || null, rule_name: name || null });
      }),
    );
  });
});
