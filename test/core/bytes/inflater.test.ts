/** Holds the inflater in WebAssembly against zlib: what it gives, where it ends, and what it takes for damage. */
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DONE, giveBack, NEEDS_INPUT, NEEDS_ROOM, takeInflater } from '../../../src/core/bytes/inflater.ts';

interface Inflated {
  text: Buffer;
  state: 'done' | 'cut off' | 'damaged';
  /** Bytes of the input that were used. */
  used: number;
}

/** @param piece bytes of input that are given at a time */
function inflate(input: Uint8Array, piece: number): Inflated {
  const inflater = takeInflater()!;
  inflater.begin();
  const parts: Uint8Array[] = [];
  let at = 0;
  let outcome = NEEDS_INPUT;
  let isCut = false;
  while (outcome === NEEDS_INPUT || outcome === NEEDS_ROOM) {
    if (outcome === NEEDS_INPUT) {
      const next = input.subarray(at, at + Math.min(piece, inflater.room));
      isCut = next.length === 0;
      if (isCut) break;
      inflater.add(next);
      at += next.length;
    }
    outcome = inflater.run();
    parts.push(inflater.output().slice());
  }
  const text = Buffer.concat(parts);
  expect(inflater.crc).toBe(crc32(text));
  expect(inflater.length).toBe(text.length);
  const used = at - inflater.unused;
  giveBack(inflater);
  return { text, state: isCut ? 'cut off' : outcome === DONE ? 'done' : 'damaged', used };
}

/** What zlib makes of the same: all that comes before a cut or damage. */
function zlibs(input: Uint8Array): Inflated['state'] {
  try {
    inflateRawSync(input);
    return 'done';
  } catch (error) {
    return (error as { code?: string }).code === 'Z_BUF_ERROR' ? 'cut off' : 'damaged';
  }
}

const bytes = fc.oneof(
  fc
    .array(fc.oneof(fc.constant('{"eventVersion":"1.08",'), fc.string({ maxLength: 30 })), { maxLength: 300 })
    .map((parts) => new TextEncoder().encode(parts.join(''))),
  // Matches of every distance and length, and long codes.
  fc
    .tuple(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(300), fc.nat(3000)), { maxLength: 200 }),
    )
    .map(([first, copies]) => {
      const out = [...first];
      for (const [length, back] of copies) {
        const from = Math.max(0, out.length - 1 - back);
        for (let i = 0; i < length; i++) out.push(out[from + i]!);
        out.push(length & 0xff);
      }
      return new Uint8Array(out);
    }),
  fc.uint8Array({ maxLength: 2000 }),
);
const options = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
  ),
  memLevel: fc.constantFrom(1, 8),
});
const piece = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity));

describe('gives what zlib gives', () => {
  test('of whole streams, in pieces of any size and with anything behind', () => {
    fc.assert(
      fc.property(bytes, options, piece, fc.uint8Array({ maxLength: 30 }), (plain, how, size, behind) => {
        const packed = deflateRawSync(plain, how);
        const { text, state, used } = inflate(new Uint8Array(Buffer.concat([packed, behind])), size);
        expect(text.equals(plain)).toBe(true);
        expect({ state, used }).toEqual({ state: 'done', used: packed.length });
      }),
      { numRuns: 1000 },
    );
  });

  test('of streams that are cut off', () => {
    fc.assert(
      fc.property(
        bytes,
        options,
        piece,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (plain, how, size, part) => {
          const packed = deflateRawSync(plain, how);
          const cut = packed.subarray(0, Math.floor(packed.length * part));
          const { text, state } = inflate(cut, size);
          expect(state).toBe('cut off');
          const expected =
            cut.length === 0 ? cut : inflateRawSync(cut, { finishFlush: constants.Z_SYNC_FLUSH });
          expect(text.equals(expected)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('of damaged streams, and finds damage where zlib does', () => {
    const changes = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(bytes, options, piece, changes, (plain, how, size, wounds) => {
        const packed = deflateRawSync(plain, how);
        for (const [where, byte] of wounds)
          packed[Math.min(packed.length - 1, Math.floor(where * packed.length))] = byte;
        const { text, state } = inflate(packed, size);
        expect(state).toBe(zlibs(packed));
        if (state === 'done') expect(text.equals(inflateRawSync(packed))).toBe(true);
      }),
      {
        numRuns: 3000,
        // A code of code lengths with nothing in it.
        examples: [[Uint8Array.of(0, 50), { level: 1, strategy: 0, memLevel: 1 }, 1, [[0, 44]]]],
      },
    );
  });

  test('of bytes that never were deflate', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), piece, (noise, size) => {
        const { text, state } = inflate(noise, size);
        expect(state).toBe(zlibs(noise));
        if (state === 'done') expect(text.equals(inflateRawSync(noise))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('of more than its memory holds', () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i * 7919} ${'x'.repeat(i % 300)}\n`).join('');
    const plain = Buffer.from(lines);
    for (const level of [0, 1, 9]) {
      const { text, state } = inflate(deflateRawSync(plain, { level }), Infinity);
      expect(text.equals(plain)).toBe(true);
      expect(state).toBe('done');
    }
  });
});
