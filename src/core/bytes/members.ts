import type { ByteSource } from '../formats/sink.ts';
import { startDecoding, type Decoding } from './decoding.ts';
import type { ByteReport } from './gzip.ts';
import { count } from './limits.ts';

/** Compressed bytes that are decoded first. */
const FIRST_PIECE = 2 ** 16;
/** A member's header is read within so many bytes: extra field up to 64 kB, a name and a comment. */
const HEADER_BYTES = 2 ** 17;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const RESERVED = 0xe0;

/** Length of the gzip member header that these bytes begin with (RFC 1952 section 2.3), or null. */
export function memberHeader(bytes: Uint8Array): number | null {
  if (bytes.length < FIXED_HEADER_BYTES || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8)
    return null;
  const flags = bytes[3]!;
  if (flags & RESERVED) return null;
  let at = FIXED_HEADER_BYTES;
  if (flags & FEXTRA) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [FNAME, FCOMMENT]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & FHCRC) at += 2;
  return at <= bytes.length ? at : null;
}

/**
 * Decompresses gzip member by member, whatever happens. Damage goes to the report with
 * its place in the compressed file; a broken member gives what it can, and reading resumes at the next one.
 *
 * @param given how many bytes another way delivered
 */
export async function* walkMembers(
  source: ByteSource,
  report: ByteReport,
  given = 0,
): AsyncGenerator<Uint8Array, void, void> {
  let at = 0;
  let members = 0;
  let skip = given;
  while (at < source.size) {
    const header = memberHeader(await source.read(at, at + HEADER_BYTES));
    if (header === null) {
      const next = await findMember(source, at + 1);
      if (members > 0 || next < source.size) await reportGap(source, at, next, report);
      else report.damage.push('The gzip header is damaged.');
      at = next;
      continue;
    }
    members++;
    const member = new MemberReader(source, at + header);
    for await (const chunk of member.chunks()) {
      if (chunk.length > skip) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
    const problem = await member.verdict();
    if (problem === null) {
      at = member.end;
    } else {
      report.damage.push(
        `gzip member ${members}, which begins at byte ${at.toLocaleString('en-US')}: ${problem}`,
      );
      // A damaged name, or damaged data that seems to end, may have been taken to reach into the next member.
      const endsThere = member.intact && (await isMemberEnd(source, member.end));
      at = await resumption(source, at + FIXED_HEADER_BYTES, endsThere ? member.end : Infinity);
    }
  }
  if (members > 1) report.notes.push(`It consists of ${members.toLocaleString('en-US')} gzip members.`);
}

/** One member's data and trailer. */
class MemberReader {
  readonly #source: ByteSource;
  readonly #start: number;
  #state: Decoding['state'] = 'more';
  #consumed = 0;
  #crc = 0;
  #length = 0;

  constructor(source: ByteSource, start: number) {
    this.#source = source;
    this.#start = start;
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    const decoding = startDecoding();
    try {
      // Many a member is small.
      let most = FIRST_PIECE;
      for (let at = this.#start; decoding.state === 'more' && at < this.#source.size;) {
        const piece = await this.#source.read(at, at + Math.min(most, decoding.room));
        if (piece.length === 0) break;
        at += piece.length;
        most = Infinity;
        yield* decoding.push(piece);
      }
    } finally {
      this.#state = decoding.state;
      this.#consumed = decoding.consumed;
      this.#crc = decoding.crc;
      this.#length = decoding.length;
      decoding.close();
    }
  }

  /** Whether the compressed data came to its end. */
  get intact(): boolean {
    return this.#state === 'done';
  }

  /** Where the next member would begin, once this one is read. */
  get end(): number {
    return this.#start + this.#consumed + TRAILER_BYTES;
  }

  /** What is wrong with the member, or null. */
  async verdict(): Promise<string | null> {
    if (this.#state === 'damaged') {
      const place = (this.#start + this.#consumed).toLocaleString('en-US');
      return `the compressed data is damaged at byte ${place}.`;
    }
    if (this.#state === 'more') return `the file is cut off; it ends within the compressed data.`;
    const trailer = await this.#source.read(this.end - TRAILER_BYTES, this.end);
    if (trailer.length < TRAILER_BYTES)
      return 'the file is cut off; the checksum is missing, the data came whole.';
    const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
    if (view.getUint32(0, true) !== this.#crc) {
      return 'the checksum (CRC-32) is wrong; the data was read all the same, but it may have been altered.';
    }
    if (view.getUint32(4, true) !== this.#length % 2 ** 32) {
      return 'the length in the trailer is wrong; the data was read all the same.';
    }
    return null;
  }
}

/** Places within a damaged member that are tried for being the next one. */
const MOST_TRIED = 8;

/**
 * Where reading goes on after a damaged member: at the next one, which it may have swallowed.
 *
 * @param end where it seems to end; what looks like a member before that must be one, whole, to be believed
 */
async function resumption(source: ByteSource, from: number, end: number): Promise<number> {
  let next = await findMember(source, from);
  for (let tried = 0; next < end && next < source.size; tried++) {
    if (end === Infinity || (await isWhole(source, next))) return next;
    if (tried === MOST_TRIED) break;
    next = await findMember(source, next + 1);
  }
  return Math.min(end, source.size);
}

async function isWhole(source: ByteSource, at: number): Promise<boolean> {
  const header = memberHeader(await source.read(at, at + HEADER_BYTES));
  if (header === null) return false;
  const member = new MemberReader(source, at + header);
  for await (const _ of member.chunks());
  return (await member.verdict()) === null;
}

/** Whether a member may end at `at`: the file does, or the next member begins. */
async function isMemberEnd(source: ByteSource, at: number): Promise<boolean> {
  return at >= source.size || memberHeader(await source.read(at, at + HEADER_BYTES)) !== null;
}

/** The next place at or after `from` that looks like a member's header; the size of the source if none does. */
async function findMember(source: ByteSource, from: number): Promise<number> {
  for (let base = from; base < source.size; base += HEADER_BYTES) {
    const window = await source.read(base, base + HEADER_BYTES + FIXED_HEADER_BYTES);
    for (let at = window.indexOf(0x1f); at >= 0 && at < HEADER_BYTES; at = window.indexOf(0x1f, at + 1)) {
      if (looksLikeMember(window, at)) return base + at;
    }
  }
  return source.size;
}

/** Stricter than RFC 1952: compressed data can hold the three magic bytes by chance. */
function looksLikeMember(bytes: Uint8Array, at: number): boolean {
  const extraFlags = bytes[at + 8];
  const system = bytes[at + 9] ?? 256;
  return (
    bytes[at + 1] === 0x8b &&
    bytes[at + 2] === 8 &&
    (bytes[at + 3]! & RESERVED) === 0 &&
    (extraFlags === 0 || extraFlags === 2 || extraFlags === 4) &&
    (system <= 13 || system === 255)
  );
}

/** Bytes between members or after the last one. Zeros are padding (tar, block devices) and no matter. */
async function reportGap(source: ByteSource, from: number, to: number, report: ByteReport): Promise<void> {
  let zeros = true;
  for (let at = from; zeros && at < to; at += HEADER_BYTES) {
    zeros = (await source.read(at, Math.min(at + HEADER_BYTES, to))).every((byte) => byte === 0);
  }
  if (zeros) return;
  const place = `${count(to - from, 'byte')} that ${to - from === 1 ? 'is' : 'are'} not gzip`;
  if (to === source.size) report.notes.push(`${place} after the end of the compressed data were left out.`);
  else
    report.damage.push(`${place} at byte ${from.toLocaleString('en-US')}, between members, were left out.`);
}
