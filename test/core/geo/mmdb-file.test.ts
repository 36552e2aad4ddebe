import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MmdbFile } from '../../../src/core/geo/mmdb-file.ts';
import { ValueReader, type MmdbValue } from '../../../src/core/geo/mmdb-value.ts';
import { assemble, encodePlain, type Json } from './mmdb-writer.ts';

describe('MmdbFile', () => {
  it.each([
    [24, [0xfedcba, 0x123456]],
    [28, [0xfedcba9, 0x1234567]],
    [28, [0x1234567, 0xfedcba9]],
    [32, [0xfedcba98, 0x12345678]],
    [32, [0x12345678, 0xfedcba98]],
  ] as const)('reads records of %i bits', (recordSize, [left, right]) => {
    const file = new MmdbFile(assemble([0, 0, left, right], [0], { recordSize, ipVersion: 4 }));
    expect([file.child(1, 0), file.child(1, 1)]).toEqual([left, right]);
  });
});

describe('ValueReader', () => {
  const plain = (value: MmdbValue): unknown => {
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
    return Array.isArray(value) ? value.map(plain) : value;
  };

  it('reads what was written', () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', maxDepth: 5 },
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.nat(2 ** 31 - 1).map((n) => n * 2 + 1),
        fc.double({ noNaN: true, noInteger: true }),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, fc.nat(40), (value, lead) => {
        const section = Uint8Array.from([...new Array<number>(lead).fill(0xff), ...encodePlain(value)]);
        expect(plain(new ValueReader(section).read(lead))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('reads large numbers, floats and bytes', () => {
    const read = (...bytes: number[]) => new ValueReader(Uint8Array.from(bytes)).read(0);
    expect(new ValueReader(Uint8Array.from(encodePlain(2n ** 100n))).read(0)).toBe(2 ** 100);
    expect(read(0x04, 0x08, 0x3f, 0x80, 0, 0)).toBe(1);
    expect(read(0xa0)).toBe(0);
    expect(read(0x83, 1, 2, 3)).toEqual(Uint8Array.of(1, 2, 3));
    // A negative number of fewer than 4 bytes is none: it is padded with zeros.
    expect(read(0x01, 0x01, 0xff)).toBe(255);
  });
});
