import { gzipSync } from 'node:zlib';
import { wasm } from 'virtual:inflater';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip, memorySource, useInflater, type ByteReport } from '../../../src/core/bytes/index.ts';

interface Result extends ByteReport {
  text: string;
  bytes: number;
}

/** What does not compile, as where there is no WebAssembly. */
const NO_WASM = '';

/** What comes out: what is said of it, and what comes of intact members, is the same whichever way it is inflated. */
async function unpack(...parts: readonly Uint8Array[]): Promise<Result> {
  const bytes = new Uint8Array(Buffer.concat(parts));
  useInflater(NO_WASM);
  const other = await unpackOneWay(bytes);
  useInflater(wasm);
  const result = await unpackOneWay(bytes);
  if (result.damage.length === 0) expect(other).toEqual(result);
  else expect(other.damage.length).toBeGreaterThan(0);
  return result;
}

async function unpackOneWay(bytes: Uint8Array): Promise<Result> {
  const report: ByteReport = { damage: [], notes: [] };
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzip(memorySource(bytes), report)) chunks.push(chunk.slice());
  const whole = Buffer.concat(chunks);
  return { ...report, text: whole.toString('latin1'), bytes: whole.length };
}

const pack = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

/** A header with every optional field (RFC 1952): extra, name, comment, header CRC. */
function withLongHeader(packed: Uint8Array): Uint8Array {
  const fields = Buffer.from('\x04\x00abcdname\0comment\0\x00\x00', 'latin1');
  const header = Buffer.from(packed.subarray(0, 10));
  header[3] = 2 | 4 | 8 | 16;
  return new Uint8Array(Buffer.concat([header, fields, packed.subarray(10)]));
}

/** Incompressible text: its gzip is beyond the size up to which fflate is used. */
function largeText(seed: number): string {
  let state = seed;
  const words = Array.from({ length: 400_000 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state.toString(36);
  });
  return words.join(',');
}

describe('small inputs', () => {
  test('one member, with and without optional header fields', async () => {
    expect(await unpack(pack('one'))).toEqual({ text: 'one', bytes: 3, damage: [], notes: [] });
    expect(await unpack(withLongHeader(pack('one')))).toMatchObject({ text: 'one', damage: [] });
    expect(await unpack(pack(''))).toMatchObject({ text: '', damage: [] });
  });

  test('several members', async () => {
    expect(await unpack(pack('one'), withLongHeader(pack('two')), pack(''), pack('three'))).toEqual({
      text: 'onetwothree',
      bytes: 11,
      damage: [],
      notes: ['It consists of 4 gzip members.'],
    });
  });

  test('zeros behind are no matter, anything else is noted', async () => {
    expect(await unpack(pack('one'), new Uint8Array(500))).toMatchObject({
      text: 'one',
      damage: [],
      notes: [],
    });
    const junk = await unpack(pack('one'), new Uint8Array([1, 2, 3]));
    expect(junk).toMatchObject({ text: 'one', damage: [], notes: [expect.stringContaining('3 bytes')] });
  });

  test('a wrong checksum or length is damage, and the data is kept', async () => {
    const packed = pack('one');
    packed[packed.length - 8]! ^= 1;
    expect(await unpack(packed)).toMatchObject({ text: 'one', damage: [expect.stringContaining('CRC-32')] });
    const other = pack('one');
    other[other.length - 1]! ^= 1;
    expect(await unpack(other)).toMatchObject({ text: 'one', damage: [expect.stringContaining('length')] });
  });

  test('a missing trailer is damage, and the data is kept', async () => {
    const packed = pack('one');
    for (let cut = 1; cut <= 8; cut++) {
      const result = await unpack(packed.subarray(0, packed.length - cut));
      expect(result).toMatchObject({ text: 'one', damage: [expect.stringContaining('cut off')] });
    }
  });

  test('reading resumes at the member behind damage', async () => {
    const broken = pack('abc'.repeat(1000)).slice();
    broken.fill(0xff, 12, 20);
    const result = await unpack(pack('one'), broken, pack('three'));
    expect(result.text.startsWith('one')).toBe(true);
    expect(result.text.endsWith('three')).toBe(true);
    expect(result.damage).toHaveLength(1);
    expect(result.damage[0]).toContain('gzip member 2');
  });

  test('a member cut off by the next one', async () => {
    const text = largeText(1).slice(0, 5000);
    const cut = pack(text).subarray(0, 1500);
    const result = await unpack(cut, pack('two'));
    expect(result.text.endsWith('two')).toBe(true);
    const before = result.text.slice(0, 1500);
    expect(text.startsWith(before.slice(0, 1000))).toBe(true);
  });

  test('a header that does not end', async () => {
    const endless = pack('one');
    endless[3] = 8;
    endless.fill(0x61, 10);
    expect((await unpack(endless)).damage).toHaveLength(1);
    expect(await unpack(endless, pack('two'))).toMatchObject({ text: 'two', damage: [expect.anything()] });
  });

  test('junk between members is damage', async () => {
    const result = await unpack(pack('one'), new TextEncoder().encode('junk'), pack('two'));
    expect(result).toMatchObject({ text: 'onetwo', damage: [expect.stringContaining('4 bytes')] });
  });
});

describe('large inputs', () => {
  const text = largeText(42);
  const packed = pack(text);

  test('one member goes the native way', async () => {
    expect(packed.length).toBeGreaterThan(2 ** 20);
    const result = await unpack(packed);
    expect(result.text === text).toBe(true);
    expect(result).toMatchObject({ damage: [], notes: [] });
  });

  test.each([
    ['two members', [packed, pack('end')], `${text}end`, 0],
    ['zeros behind', [packed, new Uint8Array(512)], text, 0],
    ['junk behind', [packed, new Uint8Array([9])], text, 0],
    ['no trailer', [packed.subarray(0, packed.length - 8)], text, 1],
  ] as const)('%s come to the same by both ways', async (_name, parts, expected, damages) => {
    const result = await unpack(...parts);
    expect(result.text === expected).toBe(true);
    expect(result.damage).toHaveLength(damages);
  });

  test('cut off in the middle: all there is of it', async () => {
    const result = await unpack(packed.subarray(0, packed.length >> 1));
    expect(result.bytes).toBeGreaterThan(text.length * 0.45);
    expect(text.startsWith(result.text)).toBe(true);
    expect(result.damage).toEqual([expect.stringContaining('cut off')]);
  });

  test('a wrong checksum: every byte is delivered once', async () => {
    const wrong = packed.slice();
    wrong[wrong.length - 6]! ^= 0x80;
    const result = await unpack(wrong);
    expect(result.text === text).toBe(true);
    expect(result.damage).toEqual([expect.stringContaining('CRC-32')]);
  });
});

test('a damaged member that swallows the next one to the end of the file does not cost it', async () => {
  const next = pack('the next member');
  const swallowed = Buffer.concat([Buffer.from('of the first member'), next]);
  // One stored block, the last, whose length reaches over what follows; there is no trailer (RFC 1951, 3.2.4).
  const length = Buffer.alloc(4);
  length.writeUInt16LE(swallowed.length, 0);
  length.writeUInt16LE(swallowed.length ^ 0xffff, 2);
  const result = await unpack(pack('').subarray(0, 10), Buffer.of(1), length, swallowed);
  expect(result.text.endsWith('the next member')).toBe(true);
  expect(result.damage).toEqual([expect.stringMatching(/^gzip member 1/)]);
});

test('no mutation makes it throw, hang, or lose what stands before it', async () => {
  const text = largeText(7).slice(0, 3000);
  const first = gzipSync(text.slice(0, 1000));
  const file = Buffer.concat([first, pack(text.slice(1000))]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      fc.nat(file.length),
      async (changes, end) => {
        const mutant = new Uint8Array(file);
        for (const [at, byte] of changes) mutant[at] = byte;
        const kept = mutant.subarray(0, end);
        const result = await unpack(kept);
        const intact = Math.min(end, ...changes.filter(([at, byte]) => file[at] !== byte).map(([at]) => at));
        // The first member is stored in about as many bytes as it has characters of information.
        if (intact > 1000) expect(result.text.startsWith(text.slice(0, 900))).toBe(true);
        // Cut off between its members, it is a whole file of the first: there is nothing to say of it.
        const whole = end === 0 || result.text === text || first.equals(kept);
        if (!whole) expect([...result.damage, ...result.notes]).not.toEqual([]);
      },
    ),
    { numRuns: 150, examples: [[[[0, 0x1f]], first.length]] },
  );
});
