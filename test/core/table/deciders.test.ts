import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO, UNKNOWN, YES, compileQuery } from '../../../src/core/query/index.ts';
import { conditionsOf } from '../../../src/core/table/conditions.ts';
import { compileDecider } from '../../../src/core/table/deciders.ts';
import { CodeMap, accept } from '../../../src/core/table/intake.ts';
import { enrich } from '../../../src/core/table/enrich.ts';
import type { PlaceOf } from '../../../src/core/table/rows.ts';
import { ABSENT, FIRST_VALUE } from '../../../src/core/record/columns.ts';
import { anyRecord } from '../record/arbitrary.ts';
import { anyQuery } from './arbitrary.ts';
import { blockOf, builderOf, rowsOf, tableOf } from './support.ts';

const placeOf: PlaceOf = (address) =>
  address === '203.0.113.9' ? { country_code: 'NL', country_name: 'Netherlands' } : null;

describe('evaluation over columns', () => {
  it('never differs from evaluation of the record, unless it leaves it open', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 6 }), anyQuery, (records, text) => {
        const query = compileQuery(text);
        const { rows, vocabulary } = rowsOf(builderOf(records.map((r) => r.text)), placeOf);
        // A block has parts of its records at hand; a case has not.
        const { partOf: _, ...without } = rows;
        for (const some of [rows, without]) {
          const decider = compileDecider(query.plan, vocabulary);
          records.forEach(({ record }, row) => {
            const outcome = decider.decide(some, row);
            if (outcome === UNKNOWN) return;
            expect({ text, record, outcome: outcome === YES }).toEqual({
              text,
              record,
              outcome: query.matches(enrich(record, placeOf)),
            });
          });
        }
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('says the same of the many rows of a table, also of those that come while it decides', () => {
    const logs = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_, i) =>
        JSON.stringify({
          eventID: `00000000-0000-4000-8000-${String(from + i).padStart(12, '0')}`,
          eventName: from + i === 4_500 ? 'DeleteTrail' : 'ListUsers',
          userAgent: `agent ${(from + i) % 900}`,
          sourceIPAddress: from + i === 3_990 ? '203.0.113.9' : '192.0.2.1',
        }),
      );
    for (const text of ['DeleteTrail', '"agent 899"', 'Netherlands', 'NOT ListUsers', '/nothing.*/']) {
      const table = tableOf(blockOf(logs(0, 4_000)));
      table.placeOf = placeOf;
      const query = compileQuery(text);
      const decider = compileDecider(query.plan, table);
      const outcomes = [];
      for (let row = 0; row < table.rows; row++) outcomes.push(decider.decide(table, row));
      accept(table, blockOf(logs(4_000, 5_000)), new CodeMap(), (key) => key, new Map());
      for (let row = 4_000; row < table.rows; row++) outcomes.push(decider.decide(table, row));
      const alone = outcomes.map((_, row) => compileDecider(query.plan, table).decide(table, row));
      expect(outcomes, text).toEqual(alone);
      expect(new Set(outcomes).size, text).toBe(text === '/nothing.*/' ? 1 : 2);
    }
  });

  it('gives conditions that every matching row meets', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 6 }), anyQuery, (records, text) => {
        const query = compileQuery(text);
        const { rows, vocabulary } = rowsOf(builderOf(records.map((r) => r.text)), placeOf);
        for (const condition of conditionsOf(query.plan, vocabulary)) {
          // Who names the only strings that pass need not be asked about anything else.
          if (condition.only !== null) expect(condition.may(ABSENT), text).toBe(false);
          vocabulary.values[condition.column]!.forEach((value, index) => {
            if (condition.only === null || condition.only.includes(value as string)) return;
            expect(condition.may(FIRST_VALUE + index), `${text} ${String(value)}`).toBe(false);
          });
          records.forEach(({ record }, row) => {
            if (query.matches(enrich(record, placeOf))) {
              expect(
                condition.may(rows.columns[condition.column]![row]!),
                `${text} ${JSON.stringify(record)}`,
              ).toBe(true);
            }
          });
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it.each([
    ['eventName:CreateUser AND eventSource.keyword:"iam.amazonaws.com"', YES],
    ['eventName:CreateUser AND NOT errorCode:*', YES],
    ['userIdentity.type:Root', NO],
    ['eventTime:[2026-10-05 TO 2026-10-06]', YES],
    ['eventTime:>2027', NO],
    ['sourceIPAddress_geoip.country_code:NL', YES],
    ['_exists_:sourceIPAddress_geoip.city_name', NO],
    ['_exists_:userIdentity', YES],
    ['requestParameters.userName:bob', YES],
    ['requestParameters.userName.keyword:Bob', NO],
    ['requestParameters.user\\*.keyword:bob', UNKNOWN],
    ['responseElements.user.arn:x', NO],
    ['recipientAccountName:x', NO],
    ['eventName:StopLogging AND requestParameters.userName:bob', NO],
    ['alice', YES],
    ['bob', UNKNOWN],
  ])('decides %s without the record where it can', (text, expected) => {
    const record = {
      userIdentity: { type: 'IAMUser', userName: 'alice' },
      eventTime: '2026-10-05T12:00:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      sourceIPAddress: '203.0.113.9',
      requestParameters: { userName: 'bob' },
      responseElements: null,
    };
    const { rows, vocabulary } = rowsOf(builderOf([JSON.stringify(record)]), placeOf);
    expect(compileDecider(compileQuery(text).plan, vocabulary).decide(rows, 0)).toBe(expected);
  });

  it('leaves what lies in a part to the record where no part is at hand', () => {
    const { rows, vocabulary } = rowsOf(builderOf(['{"requestParameters":{"userName":"bob"}}']));
    const { plan } = compileQuery('requestParameters.userName:bob');
    const { partOf: _, ...without } = rows;
    expect(compileDecider(plan, vocabulary).decide(without, 0)).toBe(UNKNOWN);
  });

  it('asks the whole record where a key in disguise may say the same', () => {
    const texts = [
      '{"requestParameters":{"a":"x"},"requestParameters.a":"y"}',
      '{"requestParameters":{"a":"x"},"requestParameters":{"a":"y"}}',
      '{"requestParameters":{"a":"x"},"requestP\\u0061rameters":{"a":"y"}}',
    ];
    const { rows, vocabulary } = rowsOf(builderOf(texts));
    const decider = compileDecider(compileQuery('requestParameters.a:y').plan, vocabulary);
    expect(texts.map((_, row) => decider.decide(rows, row))).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });
});
