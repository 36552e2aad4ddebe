import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';

const DENIED = {
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  errorCode: 'AccessDenied',
  readOnly: true,
  requestParameters: {
    items: [
      { toPort: 22, cidrIp: '0.0.0.0/0' },
      { toPort: 443, cidrIp: '10.0.0.0/8' },
    ],
    'tag.name': 'odd',
  },
};

function explain(query: string): ReturnType<ReturnType<typeof compileQuery>['explain']> {
  return compileQuery(query).explain(DENIED);
}

describe('an explanation', () => {
  it('says which values met which condition', () => {
    const { matched, sentence, clauses } = explain(
      'errorCode:AccessDenied AND eventSource.keyword:(s3.amazonaws.com OR kms.amazonaws.com) AND NOT userIdentity.invokedBy:*',
    );
    expect(matched).toBe(true);
    expect(sentence).toBe(
      'matched `errorCode: AccessDenied` and `eventSource: s3.amazonaws.com`, without `userIdentity.invokedBy:*`',
    );
    expect(clauses.map(({ text, occur, outcome }) => [text, occur, outcome])).toEqual([
      ['errorCode:AccessDenied', 'must', 'matched'],
      ['eventSource.keyword:s3.amazonaws.com', 'should', 'matched'],
      ['eventSource.keyword:kms.amazonaws.com', 'should', 'not matched'],
      ['userIdentity.invokedBy:*', 'must not', 'field missing'],
    ]);
  });

  it('shows that different elements of an array may meet two conditions', () => {
    const { clauses } = explain(
      'requestParameters.items.toPort:443 AND requestParameters.items.cidrIp:"0.0.0.0/0"',
    );
    expect(clauses.map(({ evidence }) => evidence)).toEqual([
      [{ path: 'requestParameters.items[1].toPort', value: 443 }],
      [{ path: 'requestParameters.items[0].cidrIp', value: '0.0.0.0/0' }],
    ]);
  });

  it('names conditions that the query ignores or drops', () => {
    const { clauses } = explain('errorCode:AccessDenied AND readOnly:true OR eventName:Foo');
    expect(clauses.map(({ outcome }) => outcome)).toEqual(['matched', 'matched', 'ignored']);
    expect(explain('errorCode:AccessDenied AND eventName:"-"').clauses[1]!.outcome).toBe('dropped');
  });

  it('says why nothing matched', () => {
    expect(explain('eventName:PutObject AND readOnly:true').sentence).toBe(
      'did not match: `eventName:PutObject` does not hold',
    );
    expect(explain('eventName:(PutObject OR DeleteObject)').sentence).toBe(
      'did not match: none of `eventName:PutObject` and `eventName:DeleteObject` holds',
    );
    expect(explain('recipientAccountName:x AND readOnly:true').sentence).toBe(
      'did not match: the record has no value for `recipientAccountName:x`',
    );
    expect(explain('eventName:GetObject AND NOT readOnly:true').sentence).toBe(
      'did not match: `readOnly: true` must not be there',
    );
  });

  it('finds evidence in every field, under odd keys and through parameters', () => {
    expect(explain('odd').clauses[0]!.evidence).toEqual([
      { path: 'requestParameters["tag.name"]', value: 'odd' },
    ]);
    expect(explain('requestParameters.tag\\*:odd').clauses).toHaveLength(1);
    const query = compileQuery('eventName:${names}', { parameters: { names: ['PutObject', 'GetObject'] } });
    expect(query.explain(DENIED).clauses).toMatchObject([
      { text: 'eventName:${names}', from: 0, to: 18, outcome: 'matched', evidence: [{ path: 'eventName' }] },
    ]);
  });

  it('gives offsets in the query as written', () => {
    const text = 'eventName:\\”GetObject\\” AND errorCode:AccessDenied';
    const [first, second] = compileQuery(text).explain(DENIED).clauses;
    expect(text.slice(first!.from, first!.to)).toBe('eventName:\\”GetObject\\”');
    expect(text.slice(second!.from, second!.to)).toBe('errorCode:AccessDenied');
  });
});
