import { expect, test } from 'vitest';
import { valuesAt } from '../../src/core/record/values-at.ts';
import { factGroups } from '../../src/ui/detail/record-facts.ts';

const record = {
  sourceIPAddress: '203.0.113.5',
  readOnly: false,
  resources: [{ ARN: 'arn:1' }, { ARN: 'arn:2' }],
  errorCode: 'AccessDenied',
};

test('values are found through arrays, and never on prototypes', () => {
  expect(valuesAt(record, 'resources.ARN')).toEqual(['arn:1', 'arn:2']);
  expect(valuesAt(record, 'sourceIPAddress.toString')).toEqual([]);
  expect(valuesAt(null, 'a.b')).toEqual([]);
});

test('facts are grouped, with the country beside the address and the clause that asks for each', () => {
  const groups = factGroups(record, 'denied', 'Netherlands');
  expect(groups.map((group) => group.title)).toEqual(['Where from', 'What', 'Outcome']);
  expect(groups[0]?.facts.map(({ value, clause }) => [value, clause])).toEqual([
    ['203.0.113.5', 'sourceIPAddress.keyword:"203.0.113.5"'],
    ['Netherlands', 'sourceIPAddress_geoip.country_name.keyword:"Netherlands"'],
  ]);
  expect(groups[1]?.facts.find((fact) => fact.path === 'readOnly')).toMatchObject({
    value: 'false',
    clause: 'readOnly:false',
  });
  expect(groups[2]?.facts.map(({ clause }) => clause)).toEqual([
    'outcome:denied',
    'errorCode.keyword:"AccessDenied"',
  ]);
});
