import { Inflate } from 'fflate';

/**
 * What fflate 0.8's `Inflate` keeps between calls, under the short names of its published code. Needed because
 * its public side tells neither where a stream ends nor hands out what it had decoded before an error.
 * test/core/bytes/deflate.test.ts holds this true.
 */
interface InflateInsides {
  /** Decoder state: `f` the last block was begun, `l` its code table while within a block, `p` bits consumed of `p`. */
  s: { f?: number; l?: unknown; p?: number };
  /** The last 32 kB of output. */
  o: Uint8Array;
  /** Input not yet consumed. */
  p: Uint8Array;
}

/** Decodes a raw deflate stream (RFC 1951) chunk by chunk and stops exactly where it ends or breaks. */
export class DeflateDecoder {
  readonly #inflate: Inflate;
  readonly #insides: InflateInsides;
  /** Input bytes pushed so far. */
  #pushed = 0;
  #state: 'more' | 'done' | 'damaged' = 'more';

  /** @param output is given each piece of decoded bytes */
  constructor(output: (bytes: Uint8Array) => void) {
    this.#inflate = new Inflate((bytes) => {
      if (bytes.length > 0) output(bytes);
    });
    this.#insides = this.#inflate as unknown as InflateInsides;
  }

  /** `done` at the end of the stream, `damaged` when what was pushed cannot be deflate. */
  get state(): 'more' | 'done' | 'damaged' {
    return this.#state;
  }

  /** Input bytes that belong to the stream, as far as it was decoded. */
  get consumed(): number {
    const { s, p } = this.#insides;
    return this.#pushed - p.length + (((s.p ?? 0) + 7) >> 3);
  }

  /** Decodes more input. Everything that can be decoded before damage reaches the output. */
  push(input: Uint8Array): void {
    if (this.#state !== 'more') return;
    const before = { s: { ...this.#insides.s }, o: this.#insides.o, p: this.#insides.p };
    try {
      this.#inflate.push(input, false);
    } catch {
      Object.assign(this.#insides, before);
      this.#narrow(input);
      return;
    }
    this.#pushed += input.length;
    const { s } = this.#insides;
    if (s.f && !s.l) this.#state = 'done';
  }

  /** The input breaks somewhere: fflate drops what it decoded in the same call, so call it with less and less. */
  #narrow(input: Uint8Array): void {
    if (input.length <= 1) {
      this.#state = 'damaged';
      return;
    }
    const middle = input.length >> 1;
    this.push(input.subarray(0, middle));
    this.push(input.subarray(middle));
  }
}
