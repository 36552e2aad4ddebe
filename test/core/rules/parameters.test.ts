import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/core/query/index.ts';
import { loadRules, parseRule, queryOf } from '../../../src/core/rules/index.ts';
import { writeValues } from '../../../src/core/rules/parameters.ts';
import { ruleYaml } from './shared.ts';

const rule = (id: string): ReturnType<typeof parseRule> =>
  loadRules().find((candidate) => candidate.id === id)!;

describe('the query of a rule', () => {
  const geo = rule('geo-outside');
  const from = (country_name: string): object => ({ sourceIPAddress_geoip: { country_name } });

  it('is the one written, with the default parameters', () => {
    expect(queryOf(geo)).toBe(geo.query);
    expect(queryOf(geo, 'corrected', { home_countries: ['India', 'United States'] })).toBe(geo.query);
  });

  it('takes other values', () => {
    const query = queryOf(geo, 'corrected', { home_countries: ['Romania'] });
    expect(query).toBe(
      '(_exists_:sourceIPAddress_geoip.country_name) AND NOT sourceIPAddress_geoip.country_name.keyword:("Romania")',
    );
    const { matches } = compileQuery(query);
    expect(['India', 'Romania', 'Netherlands'].filter((name) => matches(from(name)))).toEqual([
      'India',
      'Netherlands',
    ]);
  });

  it('loses the clause of a list that is emptied', () => {
    const query = queryOf(geo, 'corrected', { home_countries: [] });
    expect(query).toBe('_exists_:sourceIPAddress_geoip.country_name');
    expect(compileQuery(query).matches(from('India'))).toBe(true);
    expect(compileQuery(query).matches({})).toBe(false);
  });

  it('gains the clause of a list that is empty by default', () => {
    const denied = rule('access-denied');
    const { matches } = compileQuery(queryOf(denied, 'corrected', { accounts: ['444455556666'] }));
    const record = (recipientAccountId: string): object => ({
      errorCode: 'AccessDenied',
      recipientAccountId,
    });
    expect(matches(record('444455556666'))).toBe(true);
    expect(matches(record('111122223333'))).toBe(false);
    expect(compileQuery(denied.query).matches(record('111122223333'))).toBe(true);
  });

  it('is the published one in its profile, and our own where nothing was published', () => {
    expect(queryOf(geo, 'published', { home_countries: ['Romania'] })).toBe(geo.published!.query);
    const own = rule('acm-export');
    expect(queryOf(own, 'published')).toBe(own.query);
  });

  it('keeps all its conditions when a clause joins alternatives', () => {
    const either = parseRule(
      ruleYaml('parameters:', '  - name: who', '    label: Who', '    clause: u.keyword:${values}').replace(
        'eventName:a',
        'eventName:a OR eventName:b',
      ),
    );
    const { matches } = compileQuery(queryOf(either, 'corrected', { who: ['x', 'y'] }));
    expect(matches({ eventName: 'a', u: 'x' })).toBe(true);
    expect(matches({ eventName: 'b', u: 'y' })).toBe(true);
    expect(matches({ eventName: 'b', u: 'z' })).toBe(false);
    expect(matches({ eventName: 'c', u: 'x' })).toBe(false);
  });

  it('ignores values of parameters that the rule does not have', () => {
    expect(queryOf(geo, 'corrected', { homes: ['Romania'] })).toBe(geo.query);
    expect(queryOf(geo, 'corrected', JSON.parse('{"__proto__": []}') as Record<string, string[]>)).toBe(
      geo.query,
    );
  });
});

describe('values in a query', () => {
  it('match themselves and nothing else, whatever they hold', () => {
    // The query language repairs typographic quotes and non-breaking spaces, so a value cannot hold them.
    const plain = fc.string({ minLength: 1 }).filter((s) => !/[“”„‟″«»‘’‚‛′\u00a0\u2007\u202f]/.test(s));
    fc.assert(
      fc.property(plain, plain, (value, other) => {
        const { matches } = compileQuery(`x.keyword:${writeValues([value])}`);
        expect(matches({ x: value })).toBe(true);
        expect(matches({ x: other })).toBe(value === other);
      }),
    );
  });
});
