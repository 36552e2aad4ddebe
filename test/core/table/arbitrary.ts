/** Random queries over the fields of the random records in ../record/arbitrary.ts. */
import fc from 'fast-check';
import { allValues } from '../../../src/core/record/flatten.ts';
import { anyRecord } from '../record/arbitrary.ts';

const field = fc.constantFrom(
  'eventName', 'eventName.keyword', 'eventSource', 'eventSource.keyword', 'errorCode', 'userIdentity.type', 'userIdentity.type.keyword',
  'userIdentity.arn', 'awsRegion', 'readOnly', 'sourceIPAddress', 'eventTime', 'eventID', 'requestParameters.userName',
  'requestParameters.groupName.keyword', 'responseElements.x', 'responseElements.ConsoleLogin', 'foo', 'foo.bar', 'nowhere', 'nowhere.at.all',
  'userIdentity.\\*', 'user\\*.type', '*', 'sourceIPAddress_geoip.country_code', 'sourceIPAddress_geoip.country_name.keyword',
); // prettier-ignore

const term = fc.constantFrom(
  'CreateUser', 'ConsoleLogin', 'Root', 'AccessDenied', 'alice', 'us-east-1', 'iam.amazonaws.com', '"iam.amazonaws.com"', '203.0.113.9',
  'true', '22', '2026', '2026-10-05', 'Create*', '*User', '?oot', '/[A-Z].*/', '/.*s.*/', '"us east"', '"!!!"', '[2020 TO 2027]', '>20', '[a TO b]',
  '*', 'NL', 'Netherlands', '"203.0.113.0/24"', 'x~',
); // prettier-ignore

const exists = fc
  .constantFrom(
    'userIdentity',
    'userIdentity.arn',
    'eventTime',
    'eventID',
    'requestParameters',
    'foo',
    'foo.bar',
    'nowhere',
    'sourceIPAddress_geoip',
    'errorCode',
    'additionalEventData',
  )
  .map((path) => `_exists_:${path}`);

const clause = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(field, term).map(([f, t]) => `${f}:${t}`) },
  { weight: 2, arbitrary: exists },
  { weight: 1, arbitrary: term.filter((t) => !t.startsWith('>')) },
);

/** A query of a few clauses, joined and nested in every way. */
export const anyQuery: fc.Arbitrary<string> = fc.letrec<{ query: string; item: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3 },
    clause,
    tie('query').map((q) => `(${q})`),
  ),
  query: fc
    .array(fc.tuple(fc.constantFrom('', 'NOT ', '+', '-'), tie('item')), { minLength: 1, maxLength: 4 })
    .chain((items) =>
      fc
        .array(fc.constantFrom(' AND ', ' OR ', ' '), { minLength: items.length, maxLength: items.length })
        .map((joins) => items.map(([mods, item], i) => (i === 0 ? '' : joins[i]) + mods + item).join('')),
    ),
})).query;

/** Searches for what is in the record, and for nearly that, in the forms that a person would write. */
export const anySearch = anyRecord.chain(({ text, record }) => {
  const values = allValues(record)
    .map(String)
    .filter((value) => value !== '');
  const value = fc.constantFrom(...values, 'bob', 'nothing like it', '2026-10', '12', '1e3', '10.0.0.0/8');
  const shape = fc.constantFrom<(value: string) => string>(
    (v) => `"${v.replace(/["\\]/g, '\\$&')}"`,
    (v) => v.replace(/[^\w.-]/g, ' ').trim() || '*',
    (v) => `*${v.replace(/[^\w.-]/g, '').slice(1, 6)}*`,
    (v) => `${v.replace(/[^\w.-]/g, '').slice(0, 4) || 'a'}*`,
    (v) => `/.*${v.replace(/[^\w]/g, '').slice(0, 5)}.*/`,
    (v) => `NOT "${v.replace(/["\\]/g, '\\$&')}"`,
    (v) => `requestParameters.userName:"${v.replace(/["\\]/g, '\\$&')}"`,
    (v) => `responseElements.\\*:"${v.replace(/["\\]/g, '\\$&')}" OR _exists_:requestParameters.x`,
  );
  return fc.tuple(value, shape).map(([v, form]) => ({ text, record, query: form(v) }));
});
