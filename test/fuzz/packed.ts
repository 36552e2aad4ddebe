/** gzip, zip and tar, damaged in one part: the records of all other parts are found. */
import { gzipSync, inflateRawSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { makeTar, makeZip } from '../core/bytes/archives.ts';
import { collect, jsonOf } from '../core/formats/collect.ts';
import { event } from '../core/formats/events.ts';
import { damage, wounds, type Wound } from './damage.ts';
import { arranged, missing } from './json.ts';

/** Some records, as lines. */
const lines = fc
  .tuple(fc.nat(1000), fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 6 }))
  .map(([from, values]) => values.map((value, i) => JSON.stringify(event(from * 10 + i, value))));
const parts = fc.array(lines, { minLength: 2, maxLength: 5 });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

/** Records that must be there although part `broken` is not. */
function others(all: readonly string[][], broken: number): string[] {
  return all.filter((_, part) => part !== broken).flat();
}

async function finds(bytes: Uint8Array, name: string, expected: readonly string[]): Promise<void> {
  const found = jsonOf(await collect(bytes, name));
  const lost = missing(expected, found);
  if (lost.length > 0) {
    throw new Error(`Lost ${lost.length} of ${expected.length} in ${Buffer.from(bytes).toString('base64')}`);
  }
}

/**
 * A file is recognised by its first bytes: without them it may be anything. (gzip: its header and what says how the
 * first block is packed. Damage there may make it say that its data are another gzip file.)
 */
const HEAD = 16;

/** Damages one piece and puts all together again. */
function hurt(pieces: readonly Uint8Array[], broken: number, some: readonly Wound[]): Uint8Array {
  const from = broken === 0 ? HEAD : 0;
  return join(pieces.map((piece, part) => (part === broken ? damage(piece, some, from).bytes : piece)));
}

/** Members end with a line each, so that nothing of a record is in another member. */
export const damagedGzip = fc.asyncProperty(parts, share, wounds, async (all, where, some) => {
  const broken = Math.floor(where * all.length);
  const members = all.map((records) => new Uint8Array(gzipSync(`${records.join('\n')}\n`)));
  await finds(hurt(members, broken, some), 'log.json.gz', others(all, broken));
});

/** A file that was cut off gives what an inflater that stops at the cut gives. */
export const cutGzip = fc.asyncProperty(arranged, share, async ({ text, records }, where) => {
  const whole = new Uint8Array(gzipSync(text));
  const cut = whole.subarray(0, Math.floor(where * whole.length));
  const readable =
    cut.length <= 10 ? 0 : inflateRawSync(cut.subarray(10), { finishFlush: constants.Z_SYNC_FLUSH }).length;
  await finds(
    cut,
    'log.json.gz',
    records.filter(({ to }) => to <= readable).map(({ json }) => json),
  );
});

/** The bytes that an entry adds to an archive: what is in the archive of it and not in one without it. */
export const damagedZip = fc.asyncProperty(
  parts,
  share,
  wounds,
  fc.boolean(),
  fc.boolean(),
  async (all, where, some, stored, directory) => {
    const broken = Math.floor(where * all.length);
    const files = all.map((records, i) => ({ name: `${i}.json`, data: encode(records.join('\n')), stored }));
    const zip = makeZip(files, { directory });
    // Local headers and data lie one after another, in order; the directory follows.
    const start = makeZip(files.slice(0, broken), { directory: false }).length;
    const end = makeZip(files.slice(0, broken + 1), { directory: false }).length;
    await finds(damage(zip, some, Math.max(HEAD, start), end).bytes, 'logs.zip', others(all, broken));
  },
);

/** The directory is a convenience: everything is found without it. */
export const damagedZipDirectory = fc.asyncProperty(parts, wounds, async (all, some) => {
  const files = all.map((records, i) => ({ name: `${i}.json`, data: encode(records.join('\n')) }));
  const zip = makeZip(files);
  const start = makeZip(files, { directory: false }).length;
  await finds(damage(zip, some, start).bytes, 'logs.zip', all.flat());
});

function overwrite(bytes: Uint8Array, some: readonly Wound[], from: number, to: number): Uint8Array {
  const copy = bytes.slice();
  for (const { at, insert } of some) {
    const start = from + Math.floor(at * (to - from));
    copy.set(insert.subarray(0, to - start), start);
  }
  return copy;
}

/** The first header, by which a tar archive is recognised. */
const BLOCK = 512;

/** Headers and bodies of a tar archive stand at multiples of 512 bytes; damage that keeps its length keeps that. */
export const damagedTar = fc.asyncProperty(parts, share, wounds, async (all, where, some) => {
  const broken = Math.floor(where * all.length);
  const files = all.map((records, i) => ({ name: `${i}.json`, data: encode(records.join('\n')) }));
  const tar = makeTar(files);
  // Two blocks of zeros end it.
  const start = makeTar(files.slice(0, broken)).length - 1024;
  const end = makeTar(files.slice(0, broken + 1)).length - 1024;
  await finds(overwrite(tar, some, Math.max(BLOCK, start), end), 'logs.tar', others(all, broken));
});
