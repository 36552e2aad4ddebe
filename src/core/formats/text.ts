import { gunzip, type ByteReport, type Gunzip } from '../bytes/gzip.ts';
import { InflationBudget, LimitError, MAX_DEPTH, MAX_IN_MEMORY } from '../bytes/limits.ts';
import { SNIFF_BYTES, sniffBytes, type ByteSniff } from '../bytes/sniff.ts';
import { memorySource, readThrough } from '../bytes/source.ts';
import { ByteStream } from '../bytes/stream.ts';
import { carriesPayloads, decodePayloads, PAYLOAD_LOOK } from './payloads.ts';
import type { ByteSource } from './sink.ts';
import { decodeUtf16 } from './utf16.ts';

/** A file with its compression and encoding taken off. */
export interface Opened {
  /** What is below: `other` is a text (or an unknown binary); archives and foreign files are left as they are. */
  sniff: ByteSniff;
  stream: ByteStream;
  /** The file itself, when nothing had to be taken off it: some archives want random access. */
  source: ByteSource | null;
}

/** Damage within so many bytes is known before something is refused for what it seems to be. */
const DAMAGE_LOOK = 1 << 20;

/**
 * Takes gzip (also twice), UTF-16 and base64 envelopes off a file. What comes out is "the decompressed text" that all
 * offsets count in: it depends on the bytes of the file alone.
 *
 * @param unpack takes gzip off the file itself
 */
export async function openText(
  source: ByteSource,
  report: ByteReport,
  budget: InflationBudget,
  unpack: Gunzip = gunzip,
): Promise<Opened> {
  let sniff = sniffBytes(await source.read(0, SNIFF_BYTES));
  let stream = new ByteStream(readThrough(source));
  let bare = true;
  const setOn = async (chunks: AsyncGenerator<Uint8Array, void, void>, lasting = false): Promise<void> => {
    bare = false;
    stream = new ByteStream(spending(chunks, budget), lasting);
    sniff = sniffBytes(await stream.peek(SNIFF_BYTES));
  };
  for (let depth = 0; ; depth++) {
    if (depth > MAX_DEPTH) {
      throw new LimitError(`It is packed more than ${MAX_DEPTH} times over; unpack it and add the logs.`);
    }
    if (sniff.kind === 'gzip') {
      await setOn(
        bare ? unpack(source, report) : gunzip(memorySource(await stream.collect(MAX_IN_MEMORY)), report),
      );
    } else if (sniff.kind === 'utf-16le' || sniff.kind === 'utf-16be') {
      await setOn(decodeUtf16(stream, sniff.kind), true);
    } else if (sniff.kind === 'other' && carriesPayloads(await stream.peek(PAYLOAD_LOOK))) {
      report.notes.push('Its payloads in base64 were decoded.');
      await setOn(decodePayloads(stream, report));
    } else {
      // What damage made of a beginning may look like anything: what is behind it is looked at all the same.
      if (sniff.kind === 'unreadable' && !bare) {
        await stream.peek(DAMAGE_LOOK);
        if (report.damage.length > 0) sniff = { ...sniff, kind: 'other' };
      }
      return { sniff, stream, source: bare ? source : null };
    }
  }
}

/** Text that is read at a time where it stands in the file as it is, bytes. */
const CHUNK = 1 << 20;

/** A piece of the text of a log. Its bytes are valid until the next one is asked for. */
export interface TextChunk {
  bytes: Uint8Array;
  /** Where it begins in the text. */
  offset: number;
}

/**
 * The text of a log again, as it was when its records were read: offsets that the sink was given count in it. No limits apply:
 * what was read once may be read again.
 *
 * @param source the log: a file of its own, or `original` of an archive's entry
 * @param from what comes before it need not be given
 */
export async function* textOf(source: ByteSource, from = 0): AsyncGenerator<TextChunk, void, void> {
  const opened = await openText(source, { damage: [], notes: [] }, new InflationBudget(Infinity));
  const { stream } = opened;
  try {
    // Where nothing has to be taken off, nothing before it has to be read.
    if (from > 0 && opened.source !== null) {
      for (let at = from; at < source.size; at += CHUNK) {
        yield { bytes: await source.read(at, Math.min(source.size, at + CHUNK)), offset: at };
      }
      return;
    }
    let offset = 0;
    for (let bytes = await stream.next(); bytes !== null; bytes = await stream.next()) {
      yield { bytes, offset };
      offset += bytes.length;
    }
  } finally {
    await stream.close();
  }
}

async function* spending(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  budget: InflationBudget,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of chunks) {
    budget.spend(chunk.length);
    yield chunk;
  }
}
