import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { wasm } from 'virtual:inflater';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip, memorySource, useInflater, type ByteReport } from '../../src/core/bytes/index.ts';
import { FileUnpacking } from '../../workers/unpack/unpacking.ts';

useInflater(wasm);

/** What had been said of a file by the time when a byte of it came, by the byte's place; and what it comes to. */
interface Course {
  bytes: Buffer;
  report: ByteReport;
  /** Where something new had been said, and how much then. */
  said: [at: number, count: number][];
}

function courseOf(): Course & { add(chunk: Uint8Array): void } {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const report: ByteReport = { damage: [], notes: [] };
  const said: Course['said'] = [];
  return {
    report,
    said,
    get bytes() {
      return Buffer.concat(chunks);
    },
    add(chunk) {
      const count = report.damage.length + report.notes.length;
      if (count > (said.at(-1)?.[1] ?? 0)) said.push([length, count]);
      chunks.push(chunk.slice());
      length += chunk.length;
    },
  };
}

async function here(file: Uint8Array): Promise<Course> {
  const course = courseOf();
  for await (const chunk of gunzip(memorySource(file), course.report)) course.add(chunk);
  course.add(new Uint8Array(0));
  return course;
}

/** @param ahead how many pieces are asked for at a time */
async function inPieces(file: Uint8Array, piece: number, ahead: number): Promise<Course> {
  const course = courseOf();
  const unpacking = new FileUnpacking(new Blob([file as Uint8Array<ArrayBuffer>]), piece);
  const asked = Array.from({ length: ahead }, () => unpacking.next(null));
  for (let before = 0; ;) {
    const { bytes, read, damage, notes } = await asked.shift()!;
    course.report.damage.push(...damage);
    course.report.notes.push(...notes);
    expect(read).toBeGreaterThanOrEqual(before);
    before = read;
    course.add(bytes ?? new Uint8Array(0));
    if (bytes === null) break;
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThanOrEqual(piece);
    // As it does where it is sent to another thread and back.
    asked.push(unpacking.next(structuredClone(bytes.buffer, { transfer: [bytes.buffer] })));
  }
  for (const { bytes } of await Promise.all(asked)) expect(bytes).toBeNull();
  await unpacking.close();
  return course;
}

const member = fc
  .tuple(fc.integer({ min: 0, max: 600_000 }), fc.nat(25))
  .map(([length, letter]) => gzipSync(Buffer.alloc(length, 97 + letter), { level: 1 }));
const junk = fc.uint8Array({ minLength: 1, maxLength: 40 });

describe('a file that is unpacked in pieces', () => {
  test('gives the same bytes, and what is said of them is said before the same of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 3, arbitrary: member }, junk), { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
        fc.integer({ min: 1000, max: 700_000 }),
        fc.integer({ min: 1, max: 4 }),
        async (parts, changes, piece, ahead) => {
          const file = new Uint8Array(Buffer.concat(parts));
          for (const [at, byte] of changes) file[at % file.length] = byte;
          const whole = await here(file);
          const pieces = await inPieces(file, piece, ahead);
          expect(pieces.bytes.equals(whole.bytes)).toBe(true);
          expect(pieces.report).toEqual(whole.report);
          expect(pieces.said).toEqual(whole.said);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is read no further than it is wanted', async () => {
    const file = gzipSync(randomBytes(24 << 20), { level: 0 });
    const blob = new Blob([file as Uint8Array<ArrayBuffer>]);
    let most = 0;
    const { slice } = blob;
    blob.slice = (from, to = file.length) => {
      most = Math.max(most, to);
      return slice.call(blob, from, to);
    };
    const unpacking = new FileUnpacking(blob, 10_000);
    const { bytes, read } = await unpacking.next(null);
    expect(bytes).toHaveLength(10_000);
    expect(read).toBeLessThanOrEqual(1 << 20);
    await unpacking.close();
    expect(await unpacking.next(null)).toMatchObject({ bytes: null });
    // A window, and the one behind it.
    expect(most).toBeLessThan(18 << 20);
  });
});
