import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/core/geo/index.ts';
import { compileQuery } from '../../../src/core/query/index.ts';
import { dateOf, parsePeriod } from '../../../src/core/query/values/dates.ts';
import { isWithin, parseNetwork } from '../../../src/core/query/values/networks.ts';
import { parseNumber } from '../../../src/core/query/values/numbers.ts';

const NOW = Date.parse('2023-07-12T10:20:30.456Z');

function period(text: string): string[] | null {
  const found = parsePeriod(text, NOW);
  return found === null ? null : [new Date(found.start).toISOString(), new Date(found.end).toISOString()];
}

describe('dates', () => {
  it('are only strings that name at least a month that exists', () => {
    expect(dateOf('2023-07-10T11:42:36Z')).toBe(Date.parse('2023-07-10T11:42:36Z'));
    expect(dateOf('2023-07-10T11:42:36.5+0200')).toBe(Date.parse('2023-07-10T09:42:36.500Z'));
    expect(dateOf('2012-10')).toBe(Date.parse('2012-10-01'));
    for (const text of ['2023', '2023-13', '2023-02-30', '2023-07-10T24:00', '2023-07-10Z', 'abcd-07', '']) {
      expect({ text, date: dateOf(text) }).toEqual({ text, date: null });
    }
  });

  it.each([
    ['2023', '2023-01-01T00:00:00.000Z', '2023-12-31T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2023-07-10', '2023-07-10T00:00:00.000Z', '2023-07-10T23:59:59.999Z'],
    ['2023-07-10T11', '2023-07-10T11:00:00.000Z', '2023-07-10T11:59:59.999Z'],
    ['2023-07-10T11:42+02:00', '2023-07-10T09:42:00.000Z', '2023-07-10T09:42:59.999Z'],
    ['2023-07-10T11:42:36Z', '2023-07-10T11:42:36.000Z', '2023-07-10T11:42:36.999Z'],
    ['2023-07-10T11:42:36.1Z', '2023-07-10T11:42:36.100Z', '2023-07-10T11:42:36.100Z'],
    ['1688989356000', '2023-07-10T11:42:36.000Z', '2023-07-10T11:42:36.000Z'],
    ['now', '2023-07-12T10:20:30.456Z', '2023-07-12T10:20:30.456Z'],
    ['now-1d', '2023-07-11T10:20:30.456Z', '2023-07-11T10:20:30.456Z'],
    ['now-1d/d', '2023-07-11T00:00:00.000Z', '2023-07-11T23:59:59.999Z'],
    ['now/w', '2023-07-10T00:00:00.000Z', '2023-07-16T23:59:59.999Z'],
    ['now/M', '2023-07-01T00:00:00.000Z', '2023-07-31T23:59:59.999Z'],
    ['now/y-1y', '2022-01-01T00:00:00.000Z', '2022-12-31T23:59:59.999Z'],
    ['2024-01-31||+1M', '2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    ['2023-07-10||+2h', '2023-07-10T02:00:00.000Z', '2023-07-10T02:00:00.000Z'],
  ])('%s is a period', (text, start, end) => {
    expect(period(text)).toEqual([start, end]);
  });

  it('are nothing else', () => {
    for (const text of [
      '',
      '20x3',
      '2023-7',
      'now-',
      'now-1x',
      'nowhere',
      'x||+1d',
      '2023-07-10T11:42:36+99:00',
    ]) {
      expect({ text, period: period(text) }).toEqual({ text, period: null });
    }
  });

  it('count from the time given', () => {
    const query = compileQuery('eventTime:[now-1d TO now]', { now: NOW });
    expect(query.matches({ eventTime: '2023-07-12T00:00:00Z' })).toBe(true);
    expect(query.matches({ eventTime: '2023-07-11T00:00:00Z' })).toBe(false);
  });

  it('are seen as text by .keyword', () => {
    const record = { eventTime: '2023-07-10T11:42:36Z' };
    for (const text of [
      'eventTime.keyword:2023-07*',
      'eventTime.keyword:"2023-07-10T11:42:36Z"',
      'eventTime.keyword:/2023.*/',
    ]) {
      expect(compileQuery(text).matches(record), text).toBe(true);
    }
    expect(compileQuery('eventTime:2023*').matches(record)).toBe(false);
  });
});

describe('networks', () => {
  it('hold their addresses', () => {
    const inside = (network: string, address: string): boolean =>
      isWithin(parseAddress(address)!, parseNetwork(network)!);
    expect(inside('10.0.0.0/8', '10.255.0.1')).toBe(true);
    expect(inside('10.1.2.3/8', '10.255.0.1')).toBe(true);
    expect(inside('10.0.0.0/8', '11.0.0.0')).toBe(false);
    expect(inside('0.0.0.0/0', '255.255.255.255')).toBe(true);
    expect(inside('203.0.113.7/32', '203.0.113.7')).toBe(true);
    expect(inside('203.0.113.7/32', '203.0.113.6')).toBe(false);
    expect(inside('2001:db8::/33', '2001:db8:7fff::1')).toBe(true);
    expect(inside('2001:db8::/33', '2001:db8:8000::1')).toBe(false);
    expect(inside('10.0.0.0/8', '::a00:1')).toBe(false);
    for (const text of ['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0/8', '::/129'])
      expect(parseNetwork(text)).toBeNull();
  });

  it('are searched in keyword fields, beside the exact value', () => {
    const record = { sourceIPAddress: '10.9.1.1', cidrIp: '0.0.0.0/0' };
    expect(compileQuery('sourceIPAddress.keyword:"10.0.0.0/8"').matches(record)).toBe(true);
    expect(compileQuery('sourceIPAddress.keyword:10.0.0.0\\/9').matches(record)).toBe(true);
    expect(compileQuery('sourceIPAddress.keyword:[10.0.0.0 TO 10.10.0.0]').matches(record)).toBe(true);
    expect(compileQuery('sourceIPAddress.keyword:{10.9.1.1 TO 10.10.0.0]').matches(record)).toBe(false);
    expect(compileQuery('cidrIp.keyword:"0.0.0.0/0"').matches(record)).toBe(true);
    expect(compileQuery('sourceIPAddress:"10.0.0.0/8"').matches(record)).toBe(false);
  });
});

describe('numbers', () => {
  it('are decimal', () => {
    expect(['22', '22.0', '-1', '.5', '1e3'].map(parseNumber)).toEqual([22, 22, -1, 0.5, 1000]);
    expect(['', 'x', '0x10', '1_000', 'Infinity', ' 1'].map(parseNumber)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
