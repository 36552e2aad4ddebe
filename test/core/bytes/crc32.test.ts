import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';

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
