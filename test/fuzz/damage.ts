/** Damage to bytes, and which parts of them it leaves alone. */
import fc from 'fast-check';

/** What happens at one place: some bytes go, others come. */
export interface Wound {
  /** Where, as a share of what may be damaged. */
  at: number;
  remove: number;
  insert: Uint8Array;
}

/** Bytes that formats are made of: what damage is most likely to be mistaken for. */
const telling = fc.constantFrom(
  ...'{}[]",:\\\n\r \0'.split('').map((char) => char.charCodeAt(0)),
  0x1f,
  0x8b,
  0x50,
  0x4b,
);
const byte = fc.oneof(telling, fc.integer({ min: 0, max: 255 }));
const insert = fc.array(byte, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes));

export const wound: fc.Arbitrary<Wound> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 900 })),
  insert,
});
export const wounds = fc.array(wound, { minLength: 1, maxLength: 4 });

export interface Damaged {
  bytes: Uint8Array;
  /** Whether nothing of these bytes of the original, nor the ones right beside them, was touched. */
  spared(from: number, to: number): boolean;
}

/** Damages `bytes[from..to)`. */
export function damage(bytes: Uint8Array, some: readonly Wound[], from = 0, to = bytes.length): Damaged {
  const places = some
    .map(({ at, remove, insert }) => ({ start: from + Math.floor(at * (to - from)), remove, insert }))
    .sort((a, b) => a.start - b.start);
  const parts: Uint8Array[] = [];
  const touched: [number, number][] = [];
  let done = 0;
  for (const { start, remove, insert } of places) {
    const begin = Math.max(done, start);
    const end = Math.min(to, Math.max(begin, start + remove));
    parts.push(bytes.subarray(done, begin), insert);
    touched.push([begin, end]);
    done = end;
  }
  parts.push(bytes.subarray(done));
  return {
    bytes: new Uint8Array(Buffer.concat(parts)),
    spared: (first, last) => touched.every(([begin, end]) => end < first || begin > last),
  };
}
