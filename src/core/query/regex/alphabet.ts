/** The classes of characters that a regular expression cannot tell apart. */
import { LAST_CODE_POINT, type CodeRange, type RegexTree } from './tree.ts';

export class Alphabet {
  /** Number of classes. */
  readonly size: number;
  /** First code point of each stretch of characters, and its class. */
  readonly #starts: number[];
  readonly #classes: number[];
  readonly #ascii = new Uint16Array(128);
  /** The classes in a set of ranges, by the set. */
  readonly #sets = new Map<readonly CodeRange[], boolean[]>();

  constructor(tree: RegexTree) {
    const sets = [...new Set(setsOf(tree))];
    const cuts = new Set([0]);
    for (const ranges of sets) {
      for (const [first, last] of ranges) {
        cuts.add(first);
        if (last < LAST_CODE_POINT) cuts.add(last + 1);
      }
    }
    this.#starts = [...cuts].sort((a, b) => a - b);
    // Stretches that are in the same sets are one class.
    const membership = this.#starts.map(() => '');
    for (const ranges of sets) {
      const inside = this.#stretchesIn(ranges);
      for (let index = 0; index < membership.length; index++)
        membership[index]! += inside[index]! ? '1' : '0';
    }
    const names = [...new Set(membership)];
    const byName = new Map(names.map((name, index) => [name, index]));
    this.#classes = membership.map((name) => byName.get(name)!);
    this.size = names.length;
    sets.forEach((ranges, index) =>
      this.#sets.set(
        ranges,
        names.map((name) => name[index] === '1'),
      ),
    );
    for (let code = 0; code < 128; code++) this.#ascii[code] = this.#search(code);
  }

  /** The classes that make up a set of the tree. */
  classesOf(ranges: readonly CodeRange[]): readonly boolean[] {
    return this.#sets.get(ranges)!;
  }

  /** The class of a character. */
  classOf(code: number): number {
    return code < 128 ? this.#ascii[code]! : this.#search(code);
  }

  #stretchesIn(ranges: readonly CodeRange[]): boolean[] {
    const inside = new Array<boolean>(this.#starts.length).fill(false);
    for (const [first, last] of ranges) {
      for (let index = this.#indexOf(first); index < inside.length && this.#starts[index]! <= last; index++) {
        inside[index] = true;
      }
    }
    return inside;
  }

  #search(code: number): number {
    return this.#classes[this.#indexOf(code)]!;
  }

  /** The stretch that holds the code point. */
  #indexOf(code: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= code) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function* setsOf(tree: RegexTree): Generator<readonly CodeRange[]> {
  if (tree.kind === 'set') yield tree.ranges;
  else if ('part' in tree) yield* setsOf(tree.part);
  else for (const part of tree.parts) yield* setsOf(part);
}
