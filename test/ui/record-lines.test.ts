import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOf, recordLines } from '../../src/ui/detail/record-lines.ts';
import { factGroups, valuesAt } from '../../src/ui/detail/record-facts.ts';

/** The lines put together again, without the white space. */
function joined(json: string): string {
  return recordLines(json)
    .map((line) => (line.key === null ? '' : `${line.key}:`) + line.text + (line.comma ? ',' : ''))
    .join('');
}

test('nothing but white space is changed', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      expect(joined(text)).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
});

test('literals keep their digits and escapes', () => {
  const json = '{"a":1.0e3,"b":12345678901234567890,"c":"\\u00e9\\/","a":2}';
  expect(joined(json)).toBe(json);
});

test('never throws, never loses the tail of a broken text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[[{}\]":,a\\ 1]{0,30}$/), (json) => {
      recordLines(json);
    }),
  );
  expect(joined('{"a":[1,2')).toBe('{"a":[1,2');
});

test('places are JSON paths', () => {
  const places = recordLines('{"a":{"b":[{"c":1},[2,3]],"d.e":4}}').map((line) => [line.place, line.text]);
  expect(places).toContainEqual(['a.b[0].c', '1']);
  expect(places).toContainEqual(['a.b[1][1]', '3']);
  expect(places).toContainEqual(['a.d.e', '4']);
});

test('depth is no danger', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  expect(recordLines(deep)).toHaveLength(99_999);
});

describe('factsOf', () => {
  test('opens policies that are logged as strings, URL-encoded or not', () => {
    const policy = JSON.stringify({ Action: '*' });
    for (const text of [policy, encodeURIComponent(policy)]) {
      expect(factsOf({ policyDocument: text }, 'requestParameters')).toEqual([
        {
          depth: 0,
          key: 'policyDocument',
          text: '',
          path: 'requestParameters.policyDocument',
          embedded: true,
        },
        {
          depth: 1,
          key: 'Action',
          text: '*',
          path: 'requestParameters.policyDocument.Action',
          embedded: false,
        },
      ]);
    }
  });

  test('leaves alone what only looks like JSON', () => {
    expect(factsOf({ a: '{not json', b: '%7B%', c: '[]' }, 'x').map((fact) => fact.text)).toEqual([
      '{not json',
      '%7B%',
      '',
    ]);
  });

  test('says empty values', () => {
    expect(factsOf({ a: {}, b: [], c: null }, 'x').map((fact) => fact.text)).toEqual(['{}', '[]', 'null']);
  });
});

describe('facts of a record', () => {
  const record = {
    userIdentity: {
      type: 'AssumedRole',
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/A' } },
    },
    sourceIPAddress: '203.0.113.5',
    readOnly: false,
    resources: [{ ARN: 'arn:1' }, { ARN: 'arn:2' }],
    errorCode: 'AccessDenied',
  };

  test('follow arrays', () => {
    expect(valuesAt(record, 'resources.ARN')).toEqual(['arn:1', 'arn:2']);
    expect(valuesAt(record, 'userIdentity.toString')).toEqual([]);
    expect(valuesAt(null, 'a.b')).toEqual([]);
  });

  test('are grouped, with the country beside the address', () => {
    const groups = factGroups(record, 'denied', 'Netherlands');
    expect(groups.map((group) => group.title)).toEqual(['Who', 'Where from', 'What', 'Outcome']);
    expect(groups[1]?.facts.map((fact) => fact.value)).toEqual(['203.0.113.5', 'Netherlands']);
    expect(groups[2]?.facts.find((fact) => fact.path === 'readOnly')).toMatchObject({
      value: 'false',
      bare: true,
    });
    expect(groups[3]?.facts.map((fact) => fact.value)).toEqual(['denied', 'AccessDenied']);
  });
});
