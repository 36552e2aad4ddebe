import { inflateSync } from 'fflate';
import type { ByteSource } from '../formats/sink.ts';
import { crc32 } from './crc32.ts';
import { MAX_DEFLATE_RATIO } from './limits.ts';
import { hasInflater } from './inflater.ts';
import { memberHeader, walkMembers } from './members.ts';
import { inflateNatively } from './native.ts';
import { memorySource, readAhead } from './source.ts';

/** What unpacking has to say about the bytes, in words. */
export interface ByteReport {
  /** Something is lost or not to be trusted: the log ends as `partial`. */
  damage: string[];
  /** Worth knowing, nothing is lost. */
  notes: string[];
}

/** `gunzip`, or something that gives the same another way. */
export type Gunzip = (source: ByteSource, report: ByteReport) => AsyncGenerator<Uint8Array, void, void>;

/** Up to this size fflate is faster than setting up a DecompressionStream: seen in Chromium, at 2 to 3 kB both take the same. */
const SMALL = 2 ** 11;
/** Unless it inflates to more than should come in one piece. */
const SMALL_INFLATED = 2 ** 25;

/**
 * Decompresses gzip (RFC 1952): all members, with CRC-32 and length checked. Damage is reported, never thrown:
 * every byte before it is delivered, and reading goes on at the next member. What comes of intact members is the same
 * whichever way it was inflated. A chunk is valid until the next one is asked for.
 *
 * @param given how many bytes another way delivered: they are left out
 */
export async function* gunzip(
  source: ByteSource,
  report: ByteReport,
  given = 0,
): AsyncGenerator<Uint8Array, void, void> {
  if (hasInflater() || given > 0) return yield* walkMembers(readAhead(source), report, given);
  if (source.size <= SMALL) {
    const bytes = await source.read(0, source.size);
    if (statedLength(bytes) <= SMALL_INFLATED) {
      const whole = gunzipWhole(bytes);
      if (whole !== null) yield whole;
      else yield* walkMembers(memorySource(bytes), report);
      return;
    }
  }
  let natively = 0;
  try {
    for await (const chunk of inflateNatively(source, 'gzip')) {
      natively += chunk.length;
      yield chunk;
    }
    const end = await source.read(Math.max(0, source.size - 4), source.size);
    if (statedLength(end) === natively % 2 ** 32) return;
  } catch {
    // Several members, damage or a lost file: the walk below finds out which, and goes on after those bytes.
  }
  yield* walkMembers(readAhead(source), report, natively);
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
