import { crc32 as zlibs } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { checksum } from '../../../src/core/bytes/inflater.ts';

test('the check value of the CRC catalogue', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('goes on from where it stopped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, at) => {
      expect(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at)))).toBe(crc32(bytes));
    }),
  );
});

test('that of many bytes, in WebAssembly and without, is that of zlib', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 700 }),
      fc.nat(90),
      fc.nat(16),
      (some, times, less) => {
        const bytes = new Uint8Array(Buffer.concat(Array<Uint8Array>(times).fill(some))).subarray(less);
        expect([checksum(bytes), crc32(bytes)]).toEqual([zlibs(bytes), zlibs(bytes)]);
      },
    ),
    { numRuns: 500 },
  );
  const large = Buffer.alloc(1_000_003, 'some text, again and again');
  expect(checksum(large)).toBe(zlibs(large));
});
