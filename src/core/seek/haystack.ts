/** Looks for pieces in bytes of JSON text, many records at a time. */
import type { Needles } from '../query/index.ts';
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

/** Needles, with what finds them. */
interface Sought {
  pieces: readonly Finder[];
  also: readonly Finder[];
}

export class Haystack {
  readonly #text: SoughtText;
  readonly #odd: Finder;
  readonly #number: Finder;
  readonly #pieces: readonly Finder[];
  readonly #sought: readonly Sought[];

  /** @param needles any of them is looked for */
  constructor(needles: readonly Needles[]) {
    const names = new Set(needles.flatMap(({ pieces, also }) => [...pieces, ...also]));
    this.#text = startText([...names]);
    const { odd, finds, number } = this.#text;
    this.#odd = new Finder(odd);
    this.#number = new Finder(number);
    this.#pieces = finds.map((find) => new Finder(find));
    const finders = new Map([...names].map((name, i) => [name, this.#pieces[i]!]));
    this.#sought = needles.map(({ pieces, numbers, also }) => ({
      pieces: [...pieces.map((piece) => finders.get(piece)!), ...(numbers ? [this.#number] : [])],
      also: also.map((piece) => finders.get(piece)!),
    }));
  }

  /** The bytes to look in from now on. They are copied. */
  put(bytes: Uint8Array): void {
    this.#text.put(bytes);
    for (const finder of [this.#odd, this.#number, ...this.#pieces]) finder.restart();
  }

  /**
   * Whether a record may hold one of the needles.
   *
   * @param from index of its first byte, not before that of the last call
   * @param to index after its last byte
   */
  mayHold(from: number, to: number): boolean {
    if (this.#odd.isIn(from, to)) return true;
    return this.#sought.some((needles) => stands(needles, from, to));
  }

  /** As `mayHold`, of the needles at one place among those that were given. */
  mayHoldThe(place: number, from: number, to: number): boolean {
    return this.#odd.isIn(from, to) || stands(this.#sought[place]!, from, to);
  }

  /** Nothing more is looked for. */
  close(): void {
    this.#text.close();
  }
}

function stands({ pieces, also }: Sought, from: number, to: number): boolean {
  return also.every((piece) => piece.isIn(from, to)) && pieces.some((piece) => piece.isIn(from, to));
}
