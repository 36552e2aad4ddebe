/**
 * The original bytes of a case's sources: where they are, and how to get records out of them again.
 */
import { NATIVE, readText, unwrap, type ByteSource } from '../../src/core/formats/index.ts';
import type { Haystack } from '../../src/core/seek/haystack.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import type { OpenedSource, OriginalRef, OriginalsRow } from '../../src/store/database.ts';
import { fileSource } from '../file-source.ts';
import { Nearby } from './nearby.ts';
import type { HeldBytes } from './packing.ts';

/** Bytes that are not stored (yet), or a reference to stored ones. */
type Original = { held: HeldBytes } | { stored: OriginalRef };

/** Where a record lies. */
export interface Span {
  source: number;
  offset: number;
  length: number;
}

/** Tells by a record's text alone, and cheaply, that it need not be visited. */
export interface Passer<S> {
  haystack: Haystack;
  /** Told of a record whose text holds none of what is looked for. @returns whether it need not be visited */
  pass(span: S): boolean;
}

export class SourceArchive {
  readonly #originals = new Map<number, Original>();
  readonly #formats = new Map<number, string>();
  /** Sources whose bytes turned out not to be there any more. */
  readonly #faulty = new Set<number>();
  readonly #nearby = new Nearby();
  /** The pack read last: neighbouring sources share one. */
  #lastPack: { pack: number; bytes: Uint8Array | Blob } | null = null;
  /** The small Blob read last, and its bytes. */
  #lastBlob: { blob: Blob; bytes: Promise<Uint8Array> } | null = null;

  constructor(
    private readonly caseId: string,
    private readonly store: () => CaseStore | null,
  ) {}

  hold(source: number, held: HeldBytes): void {
    this.#originals.set(source, { held });
  }

  has(source: number): boolean {
    return this.#originals.has(source);
  }

  /** The bytes are stored now: memory is given back. */
  stored(source: number, ref: OriginalRef): void {
    this.#originals.set(source, { stored: ref });
  }

  /**
   * Looks whether packs that are stored by reference can be read: a file that changes while the browser copies it may be
   * stored and be of no use.
   *
   * @param opened the sources whose bytes may be in them
   */
  async check(packs: readonly OriginalsRow[], opened: readonly OpenedSource[]): Promise<void> {
    for (const { pack, bytes: given } of packs) {
      if (!(given instanceof Blob)) continue;
      try {
        const bytes = await this.store()?.originals(this.caseId, pack);
        if (bytes instanceof Blob) await bytes.slice(0, 1).arrayBuffer();
      } catch {
        for (const { id, original } of opened) if (original?.pack === pack) this.#faulty.add(id);
      }
    }
  }

  drop(source: number): void {
    this.#originals.delete(source);
    this.#nearby.forget(source);
  }

  setFormat(source: number, formatId: string): void {
    this.#formats.set(source, formatId);
  }

  /**
   * Reads records back, each source once from its beginning to its last wanted record.
   *
   * @param spans the records wanted; they are visited source by source, in order of offset
   * @param visit gets the JSON text of a record as bytes (valid during the call only)
   * @param goOn asked between sources, and between the pieces of a large one; false stops. It may wait, so that
   *   others have their turn
   * @throws Error with a sentence when the bytes of a source cannot be had
   */
  async read<S extends Span>(
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean> = () => true,
  ): Promise<void> {
    return this.#read(spans, visit, goOn, { source: -1 }, null);
  }

  /** @param reached is told which source is being read */
  async #read<S extends Span>(
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean>,
    reached: { source: number },
    passer: Passer<S> | null,
  ): Promise<void> {
    const sorted = [...spans].sort((a, b) => a.source - b.source || a.offset - b.offset);
    for (let i = 0; i < sorted.length && (await goOn());) {
      reached.source = sorted[i]!.source;
      let end = i;
      while (end < sorted.length && sorted[end]!.source === reached.source) end++;
      await this.#readFrom(reached.source, sorted.slice(i, end), visit, goOn, passer);
      i = end;
    }
  }

  /**
   * As `read`, but passes over sources whose bytes cannot be had: `unreadable` counts them from then on.
   *
   * @param passer passes over records by their text
   */
  async readWhatIsThere<S extends Span>(
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean> = () => true,
    passer: Passer<S> | null = null,
  ): Promise<void> {
    let rest = spans;
    let wrong: unknown = null;
    const see = (span: S, json: Uint8Array): void => {
      try {
        visit(span, json);
      } catch (error) {
        wrong = error;
        throw error;
      }
    };
    while (rest.length > 0) {
      const reached = { source: -1 };
      try {
        return await this.#read(rest, see, goOn, reached, passer);
      } catch (error) {
        // What the visitor throws is not the fault of the source.
        if (error === wrong) throw error;
        this.#faulty.add(reached.source);
        // Sources are read in the order of their numbers.
        rest = rest.filter(({ source }) => source > reached.source);
      }
    }
  }

  /** How many sources have events in the case and bytes that cannot be had, as far as that is known. */
  unreadable(sources: readonly { id: number; kept: number }[]): number {
    return sources.filter(({ id, kept }) => kept > 0 && (this.#faulty.has(id) || !this.#originals.has(id)))
      .length;
  }

  async #readFrom<S extends Span>(
    source: number,
    spans: S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean>,
    passer: Passer<S> | null,
  ): Promise<void> {
    const formatId = this.#formats.get(source) ?? '';
    let next = 0;
    let stopped = false;
    /** The beginning of a record whose end is in a later chunk. */
    let carry = new Uint8Array(0);
    const see = (span: S, bytes: Uint8Array): void => {
      const json = unwrap(formatId, bytes);
      if (passer !== null) {
        passer.haystack.put(json);
        if (!passer.haystack.mayHold(0, json.length) && passer.pass(span)) return;
      }
      visit(span, json);
    };
    const look = async (chunk: Uint8Array, offset: number): Promise<boolean> => {
      // The first piece comes right after the question that `read` asked.
      stopped = offset > 0 && !(await goOn());
      // Records that stand in the text as they are can be looked through many at a time.
      const inBulk = passer !== null && formatId === NATIVE;
      // The record that the chunk before began is looked through by itself, and first.
      let inHaystack = false;
      while (!stopped && next < spans.length) {
        const span = spans[next]!;
        const from = span.offset + carry.length - offset;
        const to = span.offset + span.length - offset;
        if (from >= chunk.length) return true;
        const part = chunk.subarray(Math.max(0, from), Math.min(chunk.length, to));
        if (to > chunk.length) {
          carry = concat(carry, part);
          return true;
        }
        next++;
        if (carry.length > 0) {
          see(span, concat(carry, part));
          carry = new Uint8Array(0);
        } else if (!inBulk) see(span, part);
        else {
          if (!inHaystack) passer.haystack.put(chunk);
          inHaystack = true;
          if (passer.haystack.mayHold(from, to) || !passer.pass(span)) visit(span, unwrap(formatId, part));
        }
      }
      return false;
    };
    // A search goes through the whole of a source; steps from record to record have no passer.
    const kept = passer === null ? this.#nearby.of(source, spans) : null;
    if (kept === null) {
      const around = passer === null ? this.#nearby.gather(source, spans) : null;
      const follow = async (chunk: Uint8Array, offset: number): Promise<boolean> => {
        const more = around?.add(chunk, offset) ?? false;
        return ((await look(chunk, offset)) || more) && !stopped;
      };
      await readText(await this.#bytesOf(source), follow, spans[0]!.offset);
      if (!stopped) around?.end();
    } else await look(kept.bytes, kept.offset);
    if (next < spans.length && !stopped)
      throw new Error('The stored bytes of this file end before the record does.');
  }

  /** The bytes of a source, which counts as unreadable from when they cannot be had. */
  async #bytesOf(source: number): Promise<ByteSource> {
    const bytes = await this.#whereverOf(source);
    const read = (from: number, to: number): Promise<Uint8Array> =>
      bytes.read(from, to).catch((error: unknown) => {
        this.#faulty.add(source);
        throw error;
      });
    return { size: bytes.size, read };
  }

  async #whereverOf(source: number): Promise<ByteSource> {
    const original = this.#originals.get(source);
    if (!original) throw new Error(NOT_KEPT);
    if ('held' in original) return this.#partOf(original.held);
    const { pack, offset, length } = original.stored;
    if (this.#lastPack?.pack !== pack) {
      const bytes = await this.store()?.originals(this.caseId, pack);
      if (!bytes) throw new Error('The stored bytes of this file are gone from the browser’s storage.');
      this.#lastPack = { pack, bytes };
    }
    return this.#partOf({ bytes: this.#lastPack.bytes, offset, length });
  }

  /** A Blob that holds many small sources is read whole: each asked for by itself would be a question to another process. */
  async #partOf({ bytes, offset, length }: HeldBytes): Promise<ByteSource> {
    if (!(bytes instanceof Blob) || bytes.size === length || bytes.size > AT_ONCE)
      return byteSource(bytes, offset, length);
    if (this.#lastBlob?.blob !== bytes) {
      const whole = byteSource(bytes, 0, bytes.size).read(0, bytes.size);
      this.#lastBlob = { blob: bytes, bytes: whole };
      whole.catch(() => (this.#lastBlob = null));
    }
    return byteSource(await this.#lastBlob.bytes, offset, length);
  }
}

/** More than neighbours in an archive come to in one pack, bytes. */
const AT_ONCE = 8 << 20;

const NOT_KEPT =
  'The original bytes of this file could not be kept: it was changed or moved while it was read.';

/** @returns access to a slice of bytes, wherever they are */
export function byteSource(bytes: Uint8Array | Blob, offset: number, size: number): ByteSource {
  if (!(bytes instanceof Blob)) return fileSource(bytes.subarray(offset, offset + size));
  const part = size === bytes.size ? bytes : bytes.slice(offset, offset + size);
  const windows = fileSource(part);
  let lastEnd = 0;
  return {
    size,
    async read(from, to) {
      // Who wants one record of many gets no more than that; who goes on from where he was, goes through all of it.
      const goesOn = from > 0 && from === lastEnd;
      lastEnd = to;
      try {
        return goesOn
          ? await windows.read(from, to)
          : new Uint8Array(await part.slice(from, to).arrayBuffer());
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`The original bytes of this file cannot be read any more: ${why}`, {
          cause: error,
        });
      }
    },
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
