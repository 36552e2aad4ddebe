import { inflateSync } from 'fflate';
import type { ByteSource } from '../formats/sink.ts';
import { crc32 } from './crc32.ts';
import { MAX_DEFLATE_RATIO } from './limits.ts';
import { DONE, giveBack, NEEDS_INPUT, NEEDS_ROOM, takeInflater, type Inflater } from './inflater.ts';
import { HEADER_BYTES, memberHeader, TRAILER_BYTES, walkMembers } from './members.ts';
import { inflateNatively } from './native.ts';
import { memorySource, readAhead } from './source.ts';

/** What unpacking has to say about the bytes, in words. */
export interface ByteReport {
  /** Something is lost or not to be trusted: the log ends as `partial`. */
  damage: string[];
  /** Worth knowing, nothing is lost. */
  notes: string[];
}

/** Up to this size fflate is faster than setting up a DecompressionStream: seen in Chromium, at 2 to 3 kB both take the same. */
const SMALL = 2 ** 11;
/** Unless it inflates to more than should come in one piece. */
const SMALL_INFLATED = 2 ** 25;

/**
 * Decompresses gzip (RFC 1952): all members, with CRC-32 and length checked. Damage is reported, never thrown:
 * every byte before it is delivered, and reading goes on at the next member. What comes out is the same
 * whichever way it was inflated. A chunk is valid until the next one is asked for.
 */
export async function* gunzip(
  source: ByteSource,
  report: ByteReport,
): AsyncGenerator<Uint8Array, void, void> {
  const inflater = takeInflater();
  if (inflater !== null) {
    const reached: Reached = { at: 0, members: 0, given: 0 };
    try {
      yield* inflateMembers(source, inflater, reached);
    } finally {
      giveBack(inflater);
    }
    yield* rest(source, report, reached);
    return;
  }
  if (source.size <= SMALL) {
    const bytes = await source.read(0, source.size);
    if (statedLength(bytes) <= SMALL_INFLATED) {
      const whole = gunzipWhole(bytes);
      if (whole !== null) yield whole;
      else yield* walkMembers(memorySource(bytes), report);
      return;
    }
  }
  let given = 0;
  try {
    for await (const chunk of inflateNatively(source, 'gzip')) {
      given += chunk.length;
      yield chunk;
    }
    const end = await source.read(Math.max(0, source.size - 4), source.size);
    if (statedLength(end) === given % 2 ** 32) return;
  } catch {
    // Several members, damage or a lost file: the walk below finds out which, and goes on after `given` bytes.
  }
  yield* rest(source, report, { at: 0, members: 0, given });
}

/** How far a quick way came. */
interface Reached {
  /** Where the member begins that it did not come to the end of, or the end of the file. */
  at: number;
  /** Members before that. */
  members: number;
  /** Bytes of that member that were delivered. */
  given: number;
}

/** What the quick ways leave. */
async function* rest(
  source: ByteSource,
  report: ByteReport,
  reached: Reached,
): AsyncGenerator<Uint8Array, void, void> {
  let skip = reached.given;
  for await (const chunk of walkMembers(readAhead(source), report, reached)) {
    if (chunk.length > skip) yield chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

/** Input that is taken in at first: many a file, and many a member, has no more. */
const FIRST_PIECE = 2 ** 14;

/** Inflates intact members one after another, and ends before the first thing that is none. */
async function* inflateMembers(
  source: ByteSource,
  inflater: Inflater,
  reached: Reached,
): AsyncGenerator<Uint8Array, void, void> {
  while (reached.at < source.size) {
    const start = await source.read(reached.at, reached.at + FIRST_PIECE);
    const header =
      memberHeader(start) ?? memberHeader(await source.read(reached.at, reached.at + HEADER_BYTES));
    if (header === null) return;
    let at = reached.at + header;
    inflater.begin();
    for (let outcome = NEEDS_INPUT; outcome !== DONE;) {
      if (outcome === NEEDS_INPUT) {
        const piece =
          at < reached.at + start.length
            ? start.subarray(at - reached.at)
            : await source.read(at, Math.min(at + inflater.room, source.size));
        if (piece.length === 0) return;
        inflater.add(piece);
        at += piece.length;
      } else if (outcome !== NEEDS_ROOM) return;
      outcome = inflater.run();
      const chunk = inflater.output();
      reached.given += chunk.length;
      if (chunk.length > 0) yield chunk;
    }
    const end = at - inflater.unused;
    const trailer = await source.read(end, end + TRAILER_BYTES);
    if (!isTrailer(trailer, inflater)) return;
    Object.assign(reached, { at: end + TRAILER_BYTES, members: reached.members + 1, given: 0 });
  }
}

/** Whether a member's trailer says what came of it. */
function isTrailer(bytes: Uint8Array, { crc, length }: { crc: number; length: number }): boolean {
  if (bytes.length < TRAILER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
  return view.getUint32(0, true) === crc && view.getUint32(4, true) === length % 2 ** 32;
}

/** What the last four bytes say the length of the last member is (modulo 2^32). */
function statedLength(bytes: Uint8Array): number {
  if (bytes.length < 4) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/** A file of exactly one intact member and nothing else, or null. */
function gunzipWhole(bytes: Uint8Array): Uint8Array | null {
  const header = memberHeader(bytes);
  const trailer = bytes.length - 8;
  if (header === null || header > trailer) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + trailer, 8);
  const length = view.getUint32(4, true);
  if (length > (trailer - header) * MAX_DEFLATE_RATIO) return null;
  try {
    // One byte more than promised: fflate stops without a word when the output is full.
    const whole = inflateSync(bytes.subarray(header, trailer), { out: new Uint8Array(length + 1) });
    return whole.length === length && crc32(whole) === view.getUint32(0, true) ? whole : null;
  } catch {
    return null;
  }
}
