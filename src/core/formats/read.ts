import type { ArchiveEntry } from '../bytes/entry.ts';
import { gunzip, type Gunzip } from '../bytes/gzip.ts';
import {
  BudgetError,
  describeBytes,
  InflationBudget,
  LimitError,
  MAX_DEPTH,
  MAX_IN_MEMORY,
  MAX_LOG_BYTES,
} from '../bytes/limits.ts';
import { WHOLE, type Share } from '../bytes/share.ts';
import { memorySource } from '../bytes/source.ts';
import { readTar } from '../bytes/tar.ts';
import { readZip } from '../bytes/zip.ts';
import { TextBuffer } from './buffer.ts';
import { GeoError } from '../geo/index.ts';
import { findDatabase } from './database.ts';
import { nameLitter } from './foreign.ts';
import { Cancelled, Journal, Refusal } from './journal.ts';
import { recogniseText, type ReaderMaker } from './recognise.ts';
import type { ByteSource, LogEntry, LogVisitor } from './sink.ts';
import { guardedSource, ReadError } from './source.ts';
import { openText, type Opened } from './text.ts';

/** Text is handed on in pieces of this size, in bytes: between them the sink can hand on its own work. */
const CHUNK_SIZE = 2 ** 20;

/** The first file in the zip archive that a document of Excel or Word is (ECMA-376 part 2). */
const OFFICE_PART = '[Content_Types].xml';

export interface ReadOptions {
  /** Longest piece of text that is looked at at once, in bytes. What is read does not depend on it. */
  chunkSize?: number;
  /**
   * The part of an archive's files that is wanted. Of anything else that was given, and of an archive within something else, the
   * first part is all.
   */
  share?: Share;
  /** Takes gzip off the file that is given, and only off that; the bytes that the core would read may be read elsewhere. */
  unpack?: Gunzip;
}

/**
 * Reads one file given to Trailsift: takes off compression, goes into archives, recognises the form of each log and
 * hands its records to the visitor's sinks. Trouble with the file (damage, foreign content, limits) ends up in the
 * outcomes; only what the visitor throws comes out of here.
 *
 * @param path as dropped; entries of archives add theirs
 */
export async function readFile(
  source: ByteSource,
  path: string,
  visitor: LogVisitor,
  options: ReadOptions = {},
): Promise<void> {
  const { chunkSize = CHUNK_SIZE, share = WHOLE, unpack = gunzip } = options;
  const reading = new Reading(visitor, new InflationBudget(source.size), chunkSize, share, unpack);
  const guarded = guardedSource(source, (bytes) => visitor.progress(bytes / reading.passes));
  try {
    await reading.file(guarded, { path, size: source.size, original: null, at: -1 }, 0, []);
  } catch (error) {
    // What ended the reading of the whole file is told in the outcome of each log and archive it ended.
    if (!endsAll(error)) throw error;
  }
}

/** The reading of one given file with all that is in it. */
class Reading {
  readonly #visitor: LogVisitor;
  readonly #budget: InflationBudget;
  readonly #chunkSize: number;
  readonly #share: Share;
  readonly #unpack: Gunzip;
  /** How many workers come past each byte: a tar archive has no directory. */
  passes = 1;

  constructor(visitor: LogVisitor, budget: InflationBudget, chunkSize: number, share: Share, unpack: Gunzip) {
    this.#share = share;
    this.#unpack = unpack;
    this.#visitor = visitor;
    this.#budget = budget;
    this.#chunkSize = chunkSize;
  }

  /**
   * Reads a file or an archive's entry.
   *
   * @param depth how many archives it is in
   * @param damage what is known to be wrong with its bytes, sentences
   */
  async file(source: ByteSource, entry: LogEntry, depth: number, damage: readonly string[]): Promise<void> {
    const journal = new Journal();
    journal.damage.push(...damage);
    let opened: Opened;
    let maker: ReaderMaker | null = null;
    let database: Uint8Array | null = null;
    try {
      opened = await openText(source, journal, this.#budget, depth === 0 ? this.#unpack : gunzip);
      const { kind, name, advice } = opened.sniff;
      const isShared = opened.source !== null && (kind === 'zip' || kind === 'tar');
      if (depth === 0 && this.#share.part > 0 && !isShared) return await opened.stream.close();
      if (kind === 'unreadable') throw new Refusal(name, `This is not read: ${name}. ${advice}`);
      if (kind === 'other') {
        database = await findDatabase(opened, entry.path);
        if (database === null) maker = await recogniseText(opened.stream, journal);
      }
    } catch (error) {
      if (depth === 0 && this.#share.part > 0) return;
      return this.#report(entry, journal, error, depth);
    }
    try {
      const { kind } = opened.sniff;
      if (kind === 'zip' || kind === 'tar') await this.#archive(kind, opened, entry, journal, depth);
      else if (database !== null) await this.#database(database, entry, journal);
      else if (maker !== null) await this.#log(opened, maker, entry, journal);
      else {
        journal.format = 'empty file';
        journal.note('It is empty.');
        await this.#report(entry, journal, null, depth);
      }
    } finally {
      await opened.stream.close();
    }
  }

  async #log(opened: Opened, maker: ReaderMaker, entry: LogEntry, journal: Journal): Promise<void> {
    const sink = await this.#visitor.begin(entry);
    if (sink === null) return;
    const text = new TextBuffer(opened.stream, this.#chunkSize);
    let stopped: unknown = null;
    try {
      await maker(text, sink, journal).read(async () => {
        journal.inflated = text.base + text.end;
        if (journal.inflated > MAX_LOG_BYTES) {
          throw new LimitError(
            `It holds more than ${describeBytes(MAX_LOG_BYTES)} of text; the rest was not read. Split it and add the parts.`,
          );
        }
        if (this.#visitor.cancelled()) throw new Cancelled();
        await sink.drain();
      });
    } catch (error) {
      stopped = error;
    }
    await this.#end(entry, journal, stopped);
  }

  async #database(bytes: Uint8Array, entry: LogEntry, journal: Journal): Promise<void> {
    journal.format = 'geo database';
    journal.inflated = bytes.length;
    let stopped: unknown = null;
    try {
      if (this.#visitor.database === undefined)
        throw new GeoError('This is a geo database; it holds no CloudTrail records.');
      journal.note(await this.#visitor.database(entry, bytes));
    } catch (error) {
      stopped = error instanceof GeoError ? new Refusal('geo database', error.message) : error;
    }
    await this.#whole(entry, journal, stopped);
  }

  async #archive(
    kind: 'zip' | 'tar',
    opened: Opened,
    entry: LogEntry,
    journal: Journal,
    depth: number,
  ): Promise<void> {
    journal.format = kind === 'zip' ? 'ZIP archive' : 'tar archive';
    let files = 0;
    let stopped: unknown = null;
    try {
      if (depth === MAX_DEPTH)
        throw new LimitError(`Archives are nested more than ${MAX_DEPTH} deep; unpack them.`);
      const share = depth === 0 && opened.source !== null ? this.#share : WHOLE;
      if (kind === 'tar') this.passes = share.of;
      for await (const inner of await this.#entries(kind, opened, journal, share)) {
        if (this.#visitor.cancelled()) throw new Cancelled();
        if (inner.path === OFFICE_PART) {
          throw new Refusal(
            'Office document',
            'This is an Office document; save the sheet as CSV and add that.',
          );
        }
        // Only what is the file given itself, with nothing taken off it, holds an entry as it is.
        await this.#entry(inner, entry, depth, entry.original === null && opened.source !== null);
        files++;
      }
    } catch (error) {
      stopped = error;
    }
    // An archive is not a log: it is told of when something is wrong with it, and by one of those that read it if all see it.
    const isFirst = depth > 0 || this.#share.part === 0;
    const seenByAll = kind === 'tar' || !journal.damaged;
    if (!isFirst && (stopped === null ? seenByAll : stopped instanceof Cancelled)) return;
    if (stopped !== null || journal.damaged || files === 0) {
      if (files === 0 && stopped === null) journal.note('The archive holds no files.');
      await this.#whole(entry, journal, stopped, files > 0);
    }
  }

  async #entries(
    kind: 'zip' | 'tar',
    opened: Opened,
    journal: Journal,
    share: Share,
  ): Promise<AsyncGenerator<ArchiveEntry>> {
    if (kind === 'tar') return readTar(opened.stream, journal, share);
    const source = opened.source ?? memorySource(await opened.stream.collect(MAX_IN_MEMORY));
    return readZip(source, journal, this.#budget, share);
  }

  /** @param bare the archive is the file given, as it is */
  async #entry(inner: ArchiveEntry, archive: LogEntry, depth: number, bare: boolean): Promise<void> {
    const { bytes } = inner;
    const entry: LogEntry = {
      path: `${archive.path}/${inner.path}`,
      size: bytes.length,
      original: bytes,
      at: bare ? inner.at : -1,
    };
    if (inner.refusal === '') await this.file(memorySource(bytes), entry, depth + 1, inner.damage);
    else await this.#report(entry, new Journal(), new Refusal('', inner.refusal), depth + 1);
  }

  /** Tells of a file that holds no log: it is empty or refused. System litter is no error, and none in an archive. */
  async #report(entry: LogEntry, journal: Journal, stopped: unknown, depth: number): Promise<void> {
    const litter = stopped instanceof Refusal ? nameLitter(entry.path) : null;
    if (litter !== null) {
      if (depth > 0) return;
      journal.format = litter;
      journal.note('It belongs to no log.');
    }
    await this.#whole(entry, journal, litter === null ? stopped : null);
  }

  /** Tells of a file as a whole: none of its records go to a sink. */
  async #whole(entry: LogEntry, journal: Journal, stopped: unknown, salvaged?: boolean): Promise<void> {
    if (stopped !== null && !isExpected(stopped)) throw stopped;
    if ((await this.#visitor.begin(entry)) !== null) await this.#end(entry, journal, stopped, salvaged);
    else if (endsAll(stopped)) throw stopped;
  }

  async #end(entry: LogEntry, journal: Journal, stopped: unknown, salvaged?: boolean): Promise<void> {
    if (stopped !== null && !isExpected(stopped)) throw stopped;
    await this.#visitor.end(entry, journal.outcome(stopped, salvaged));
    if (endsAll(stopped)) throw stopped;
  }
}

/** Trouble with the file; everything else is the visitor's, or an error of ours. */
function isExpected(error: unknown): error is Error {
  return error instanceof Refusal || error instanceof LimitError || endsAll(error);
}

/** Trouble that nothing else of the same file can be read after. */
function endsAll(error: unknown): error is Error {
  return error instanceof BudgetError || error instanceof Cancelled || error instanceof ReadError;
}
