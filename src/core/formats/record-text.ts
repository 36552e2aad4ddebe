/** The text of a log, read from record to record: forward only, whether they lie in one chunk of it or in several. */
import { concat } from '../bytes/stream.ts';
import type { TextChunk } from './text.ts';

const NOTHING: TextChunk = { bytes: new Uint8Array(0), offset: 0 };

export class RecordText {
  #chunk = NOTHING;

  /** @param chunks of the text, one after another without a gap; they need not begin at its beginning */
  constructor(private readonly chunks: AsyncGenerator<TextChunk, void, void>) {}

  /** The chunk that was read last. */
  get chunk(): TextChunk {
    return this.#chunk;
  }

  /** Whether a record lies in that chunk, whole. */
  holds(offset: number, length: number): boolean {
    const { bytes, offset: start } = this.#chunk;
    return offset >= start && offset + length <= start + bytes.length;
  }

  /**
   * Reads on to a record.
   *
   * @param offset where its bytes begin in the text, not before those of the last one
   * @returns its bytes, valid until the next chunk is read; null when the text ends before they do
   */
  async reach(offset: number, length: number): Promise<Uint8Array | null> {
    while (offset >= this.#end) if (!(await this.advance())) return null;
    if (this.holds(offset, length)) return this.#part(offset, length);
    const parts = [this.#part(offset, length).slice()];
    for (let have = parts[0]!.length; have < length; have += parts.at(-1)!.length) {
      if (!(await this.advance())) return null;
      parts.push(this.#part(offset + have, length - have).slice());
    }
    return concat(parts);
  }

  /** Reads the next chunk. @returns whether there is one */
  async advance(): Promise<boolean> {
    const { done, value } = await this.chunks.next();
    if (done) return false;
    this.#chunk = value;
    return true;
  }

  /** Lets go of what is behind the text. */
  async close(): Promise<void> {
    await this.chunks.return();
  }

  get #end(): number {
    return this.#chunk.offset + this.#chunk.bytes.length;
  }

  /** As much of these bytes as the chunk has. */
  #part(offset: number, length: number): Uint8Array {
    const from = offset - this.#chunk.offset;
    return this.#chunk.bytes.subarray(from, from + length);
  }
}
