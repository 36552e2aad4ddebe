/**
 * One dictionary column of an ingest worker: distinct values and their codes.
 *
 * Values arrive as bytes straight from the log. A value seen before costs one comparison with the value that stood
 * here in the last record of the same principal, or one hash and one comparison; only a new value becomes a
 * JavaScript string.
 */
import { FIRST_VALUE, type Value } from './columns.ts';
import { QUOTE } from './json-bytes.ts';

const NOTHING = 0;
const encoder = new TextEncoder();
/** A byte order mark inside a value is part of it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class Dictionary {
  /** Values by code, from FIRST_VALUE on. */
  readonly values: Value[] = [];

  /** Open addressing: slot -> code, 0 = free. Always at most half full. */
  #slots = new Uint32Array(256);
  /** Hash by `code - FIRST_VALUE`, to grow without hashing again. */
  #hashes: number[] = [];
  /** Bytes of the values that came as bytes; others have length -1. */
  #arena = new Uint8Array(4096);
  #words = new DataView(this.#arena.buffer);
  #used = 0;
  #starts: number[] = [];
  #lengths: number[] = [];
  /** Values that did not come as plain bytes: numbers, booleans, strings with escapes. */
  readonly #others = new Map<Value, number>();
  /** Seeds the hash, so that nobody can prepare values that all collide. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;
  /** Code that was met last, by the context it was met in. */
  #guesses = new Uint32Array(64);

  /**
   * Is the value that stands at `start` the one that was met last in this context? Only a guess is looked at: where
   * it is wrong, the value must be found the usual way and told with `learn`.
   *
   * @param words the bytes that hold the string, as words
   * @param start index after its opening quote
   * @param context any small number that says something of the record
   * @returns the code; -1 when the guess is wrong
   */
  guess(words: DataView, start: number, end: number, context: number): number {
    if (context >= this.#guesses.length) return -1;
    const code = this.#guesses[context]!;
    if (code === NOTHING) return -1;
    const length = this.#lengths[code - FIRST_VALUE]!;
    const stop = start + length;
    if (length < 0 || stop >= end || words.getUint8(stop) !== QUOTE) return -1;
    const arena = this.#words;
    let i = start;
    let at = this.#starts[code - FIRST_VALUE]!;
    for (const whole = stop - 4; i <= whole; i += 4, at += 4) {
      if (words.getInt32(i, true) !== arena.getInt32(at, true)) return -1;
    }
    for (; i < stop; i++, at++) if (words.getUint8(i) !== arena.getUint8(at)) return -1;
    return code;
  }

  /** @returns length in bytes of a value that `guess` returned */
  lengthOf(code: number): number {
    return this.#lengths[code - FIRST_VALUE]!;
  }

  /** In this context, the value of `code` is to be guessed next time. */
  learn(context: number, code: number): void {
    if (context >= this.#guesses.length) {
      const larger = new Uint32Array(Math.max(context + 1, this.#guesses.length * 2));
      larger.set(this.#guesses);
      this.#guesses = larger;
    }
    this.#guesses[context] = code;
  }

  /**
   * @param bytes holds the value, the inside of a JSON string without escapes, at `start` to `end`
   * @returns its code
   */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed ^ (end - start);
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot]!;
      if (code === NOTHING) break;
      if (this.#hashes[code - FIRST_VALUE] === hash && this.#same(code, bytes, start, end)) return code;
    }
    return this.#add(bytes, start, end, hash);
  }

  /** @returns the code of a value that is not at hand as plain bytes */
  intern(value: Value): number {
    if (typeof value === 'string') {
      const bytes = encoder.encode(value);
      // A lone surrogate does not survive UTF-8: such a string is its own kind of value.
      if (utf8.decode(bytes) === value) return this.internBytes(bytes, 0, bytes.length);
    }
    let code = this.#others.get(value);
    if (code === undefined) {
      code = this.values.length + FIRST_VALUE;
      this.values.push(value);
      this.#hashes.push(0);
      this.#starts.push(0);
      this.#lengths.push(-1);
      this.#others.set(value, code);
    }
    return code;
  }

  #same(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#lengths[code - FIRST_VALUE] !== length) return false;
    const arena = this.#arena;
    let at = this.#starts[code - FIRST_VALUE]!;
    // From the back: user agents and ARNs differ there, and share their beginnings.
    at += length - 1;
    for (let i = end - 1; i >= start; i--, at--) if (arena[at] !== bytes[i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const code = this.values.length + FIRST_VALUE;
    const length = end - start;
    while (this.#used + length > this.#arena.length) {
      const larger = new Uint8Array(this.#arena.length * 2);
      larger.set(this.#arena);
      this.#arena = larger;
      this.#words = new DataView(larger.buffer);
    }
    const value = bytes.subarray(start, end);
    this.#arena.set(value, this.#used);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#hashes.push(hash);
    this.#used += length;
    this.values.push(utf8.decode(value));
    if (this.values.length * 2 > this.#slots.length) this.#grow();
    else this.#place(code, hash);
    return code;
  }

  #place(code: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== NOTHING) slot = (slot + 1) & mask;
    this.#slots[slot] = code;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 4);
    for (let i = 0; i < this.values.length; i++) {
      if (this.#lengths[i] !== -1) this.#place(i + FIRST_VALUE, this.#hashes[i]!);
    }
  }
}
