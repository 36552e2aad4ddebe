/** Looks for pieces in bytes of JSON text, many records at a time. */
import { ODD_CHARACTER } from '../query/index.ts';

const LATIN_1 = new TextDecoder('latin1');
const ODD = new RegExp(ODD_CHARACTER, 'g');
/** A number with a fraction or an exponent, as a member or element. */
const ODD_NUMBER = /[:,[]\s*-?\d+(?:\.\d|e)/g;
const NOWHERE = Infinity;

/** Finds the next place, at or after a given one, that a record with it may match. */
class Finder {
  #next = 0;

  constructor(private readonly find: (text: string, from: number) => number) {}

  restart(): void {
    this.#next = -1;
  }

  /** @param from not before that of the last call */
  isIn(text: string, from: number, to: number): boolean {
    if (this.#next < from) {
      const at = this.find(text, from);
      this.#next = at < 0 ? NOWHERE : at;
    }
    return this.#next < to;
  }
}

export class Haystack {
  #text = '';
  #isAscii = true;
  readonly #finders: readonly Finder[];
  readonly #odd: Finder;
  readonly #escape = new Finder((text, from) => text.indexOf('\\u', from));

  /** @param pieces in small letters @param numbers whether numbers that are written oddly count as well */
  constructor({ pieces, numbers }: { pieces: readonly string[]; numbers: boolean }) {
    const finders = pieces.map((piece) => new Finder((text, from) => text.indexOf(piece, from)));
    this.#finders = numbers ? [...finders, new Finder(finderOf(ODD_NUMBER))] : finders;
    this.#odd = new Finder(finderOf(ODD));
  }

  /** The bytes to look in from now on. */
  put(bytes: Uint8Array): void {
    this.#isAscii = isAscii(bytes);
    this.#text = LATIN_1.decode(bytes).toLowerCase();
    for (const finder of [...this.#finders, this.#odd, this.#escape]) finder.restart();
  }

  /**
   * Whether a record may hold one of the pieces.
   *
   * @param from index of its first byte, not before that of the last call
   * @param to index after its last byte
   */
  mayHold(from: number, to: number): boolean {
    const text = this.#text;
    if ((this.#isAscii ? this.#escape : this.#odd).isIn(text, from, to)) return true;
    return this.#finders.some((finder) => finder.isIn(text, from, to));
  }
}

function finderOf(pattern: RegExp): (text: string, from: number) => number {
  return (text, from) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  };
}

function isAscii(bytes: Uint8Array): boolean {
  let any = 0;
  let at = 0;
  if (bytes.byteOffset % 4 === 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let i = 0; i < words.length; i++) any |= words[i]!;
    if ((any & 0x80808080) !== 0) return false;
    at = words.length * 4;
  }
  for (; at < bytes.length; at++) any |= bytes[at]!;
  return (any & 0x80) === 0;
}
