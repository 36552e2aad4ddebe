import { InflationBudget, LimitError, MAX_LOG_BYTES, describeBytes } from '../bytes/limits.ts';
import { countingSource } from '../bytes/source.ts';
import { TextBuffer } from './buffer.ts';
import { Cancelled, Journal, Refusal } from './journal.ts';
import { JsonReader } from './json/reader.ts';
import type { ByteSource, LogEntry, LogVisitor, RecordSink } from './sink.ts';
import { openText, type Opened } from './text.ts';

export interface ReadOptions {
  /** Longest piece of text that is looked at at once, in bytes. What is read does not depend on it. */
  chunkSize?: number;
}

/**
 * Reads one file given to Trailsift: takes off compression, goes into archives, recognises the form, and hands every
 * record to the visitor's sinks. Expected trouble (damage, foreign files, limits) ends up in the outcomes; what is
 * thrown comes from the visitor itself.
 *
 * @param path as dropped; entries of archives add theirs
 */
export async function readFile(
  source: ByteSource,
  path: string,
  visitor: LogVisitor,
  options: ReadOptions = {},
): Promise<void> {
  const budget = new InflationBudget(source.size);
  const counted = countingSource(source, (bytes) => visitor.progress(bytes));
  const entry: LogEntry = { path, size: source.size, original: null };
  await readLog(counted, entry, visitor, budget, options);
}

async function readLog(
  source: ByteSource,
  entry: LogEntry,
  visitor: LogVisitor,
  budget: InflationBudget,
  options: ReadOptions,
): Promise<void> {
  const journal = new Journal();
  const sink = visitor.begin(entry);
  let stopped: Error | null = null;
  try {
    const opened = await openText(source, journal, budget);
    try {
      await readText(opened, sink, visitor, journal, options);
    } finally {
      await opened.stream.close();
    }
  } catch (error) {
    stopped = error as Error;
    if (!(error instanceof Refusal || error instanceof LimitError || error instanceof Cancelled)) {
      stopped = new Error(`It could not be read: ${(error as Error).message}.`);
    }
  }
  await sink.drain();
  await visitor.end(entry, journal.outcome(stopped));
}

async function readText(
  opened: Opened,
  sink: RecordSink,
  visitor: LogVisitor,
  journal: Journal,
  options: ReadOptions,
): Promise<void> {
  const text = new TextBuffer(opened.stream, options.chunkSize);
  const reader = new JsonReader(text, sink, journal);
  await reader.read(async () => {
    journal.inflated = text.base + text.end;
    if (journal.inflated > MAX_LOG_BYTES) {
      throw new LimitError(
        `It holds more than ${describeBytes(MAX_LOG_BYTES)} of text; the rest was not read. Split it.`,
      );
    }
    if (visitor.cancelled()) throw new Cancelled();
    await sink.drain();
  });
}
