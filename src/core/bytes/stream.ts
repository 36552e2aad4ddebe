import { describeBytes, LimitError } from './limits.ts';

const EMPTY = new Uint8Array(0);

/** Bytes that come in chunks, with a way to look at the first ones before deciding what they are. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array, unknown, void>;
  /** Chunks that were looked at and not yet taken. */
  readonly #ahead: Uint8Array[] = [];

  /** @param lasting whether a chunk stays what it is when the next one is asked for */
  constructor(
    chunks: AsyncIterator<Uint8Array, unknown, void>,
    readonly lasting = true,
  ) {
    this.#chunks = chunks;
  }

  /** The next chunk, never empty; null at the end. */
  async next(): Promise<Uint8Array | null> {
    return this.#ahead.shift() ?? (await this.#pull());
  }

  /** The first `length` bytes without taking them; fewer only when the stream is shorter. */
  async peek(length: number): Promise<Uint8Array> {
    let have = 0;
    for (const chunk of this.#ahead) have += chunk.length;
    while (have < length) {
      const before = this.#ahead.at(-1);
      if (before !== undefined) this.#ahead[this.#ahead.length - 1] = this.keep(before);
      const chunk = await this.#pull();
      if (chunk === null) break;
      this.#ahead.push(chunk);
      have += chunk.length;
    }
    if (this.#ahead.length > 1) this.#ahead.splice(0, this.#ahead.length, concat(this.#ahead));
    return (this.#ahead[0] ?? EMPTY).subarray(0, length);
  }

  /** All that is left, in one piece. Throws LimitError when it is more than `limit` bytes. */
  async collect(limit: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) {
      chunks.push(this.keep(chunk));
      length += chunk.length;
      if (length > limit) {
        await this.close();
        throw new LimitError(
          `It is larger than ${describeBytes(limit)}, the limit for what has to be held in memory at once: unpack or split it and add the parts.`,
        );
      }
    }
    return concat(chunks);
  }

  /** @returns the bytes of a chunk, or of a part of one, so that they stay what they are */
  keep(part: Uint8Array): Uint8Array {
    return this.lasting ? part : part.slice();
  }

  /** Lets go of what is behind the stream, whether or not it was read to its end. */
  async close(): Promise<void> {
    this.#ahead.length = 0;
    await this.#chunks.return?.();
  }

  async #pull(): Promise<Uint8Array | null> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return null;
      if (value.length > 0) return value;
    }
  }
}

/** Several byte arrays as one; a single one is returned as it is. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
