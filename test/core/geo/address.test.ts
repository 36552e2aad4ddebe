import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isPrivate, parseAddress, publicAddress, type Address } from '../../../src/core/geo/index.ts';

/** Address arithmetic of the tests: the next or the one before. */
function step({ version, words }: Address, by: 1n | -1n): Address {
  const size = BigInt(words.length);
  let number = words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  number = BigInt.asUintN(Number(size) * 32, number + by);
  const next = words.map((_, i) => Number((number >> (32n * (size - 1n - BigInt(i)))) & 0xffff_ffffn));
  return { version, words: next };
}

describe('parseAddress', () => {
  it.each([
    ['8.8.8.8', 4, [0x08080808]],
    ['255.255.255.255', 4, [0xffffffff]],
    ['::', 6, [0, 0, 0, 0]],
    ['::1', 6, [0, 0, 0, 1]],
    ['2001:DB8::8:800:200c:417A', 6, [0x20010db8, 0, 0x00080800, 0x200c417a]],
    ['1:2:3:4:5:6:7:8', 6, [0x10002, 0x30004, 0x50006, 0x70008]],
    ['1::', 6, [0x10000, 0, 0, 0]],
    ['64:ff9b::192.0.2.33', 6, [0x64ff9b, 0, 0, 0xc0000221]],
    ['::ffff:192.0.2.33', 4, [0xc0000221]],
    ['::FFFF:c000:221', 4, [0xc0000221]],
    ['0:0:0:0:0:ffff:192.0.2.33', 4, [0xc0000221]],
  ])('reads %s', (text, version, words) => {
    expect(parseAddress(text)).toEqual({ version, words });
  });

  it.each([
    ...[
      '',
      ' ',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.256',
      '035.249.253.232',
      '1.2.3.4 ',
      '1.2.3.4:80',
      '0x1.2.3.4',
      '1..2.3',
    ],
    ...[
      ':',
      ':::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '::12345',
      '[::1]',
      'fe80::1%eth0',
      '1.2.3.4::',
    ],
    ...[
      '::1.2.3.4:5',
      '1:2:3:4:5:6:7::8:9',
      '::256.1.1.1',
      'g::',
      'secretsmanager.amazonaws.com',
      'AWS Internal',
    ],
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('takes exactly what the platform takes', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '25',
      '255',
      '256',
      '01',
      'ffff',
      'a',
      '12345',
      '.',
      ':',
      '::',
      '1.2.3.4',
    );
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4Extended(),
      fc.array(piece, { maxLength: 18 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(':')),
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('.')),
    );
    fc.assert(
      fc.property(text, (text) => {
        expect(parseAddress(text) === null, text).toBe(isIP(text) === 0);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('isPrivate', () => {
  it.each([
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.2.0', '192.0.2.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['198.51.100.0', '198.51.100.255'],
    ['203.0.113.0', '203.0.113.255'],
    ['2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
    ['2001:10::', '2001:1f:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('is true from %s to %s, and neither before nor after', (first, last) => {
    const from = parseAddress(first)!;
    const to = parseAddress(last)!;
    expect([step(from, -1n), from, to, step(to, 1n)].map(isPrivate)).toEqual([false, true, true, false]);
  });

  it.each([
    '0.0.0.0',
    '192.0.0.8',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
  ])('is true of %s', (text) => {
    expect(isPrivate(parseAddress(text)!)).toBe(true);
  });

  it.each([
    'ff02::1',
    '3fff::1',
    '4000::',
    '1fff:ffff::',
    '::ffff:10.1.2.3',
    '64:ff9b::8.8.8.8',
    '::8.8.8.8',
  ])('is true of %s', (text) => {
    expect(isPrivate(parseAddress(text)!)).toBe(true);
  });

  it.each(['8.8.8.8', '1.0.0.0', '223.255.255.255', '2000::', '2600:1f18::1', '3ffe::', '::ffff:8.8.8.8'])(
    'is false of %s',
    (text) => {
      expect(isPrivate(parseAddress(text)!)).toBe(false);
    },
  );
});

describe('publicAddress', () => {
  it.each([
    ['81.2.69.142, 192.168.10.10', '81.2.69.142'],
    ['10.0.0.1,2600:1f18::1', '2600:1f18::1'],
    ['::ffff:81.2.69.142', '81.2.69.142'],
  ])('finds in %j the address %s', (source, address) => {
    expect(publicAddress(source)).toEqual(parseAddress(address));
  });

  it.each([
    '',
    '-',
    'AWS Internal',
    'AWS Internal/3',
    'ec2.amazonaws.com',
    '192.168.10.20',
    '06.237.252.245',
    ',',
  ])('finds none in %j', (source) => {
    expect(publicAddress(source)).toBeNull();
  });
});
