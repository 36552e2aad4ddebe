/** A deflate stream that is decoded piece by piece, in WebAssembly, or by fflate where there is none. */
import { crc32 } from './crc32.ts';
import { DeflateDecoder } from './deflate.ts';
import { DONE, giveBack, NEEDS_INPUT, NEEDS_ROOM, takeInflater, type Inflater } from './inflater.ts';

/** Decodes a raw deflate stream (RFC 1951) and stops exactly where it ends or breaks. */
export interface Decoding {
  /** `done` at the end of the stream, `damaged` when what was pushed cannot be deflate. */
  readonly state: 'more' | 'done' | 'damaged';
  /** Input bytes that belong to the stream, as far as it was decoded. */
  readonly consumed: number;
  /** CRC-32 of what came out, as an unsigned number. */
  readonly crc: number;
  /** Bytes that came out. */
  readonly length: number;
  /** How many bytes can be pushed at a time. */
  readonly room: number;
  /**
   * Decodes more input. Everything that can be decoded before damage comes out, in chunks each of which is valid until the next
   * one is asked for.
   */
  push(input: Uint8Array): Iterable<Uint8Array>;
  /** No more is asked of it. */
  close(): void;
}

export function startDecoding(): Decoding {
  const inflater = takeInflater();
  return inflater === null ? new PatientDecoding() : new FastDecoding(inflater);
}

class FastDecoding implements Decoding {
  state: Decoding['state'] = 'more';
  #pushed = 0;

  constructor(private readonly inflater: Inflater) {
    inflater.begin();
  }

  get consumed(): number {
    return this.#pushed - this.inflater.unused;
  }

  get crc(): number {
    return this.inflater.crc;
  }

  get length(): number {
    return this.inflater.length;
  }

  get room(): number {
    return this.inflater.room;
  }

  *push(input: Uint8Array): Generator<Uint8Array, void, void> {
    this.inflater.add(input);
    this.#pushed += input.length;
    for (let outcome = NEEDS_ROOM; outcome === NEEDS_ROOM;) {
      outcome = this.inflater.run();
      if (outcome !== NEEDS_ROOM && outcome !== NEEDS_INPUT)
        this.state = outcome === DONE ? 'done' : 'damaged';
      const chunk = this.inflater.output();
      if (chunk.length > 0) yield chunk;
    }
  }

  close(): void {
    giveBack(this.inflater);
  }
}

class PatientDecoding implements Decoding {
  crc = 0;
  length = 0;
  /** At most 33 MB come of them. */
  readonly room = 2 ** 15;
  readonly #output: Uint8Array[] = [];
  readonly #decoder = new DeflateDecoder((bytes) => this.#output.push(bytes));

  get state(): Decoding['state'] {
    return this.#decoder.state;
  }

  get consumed(): number {
    return this.#decoder.consumed;
  }

  *push(input: Uint8Array): Generator<Uint8Array, void, void> {
    this.#decoder.push(input);
    for (const chunk of this.#output.splice(0)) {
      this.crc = crc32(chunk, this.crc);
      this.length += chunk.length;
      yield chunk;
    }
  }

  close(): void {
    this.#output.length = 0;
  }
}
