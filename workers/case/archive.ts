/**
 * The original bytes of a case's sources: where they are, and how to get records out of them again.
 */
import { RecordText, textOf, unwrap, type ByteSource, type TextChunk } from '../../src/core/formats/index.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import type { OpenedSource, OriginalRef, OriginalsRow } from '../../src/store/database.ts';
import { fileSource } from '../file-source.ts';
import { PackReader } from '../pack.ts';
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

/** Where the bytes of a source are: in a stored pack, by its number, or in bytes that are held. */
export interface BytesPlace {
  pack: number | Uint8Array | Blob;
  offset: number;
  length: number;
}

export class SourceArchive {
  readonly #originals = new Map<number, Original>();
  readonly #formats = new Map<number, string>();
  /** Sources whose bytes turned out not to be there any more. */
  readonly #faulty = new Set<number>();
  readonly #nearby = new Nearby();
  /** The pack read last: neighbouring sources share one. */
  #lastPack: { pack: number; bytes: Uint8Array | Blob } | null = null;
  readonly #packs = new PackReader();

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
    return this.#read(spans, visit, goOn, { source: -1 });
  }

  /** @param reached is told which source is being read */
  async #read<S extends Span>(
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean>,
    reached: { source: number },
  ): Promise<void> {
    const sorted = [...spans].sort((a, b) => a.source - b.source || a.offset - b.offset);
    for (let i = 0; i < sorted.length && (await goOn());) {
      reached.source = sorted[i]!.source;
      let end = i;
      while (end < sorted.length && sorted[end]!.source === reached.source) end++;
      await this.#readFrom(reached.source, sorted.slice(i, end), visit, goOn);
      i = end;
    }
  }

  /**
   * As `read`, but passes over sources whose bytes cannot be had: `unreadable` counts them from then on.
   */
  async readWhatIsThere<S extends Span>(
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean> = () => true,
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
        return await this.#read(rest, see, goOn, reached);
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

  /** Where the bytes of a source are; null when they could not be kept. */
  placeOf(source: number): BytesPlace | null {
    const original = this.#originals.get(source);
    if (!original) return null;
    if ('stored' in original) return original.stored;
    const { bytes, offset, length } = original.held;
    return { pack: bytes, offset, length };
  }

  /**
   * @returns the bytes of a pack, for the caller to keep or to give away
   * @throws Error with a sentence when they cannot be had
   */
  async packAt({ pack }: BytesPlace): Promise<Uint8Array | Blob> {
    if (typeof pack !== 'number') return pack instanceof Blob ? pack : pack.slice();
    const bytes = await this.store()?.originals(this.caseId, pack);
    if (!bytes) throw new Error(GONE);
    return bytes;
  }

  /** The format of a source's log, as `unwrap` takes it. */
  formatOf(source: number): string {
    return this.#formats.get(source) ?? '';
  }

  /** The bytes of a source turned out not to be there any more. */
  lost(source: number): void {
    this.#faulty.add(source);
  }

  async #readFrom<S extends Span>(
    source: number,
    spans: readonly S[],
    visit: (span: S, json: Uint8Array) => void,
    goOn: () => boolean | Promise<boolean>,
  ): Promise<void> {
    const formatId = this.formatOf(source);
    const kept = this.#nearby.of(source, spans);
    const around = kept === null ? this.#nearby.gather(source, spans) : null;
    let stopped = false;
    const chunks =
      kept === null ? textOf(await this.#sourceOf(source), spans[0]!.offset) : alone(kept.bytes, kept.offset);
    const followed = async function* (): AsyncGenerator<TextChunk, void, void> {
      let isFirst = true;
      for await (const chunk of chunks) {
        // The first piece comes right after the question that `read` asked.
        stopped = !isFirst && !(await goOn());
        if (stopped) return;
        isFirst = false;
        around?.add(chunk);
        yield chunk;
      }
    };
    const text = new RecordText(followed());
    try {
      for (const span of spans) {
        const { offset, length } = span;
        const json = await text.reach(offset, length);
        if (stopped) return;
        if (json === null) throw new Error('The stored bytes of this file end before the record does.');
        visit(span, unwrap(formatId, json));
      }
      while (around?.wantsMore && (await text.advance()));
      if (!stopped) around?.end();
    } finally {
      await text.close();
    }
  }

  /** Access to the bytes of a source, which counts as unreadable from when they cannot be had. */
  async #sourceOf(source: number): Promise<ByteSource> {
    const bytes = byteSource(await this.#bytesOf(source));
    const read = (from: number, to: number): Promise<Uint8Array> =>
      bytes.read(from, to).catch((error: unknown) => {
        this.lost(source);
        throw error;
      });
    return { size: bytes.size, read };
  }

  async #bytesOf(source: number): Promise<Uint8Array | Blob> {
    const place = this.placeOf(source);
    if (place === null) throw new Error(NOT_KEPT);
    const { pack, offset, length } = place;
    if (typeof pack === 'number' && this.#lastPack?.pack !== pack)
      this.#lastPack = { pack, bytes: await this.packAt(place) };
    const bytes = typeof pack === 'number' ? this.#lastPack!.bytes : pack;
    return this.#packs.partOf(bytes, offset, length).catch(cannotBeRead);
  }
}

const GONE = 'The stored bytes of this file are gone from the browser’s storage.';
const NOT_KEPT =
  'The original bytes of this file could not be kept: it was changed or moved while it was read.';

/** @returns access to bytes, wherever they are */
function byteSource(bytes: Uint8Array | Blob): ByteSource {
  const windows = fileSource(bytes);
  if (bytes instanceof Uint8Array) return windows;
  let lastEnd = 0;
  return {
    size: bytes.size,
    async read(from, to) {
      // Who wants one record of many gets no more than that; who goes on from where he was, goes through all of it.
      const goesOn = from > 0 && from === lastEnd;
      lastEnd = to;
      try {
        return goesOn
          ? await windows.read(from, to)
          : new Uint8Array(await bytes.slice(from, to).arrayBuffer());
      } catch (error) {
        return cannotBeRead(error);
      }
    },
  };
}

function cannotBeRead(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new Error(`The original bytes of this file cannot be read any more: ${why}`, { cause: error });
}

/** A text that is one chunk. */
async function* alone(bytes: Uint8Array, offset: number): AsyncGenerator<TextChunk, void, void> {
  yield { bytes, offset };
}
