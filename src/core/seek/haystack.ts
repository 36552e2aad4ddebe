/** Looks for pieces in bytes of JSON text, many records at a time. */
import { startText, type Find, type SoughtText } from './text.ts';

const NOWHERE = Infinity;

/** Finds the next place, at or after a given one, that a record with it may match. */
class Finder {
  #next = -1;

  constructor(private readonly find: Find) {}

  restart(): void {
    this.#next = -1;
  }

  /** @param from not before that of the last call */
  isIn(from: number, to: number): boolean {
    if (this.#next < from) {
      const at = this.find(from);
      this.#next = at < 0 ? NOWHERE : at;
    }
    return this.#next < to;
  }
}

export class Haystack {
  readonly #text: SoughtText;
  readonly #finders: readonly Finder[];

  /** @param pieces in small letters @param numbers whether numbers that are written oddly count as well */
  constructor({ pieces, numbers }: { pieces: readonly string[]; numbers: boolean }) {
    this.#text = startText(pieces);
    const { odd, finds, number } = this.#text;
    this.#finders = [odd, ...finds, ...(numbers ? [number] : [])].map((find) => new Finder(find));
  }

  /** The bytes to look in from now on. They are copied. */
  put(bytes: Uint8Array): void {
    this.#text.put(bytes);
    for (const finder of this.#finders) finder.restart();
  }

  /**
   * Whether a record may hold one of the pieces.
   *
   * @param from index of its first byte, not before that of the last call
   * @param to index after its last byte
   */
  mayHold(from: number, to: number): boolean {
    return this.#finders.some((finder) => finder.isIn(from, to));
  }

  /** Nothing more is looked for. */
  close(): void {
    this.#text.close();
  }
}
