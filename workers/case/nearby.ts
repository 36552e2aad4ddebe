/**
 * The text around the record that was read last from deep within a file. A compressed file can only be read from its
 * beginning: whoever goes from record to record must not wait for that each time.
 */
import type { TextChunk } from '../../src/core/formats/index.ts';
import type { Span } from './archive.ts';

/** Records that lie no deeper in their text than this are read again in no time, bytes. */
const DEEP = 32 << 20;
/** Text that is kept before and after the record, bytes. */
const AROUND = 8 << 20;
/** More records than these are no steps from one to the next. */
const FEW = 64;

/** Text that is kept, from `offset` on. */
interface Kept {
  source: number;
  offset: number;
  bytes: Uint8Array;
}

export class Nearby {
  #kept: Kept | null = null;

  /** @returns the text kept, when all these records of a source lie in it */
  of(source: number, spans: readonly Span[]): Kept | null {
    const kept = this.#kept;
    if (kept?.source !== source) return null;
    const last = spans.at(-1)!;
    const isIn =
      spans[0]!.offset >= kept.offset && last.offset + last.length <= kept.offset + kept.bytes.length;
    return isIn ? kept : null;
  }

  forget(source: number): void {
    if (this.#kept?.source === source) this.#kept = null;
  }

  /** @returns what gathers the text around the last of these records while it is read; null when that is not worth it */
  gather(source: number, spans: readonly Span[]): Gathering | null {
    const last = spans.at(-1)!;
    if (spans.length > FEW || last.offset < DEEP) return null;
    return new Gathering(last, (offset, bytes) => (this.#kept = { source, offset, bytes }));
  }
}

class Gathering {
  readonly #from: number;
  readonly #to: number;
  readonly #chunks: Uint8Array[] = [];
  /** Where the first of them begins, -1 before. */
  #offset = -1;
  /** Up to where the text was given. */
  #end = 0;

  constructor(
    last: Span,
    private readonly keep: (offset: number, bytes: Uint8Array) => void,
  ) {
    this.#from = last.offset - AROUND;
    this.#to = last.offset + last.length + AROUND;
  }

  /** Whether the text goes on that it gathers. */
  get wantsMore(): boolean {
    return this.#end < this.#to;
  }

  /** Takes the next chunk of the text, which need not stay what it is. */
  add({ bytes, offset }: TextChunk): void {
    const start = this.#end;
    this.#end = offset + bytes.length;
    if (this.#end <= this.#from || start >= this.#to) return;
    if (this.#offset < 0) this.#offset = offset;
    this.#chunks.push(bytes.slice());
  }

  /** The text has been read. */
  end(): void {
    const bytes = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    if (this.#offset >= 0) this.keep(this.#offset, bytes);
  }
}
