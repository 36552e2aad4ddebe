import { gunzip, type ByteReport } from '../bytes/gzip.ts';
import { InflationBudget, LimitError, MAX_DEPTH, MAX_IN_MEMORY } from '../bytes/limits.ts';
import { SNIFF_BYTES, sniffBytes, type ByteSniff } from '../bytes/sniff.ts';
import { memorySource, readThrough } from '../bytes/source.ts';
import { ByteStream } from '../bytes/stream.ts';
import type { ByteSource } from './sink.ts';
import { decodeUtf16 } from './utf16.ts';

/** A file with its compression and encoding taken off. */
export interface Opened {
  /** What is below: `other` is a text (or an unknown binary); archives and foreign files are left as they are. */
  sniff: ByteSniff;
  stream: ByteStream;
  /** The file itself, if nothing was taken off it: archives want random access. */
  source: ByteSource | null;
}

/**
 * Takes gzip (also twice) and UTF-16 off a file. What comes out is "the decompressed text" that all offsets count
 * in: it depends on the bytes of the file alone.
 */
export async function openText(
  source: ByteSource,
  report: ByteReport,
  budget: InflationBudget,
): Promise<Opened> {
  let layer: ByteSource = source;
  let stream = new ByteStream(readThrough(source));
  let sniff = sniffBytes(await source.read(0, SNIFF_BYTES));
  const bare = sniff.kind !== 'gzip';
  for (let depth = 0; sniff.kind === 'gzip'; depth++) {
    if (depth === MAX_DEPTH) throw new LimitError(`It is compressed more than ${MAX_DEPTH} times over.`);
    if (depth > 0) layer = memorySource(await stream.collect(MAX_IN_MEMORY));
    stream = new ByteStream(spending(gunzip(layer, report), budget));
    sniff = sniffBytes(await stream.peek(SNIFF_BYTES));
  }
  if (sniff.kind === 'utf-16le' || sniff.kind === 'utf-16be') {
    stream = new ByteStream(decodeUtf16(stream, sniff.kind));
    sniff = { ...sniff, kind: 'other' };
  }
  return { sniff, stream, source: bare ? source : null };
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
