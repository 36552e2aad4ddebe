import { inflateSync } from 'fflate';
import type { ByteSource } from '../formats/sink.ts';
import { startDecoding } from './decoding.ts';
import type { ArchiveEntry } from './entry.ts';
import type { ByteReport } from './gzip.ts';
import {
  describeBytes,
  LimitError,
  MAX_DEFLATE_RATIO,
  MAX_ENTRIES,
  MAX_IN_MEMORY,
  type InflationBudget,
} from './limits.ts';
import { checksum, hasInflater } from './inflater.ts';
import { inflateNatively } from './native.ts';
import { isIn, WHOLE } from './share.ts';
import { memorySource, readAhead } from './source.ts';
import { ByteStream, concat } from './stream.ts';
import { readDirectory, type ZipMember } from './zip-directory.ts';
import { dataStart, findLocalMembers, isOther, localMethod } from './zip-local.ts';

const STORED = 0;
const DEFLATED = 8;

/** Other methods that occur, by number (APPNOTE.TXT 4.4.5). */
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'AES encryption',
};

const NOWHERE = 'The archive is damaged: the file is not where the directory says, nor anywhere else.';

/** An entry of which nothing is read yet. */
const EMPTY: Omit<ArchiveEntry, 'path'> = { bytes: new Uint8Array(0), at: -1, damage: [], refusal: '' };

/** Up to this compressed size fflate is faster than setting up a DecompressionStream. */
const SMALL = 2 ** 20;

/**
 * The files in a zip archive (PKWARE APPNOTE.TXT), one after another: stored and deflated, Zip64, written as a stream.
 * When the directory is damaged, cut off or tells wrong places, the files are found by their local headers. Damage to the archive as such
 * goes to the report, damage to a file comes with it.
 *
 * @param share the part of them that is wanted; the first part is all of an archive whose directory is not whole
 */
export async function* readZip(
  file: ByteSource,
  report: ByteReport,
  budget: InflationBudget,
  share = WHOLE,
): AsyncGenerator<ArchiveEntry, void, void> {
  const source = readAhead(file);
  const reader = new MemberReader(source, budget);
  const isShared = share.of > 1 && (await isWhole(readDirectory(source)));
  if (!isShared && share.part > 0) return;
  const directory = readDirectory(source);
  /** Files of other parts. */
  const others = new Set<string>();
  /** Files that are not where the directory says. */
  const astray = new Map<string, ZipMember>();
  for (let index = 0; ; index++) {
    const { done, value } = await directory.next();
    if (done) {
      if (value && astray.size === 0) return;
      break;
    }
    if (value.path.endsWith('/')) continue;
    if (isShared && !isIn(share, index)) {
      others.add(value.path);
      continue;
    }
    const isAstray =
      !reader.knows(value) &&
      ((await dataStart(source, value)) < 0 ||
        (await isOther(source, value)) ||
        (!isRead(value.method) && isRead(await localMethod(source, value))));
    if (isAstray) astray.set(value.path, value);
    else yield await reader.read(value);
  }
  report.damage.push(
    'The directory of the zip archive is missing or damaged; its files were looked for one by one.',
  );
  for await (const member of findLocalMembers(source)) {
    astray.delete(member.path);
    const isOurs = !member.path.endsWith('/') && !others.has(member.path);
    if (isOurs && !reader.knows(member)) yield await reader.read(member);
  }
  for (const { path } of astray.values()) yield { ...EMPTY, path, refusal: NOWHERE };
}

async function isWhole(directory: ReturnType<typeof readDirectory>): Promise<boolean> {
  for (;;) {
    const { done, value } = await directory.next();
    if (done) return value;
  }
}

class MemberReader {
  readonly #source: ByteSource;
  readonly #budget: InflationBudget;
  /** Local headers that were read. Files that share their data are the mark of a zip bomb. */
  readonly #seen = new Set<number>();

  constructor(source: ByteSource, budget: InflationBudget) {
    this.#source = source;
    this.#budget = budget;
  }

  knows(member: ZipMember): boolean {
    return this.#seen.has(member.headerAt);
  }

  async read(member: ZipMember): Promise<ArchiveEntry> {
    const entry: ArchiveEntry = { ...EMPTY, path: member.path };
    const start = await dataStart(this.#source, member);
    entry.refusal = this.#refusal(member, start);
    this.#seen.add(member.headerAt);
    if (this.#seen.size > MAX_ENTRIES) {
      throw new LimitError(
        `It has more than ${MAX_ENTRIES.toLocaleString('en-US')} files; unpack it and add them.`,
      );
    }
    if (entry.refusal !== '') return entry;
    const packed = await this.#source.read(start, start + member.compressed);
    // What a damaged header says of its size may be far from what there is.
    this.#budget.spend(Math.min(member.inflated, packed.length * MAX_DEFLATE_RATIO));
    if (member.method === STORED) {
      entry.bytes = packed;
      entry.at = start;
    } else entry.bytes = await inflate(packed, member);
    entry.damage = damageOf(entry.bytes, packed, member);
    return entry;
  }

  /** Why a member cannot be read, as a sentence; '' when it can. */
  #refusal(member: ZipMember, start: number): string {
    if (member.encrypted) return 'It is encrypted; unpack the archive with its password and add the files.';
    if (!isRead(member.method)) {
      const method = METHODS[member.method] ?? `method ${member.method}`;
      return `It is packed with ${method}, which is not read; unpack the archive and add the files.`;
    }
    if (start < 0) return NOWHERE;
    if (this.knows(member)) return 'The archive lists the same data twice, as decompression bombs do.';
    if (Math.max(member.inflated, member.compressed) > MAX_IN_MEMORY) {
      return `It is larger than ${describeBytes(MAX_IN_MEMORY)}, the limit for a file within an archive; unpack it and add it by itself.`;
    }
    return '';
  }
}

/** Whether a method of packing is one that is read. */
function isRead(method: number): boolean {
  return method === STORED || method === DEFLATED;
}

/** The inflated bytes, as many as there are, and never more than the member's stated size. */
async function inflate(packed: Uint8Array, { inflated }: ZipMember): Promise<Uint8Array> {
  if (hasInflater() || inflated > packed.length * MAX_DEFLATE_RATIO) return inflateUpTo(packed, inflated);
  try {
    if (packed.length <= SMALL) {
      return inflateSync(packed, { out: new Uint8Array(inflated + 1) }).subarray(0, inflated);
    }
    const stream = new ByteStream(inflateNatively(memorySource(packed), 'deflate-raw'));
    return await stream.collect(inflated);
  } catch {
    return inflateUpTo(packed, inflated);
  }
}

/** Decodes up to the damage, and not much further than `limit`. */
function inflateUpTo(packed: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const decoding = startDecoding();
  for (let at = 0; at < packed.length && decoding.state === 'more' && decoding.length <= limit;) {
    const piece = packed.subarray(at, at + decoding.room);
    at += piece.length;
    for (const chunk of decoding.push(piece)) {
      parts.push(chunk.slice());
      if (decoding.length > limit) break;
    }
  }
  decoding.close();
  return concat(parts).subarray(0, limit);
}

function damageOf(bytes: Uint8Array, packed: Uint8Array, member: ZipMember): string[] {
  if (packed.length < member.compressed) return ['The archive is cut off within this file.'];
  if (bytes.length < member.inflated)
    return ['Its compressed data in the archive is damaged; it was read up to there.'];
  if (checksum(bytes) !== member.crc) {
    return [
      'Its checksum (CRC-32) in the archive is wrong; it was read all the same, but it may have been altered.',
    ];
  }
  return [];
}
