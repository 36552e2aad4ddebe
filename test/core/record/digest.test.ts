import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestWords } from '../../../src/core/record/digest.ts';

function digestOf(bytes: Uint8Array): { first: number; second: number; nonAscii: boolean } {
  const words = new Uint32Array(4 * Math.ceil(bytes.length / 16));
  new Uint8Array(words.buffer).set(bytes);
  const result = { first: 0, second: 0, nonAscii: false };
  digestWords(words, bytes.length, result);
  return result;
}

it('differs when one byte does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, by) => {
      const other = bytes.slice();
      other[at % bytes.length]! ^= by;
      const [one, two] = [digestOf(bytes), digestOf(other)];
      expect(one.first === two.first && one.second === two.second).toBe(false);
    }),
  ); // prettier-ignore
});

it('differs when zeros are added', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 1, max: 40 }), (bytes, more) => {
      const longer = new Uint8Array(bytes.length + more);
      longer.set(bytes);
      const [one, two] = [digestOf(bytes), digestOf(longer)];
      expect(one.first === two.first && one.second === two.second).toBe(false);
    }),
  );
});

it('says whether there is anything but plain ASCII', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(digestOf(bytes).nonAscii).toBe(bytes.some((byte) => byte > 127));
    }),
  );
});
