/** Holds what DeflateDecoder knows of fflate's insides: ends found, nothing lost before damage. */
import { deflateRawSync, inflateRawSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeflateDecoder } from '../../../src/core/bytes/deflate.ts';

function decode(input: Uint8Array, piece: number): { output: Uint8Array; decoder: DeflateDecoder } {
  const parts: Uint8Array[] = [];
  const decoder = new DeflateDecoder((bytes) => parts.push(bytes));
  for (let at = 0; at < input.length && decoder.state === 'more'; at += piece) {
    decoder.push(input.subarray(at, at + piece));
  }
  return { output: new Uint8Array(Buffer.concat(parts)), decoder };
}

/** Text with repeats and noise, so that all block types occur. */
const data = fc
  .array(fc.oneof(fc.constant('{"eventVersion":"1.08",'), fc.string({ maxLength: 30 })), { maxLength: 200 })
  .map((parts) => new TextEncoder().encode(parts.join('')));
const level = fc.constantFrom(0, 1, 6, 9);
const strategy = fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY);

describe('DeflateDecoder', () => {
  test('finds the end of a stream with anything behind it, in pieces of any size', () => {
    fc.assert(
      fc.property(
        data,
        level,
        strategy,
        fc.integer({ min: 1, max: 5000 }),
        fc.uint8Array({ maxLength: 50 }),
        (bytes, level, strategy, piece, behind) => {
          const packed = deflateRawSync(bytes, { level, strategy });
          const { output, decoder } = decode(new Uint8Array(Buffer.concat([packed, behind])), piece);
          expect(Buffer.from(output).equals(bytes)).toBe(true);
          expect(decoder.state).toBe('done');
          expect(decoder.consumed).toBe(packed.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('wants more of a stream that is cut off, and has given what came', () => {
    fc.assert(
      fc.property(data, fc.double({ min: 0, max: 0.99, noNaN: true }), (bytes, part) => {
        const packed = deflateRawSync(bytes);
        const { output, decoder } = decode(packed.subarray(0, Math.floor(packed.length * part)), 100);
        expect(decoder.state).toBe('more');
        expect(Buffer.from(output).equals(bytes.subarray(0, output.length))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('gives all that zlib gives before damage', () => {
    const bytes = new TextEncoder().encode(
      Array.from({ length: 5000 }, (_, at) => `line ${at * 7919}\n`).join(''),
    );
    const packed = deflateRawSync(bytes);
    const damaged = new Uint8Array(packed);
    // An invalid block type after a byte-aligned flush cannot be decoded by anyone.
    const head = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    const broken = new Uint8Array(Buffer.concat([head, new Uint8Array(50).fill(0xff)]));
    const { output, decoder } = decode(broken, 65536);
    expect(decoder.state).toBe('damaged');
    expect(Buffer.from(output).equals(bytes)).toBe(true);
    expect(inflateRawSync(damaged).length).toBe(bytes.length);
  });
});
