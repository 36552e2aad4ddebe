import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeQuery, type CompletionContext } from '../../../src/core/query/index.ts';

/** Completions where `|` stands; the query after the first of them is applied. */
function at(marked: string, context: CompletionContext = {}): { labels: string[]; applied: string } {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const completions = completeQuery(text, cursor, context);
  const [first] = completions;
  const applied =
    first === undefined ? text : text.slice(0, first.from) + first.insert + text.slice(first.to);
  return { labels: completions.map(({ label }) => label), applied };
}

describe('completion', () => {
  it('offers fields where a condition may begin', () => {
    expect(at('evn|').labels).toEqual([]);
    expect(at('eventN|').labels).toEqual(['eventName.keyword', 'eventName']);
    expect(at('eventN|').applied).toBe('eventName.keyword:');
    expect(at('errorCode:x AND (NOT readO|').labels).toEqual(['readOnly']);
    expect(at('|').labels[0]).toBe('eventVersion.keyword');
    expect(at('userName|').labels).toContain('userIdentity.userName.keyword');
    expect(at('custom|', { fields: new Set(['requestParameters.customField']) }).labels).toEqual([
      'requestParameters.customField.keyword',
      'requestParameters.customField',
    ]);
  });

  it('offers values after a colon, in a group and in quotes', () => {
    expect(at('readOnly:|').labels).toEqual(['true', 'false']);
    expect(at('userIdentity.type.keyword:(Root OR IAM|').applied).toBe(
      'userIdentity.type.keyword:(Root OR IAMUser',
    );
    expect(at('eventName.keyword:RunInst|').labels[0]).toBe('RunInstances');
    expect(at('eventSource:s3.|').applied).toBe('eventSource:"s3.amazonaws.com"');
    expect(at('eventSource.keyword:"kms|" AND x').applied).toBe(
      'eventSource.keyword:kms.amazonaws.com AND x',
    );
    expect(at('_exists_:userIdentity.inv|').labels[0]).toBe('userIdentity.invokedBy');
    const context = { valuesOf: (path: string) => (path === 'awsRegion' ? ['eu-west-1', 'us-east-1'] : []) };
    expect(at('awsRegion.keyword:|', context).labels).toEqual(['eu-west-1', 'us-east-1']);
    expect(at('awsRegion:us|', context).applied).toBe('awsRegion:"us-east-1"');
  });

  it('offers operators between conditions', () => {
    expect(at('errorCode:x |').labels).toEqual(['AND', 'OR', 'AND NOT', 'NOT']);
    expect(at('(errorCode:"x y") |').labels).toContain('OR');
    expect(at('errorCode:/x|').labels).toEqual([]);
    expect(at('x:[1 TO |').labels).toEqual([]);
  });

  it('answers anywhere in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aN:"()/ \\.*[]{}^~-!$') }),
        fc.nat(30),
        (text, cursor) => {
          for (const { from, to } of completeQuery(text, cursor)) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeGreaterThanOrEqual(from);
            expect(to).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });
});
