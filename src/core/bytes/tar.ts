import { tidyPath, type ArchiveEntry } from './entry.ts';
import type { ByteReport } from './gzip.ts';
import { describeBytes, LimitError, MAX_ENTRIES, MAX_IN_MEMORY } from './limits.ts';
import { isTarHeader } from './sniff.ts';
import { isIn, WHOLE } from './share.ts';
import { concat, type ByteStream } from './stream.ts';

/** Everything in a tar is in blocks of so many bytes (POSIX.1-1988 ustar). */
const BLOCK = 512;
/** Longest pax header or GNU long name that is read. */
const MAX_META = 2 ** 20;

const TEXT = new TextDecoder();

/**
 * The files in a tar archive, one after another: ustar, pax headers and GNU long names. Damage to the archive goes to
 * the report; reading resumes at the next header.
 *
 * @param share the part of them that is wanted
 */
export async function* readTar(
  stream: ByteStream,
  report: ByteReport,
  share = WHOLE,
): AsyncGenerator<ArchiveEntry, void, void> {
  const blocks = new BlockReader(stream);
  /** What an extended header says about the next entry. */
  let ahead: { path?: string; size?: number } = {};
  let lost = false;
  let entries = 0;
  for (let header = await blocks.take(BLOCK); header.length === BLOCK; header = await blocks.take(BLOCK)) {
    if (!isTarHeader(header)) {
      // Zero blocks end an archive, and stand between archives put after one another.
      if (!lost && header.some((byte) => byte !== 0)) {
        lost = true;
        report.damage.push(
          `A header of the tar archive is damaged (byte ${(blocks.at - BLOCK).toLocaleString('en-US')}).`,
        );
      }
      continue;
    }
    lost = false;
    const type = String.fromCharCode(header[156]!);
    const size = ahead.size ?? numberAt(header, 124, 12);
    if (type === 'x' || type === 'L') {
      const meta = await blocks.content(Math.min(size, MAX_META), size);
      if (type === 'L') ahead.path = textAt(meta, 0, meta.length);
      else ahead = { ...ahead, ...paxOf(meta) };
      continue;
    }
    if (++entries > MAX_ENTRIES) {
      throw new LimitError(
        `It has more than ${MAX_ENTRIES.toLocaleString('en-US')} files; unpack it and add them.`,
      );
    }
    const path = tidyPath(ahead.path ?? pathOf(header));
    ahead = {};
    const isFile = type === '0' || type === '\0' || type === '7' || type === 'S';
    const isWanted = isFile && isIn(share, entries - 1);
    const refusal = !isWanted ? 'skip' : refusalOf(type, size);
    const { at } = blocks;
    const bytes = await blocks.content(refusal === '' ? size : 0, size);
    if (isWanted && !path.endsWith('/')) {
      const cut = refusal === '' && bytes.length < size;
      yield { path, bytes, at, damage: cut ? ['The archive is cut off within this file.'] : [], refusal };
    }
  }
  if (blocks.missing > 0) report.damage.push('The tar archive is cut off.');
}

function refusalOf(type: string, size: number): string {
  if (type === 'S')
    return 'It is stored as a sparse file, which is not read; unpack the archive and add the file.';
  if (size > MAX_IN_MEMORY) {
    return `It is larger than ${describeBytes(MAX_IN_MEMORY)}, the limit for a file within an archive; unpack it and add it by itself.`;
  }
  return '';
}

/** Takes exact numbers of bytes off a stream. */
class BlockReader {
  /** Bytes taken so far. */
  at = 0;
  /** Bytes asked for that were not there. */
  missing = 0;
  readonly #stream: ByteStream;
  #chunk = new Uint8Array(0) as Uint8Array;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** `length` bytes, fewer at the end of the stream; a rest of less than a header there is no matter. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.#consume(length, (part) => parts.push(this.#stream.keep(part)));
    return concat(parts);
  }

  /** The first `wanted` bytes of an entry's content of `size`; goes past all of it and its padding. */
  async content(wanted: number, size: number): Promise<Uint8Array> {
    const bytes = await this.take(wanted);
    this.missing += wanted - bytes.length;
    const left = await this.#consume(size - wanted, () => undefined);
    this.missing += left;
    await this.#consume((BLOCK - (size % BLOCK)) % BLOCK, () => undefined);
    return bytes;
  }

  /** @returns how many of the bytes were not there */
  async #consume(length: number, use: (part: Uint8Array) => unknown): Promise<number> {
    let left = length;
    while (left > 0) {
      if (this.#chunk.length === 0) {
        const chunk = await this.#stream.next();
        if (chunk === null) break;
        this.#chunk = chunk;
      }
      const part = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(part.length);
      this.at += part.length;
      left -= part.length;
      use(part);
    }
    return left;
  }
}

/** Name and prefix of a ustar header. GNU's own format has other things where the prefix is. */
function pathOf(header: Uint8Array): string {
  const name = textAt(header, 0, 100);
  const isUstar = textAt(header, 257, 6) === 'ustar';
  const prefix = isUstar ? textAt(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The records of a pax extended header: `LENGTH KEY=VALUE\n`. */
function paxOf(meta: Uint8Array): { path?: string; size?: number } {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < meta.length;) {
    const space = meta.indexOf(0x20, at);
    const length = space < 0 ? 0 : Number(TEXT.decode(meta.subarray(at, space)));
    if (!(length > 0)) break;
    const [, key, value] =
      /^([^=]*)=([^]*)\n$/.exec(TEXT.decode(meta.subarray(space + 1, at + length))) ?? [];
    if (key === 'path') found.path = value!;
    if (key === 'size' && /^\d+$/.test(value!)) found.size = Number(value);
    at += length;
  }
  return found;
}

/** A number in octal digits, or in base 256 when the first bit is set (GNU, for sizes over 8 GB). */
function numberAt(header: Uint8Array, at: number, length: number): number {
  if (header[at]! & 0x80) {
    let value = header[at]! & 0x7f;
    for (let index = 1; index < length; index++) value = value * 256 + header[at + index]!;
    return value;
  }
  return parseInt(textAt(header, at, length).trim(), 8) || 0;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return TEXT.decode(end < 0 ? field : field.subarray(0, end));
}
