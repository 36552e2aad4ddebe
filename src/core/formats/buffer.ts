import type { ByteStream } from '../bytes/stream.ts';

const EMPTY = new Uint8Array(0);
/** Room for what is carried over from chunk to chunk, in bytes. */
const ROOM = 2 ** 18;
/**
 * Of a chunk that comes while something is pending, so many bytes are copied behind that (or as many as are pending). Once
 * what was pending is consumed, the chunk itself is looked at: mostly a record is smaller than this, and a chunk larger.
 */
const HEAD = 2 ** 12;

/**
 * A window on a text that comes in chunks. Readers look at `bytes[start..end)`, move `start` on as they consume,
 * and call `more` when what is left is not enough; what they did not consume is carried over.
 */
export class TextBuffer {
  bytes: Uint8Array = EMPTY;
  start = 0;
  end = 0;
  /** Where `bytes[0]` lies in the text. */
  base = 0;

  readonly #stream: ByteStream;
  readonly #chunkSize: number;
  /** What is left of a chunk that was larger than the chunk size. */
  #rest: Uint8Array | null = null;
  #room = EMPTY;
  /** A chunk whose first `#copied` bytes stand at the end of `bytes`. */
  #current: Uint8Array | null = null;
  #copied = 0;

  /** @param chunkSize the text is looked at in pieces of at most so many bytes */
  constructor(stream: ByteStream, chunkSize: number) {
    this.#stream = stream;
    this.#chunkSize = chunkSize;
  }

  /** Where `bytes[start]` lies in the text. */
  get offset(): number {
    return this.base + this.start;
  }

  /** Bytes that were read and not consumed. */
  get pending(): number {
    return this.end - this.start;
  }

  /**
   * Adds at least as many bytes as are pending, so that looking at pending bytes again and again stays linear.
   *
   * @returns whether any came
   */
  async more(): Promise<boolean> {
    const wanted = Math.max(1, this.pending);
    let added = 0;
    while (added < wanted) {
      const before = this.offset + this.pending;
      if (this.#current !== null) this.#goOn(this.#current);
      else {
        const chunk = await this.#chunk();
        if (chunk === null) break;
        this.#begin(chunk);
      }
      added += this.offset + this.pending - before;
    }
    return added > 0;
  }

  #begin(chunk: Uint8Array): void {
    const head = Math.max(HEAD, this.pending);
    if (this.pending === 0 || chunk.length <= 2 * head) return this.#append(chunk);
    this.#append(chunk.subarray(0, head));
    this.#current = chunk;
    this.#copied = head;
  }

  #goOn(chunk: Uint8Array): void {
    this.#current = null;
    const start = this.#copied - this.pending;
    if (start < 0) return this.#append(chunk.subarray(this.#copied));
    this.base = this.offset - start;
    this.bytes = chunk;
    this.start = start;
    this.end = chunk.length;
  }

  async #chunk(): Promise<Uint8Array | null> {
    if (this.#rest === null) this.#keep();
    const chunk = this.#rest ?? (await this.#stream.next());
    if (chunk === null || chunk.length <= this.#chunkSize) {
      this.#rest = null;
      return chunk;
    }
    this.#rest = chunk.subarray(this.#chunkSize);
    return chunk.subarray(0, this.#chunkSize);
  }

  /** What is pending stays what it is when the stream is asked for more. */
  #keep(): void {
    if (this.#stream.lasting || this.pending === 0 || this.bytes === this.#room) return;
    this.#append(EMPTY);
  }

  #append(chunk: Uint8Array): void {
    const pending = this.pending;
    this.base += this.start;
    if (pending === 0) {
      this.bytes = chunk;
    } else if (pending + chunk.length <= this.#room.length) {
      // `set` copies as if through a third place, so overlapping is no matter.
      this.#room.set(this.bytes.subarray(this.start, this.end));
      this.#room.set(chunk, pending);
      this.bytes = this.#room;
    } else {
      const room = new Uint8Array(Math.max(ROOM, 2 * (pending + chunk.length)));
      room.set(this.bytes.subarray(this.start, this.end));
      room.set(chunk, pending);
      this.bytes = this.#room = room;
    }
    this.start = 0;
    this.end = pending + chunk.length;
  }
}
