/** Words in a row, and nearly in a row. */

/** Words between the elements of an array, which no phrase without slop can cross (Elasticsearch's default). */
export const ELEMENT_GAP = 100;

/** Most words of a phrase with `~n`. */
export const MAX_SLOPPY_WORDS = 64;

/** Up to so many places of a phrase's rarest word, each of them is looked at. */
const FEW = 256;

/** Where the words of some texts stand: the elements of an array are one text with gaps. */
export class Positions {
  readonly #lists = new Map<string, number[]>();
  /** First position of each element. */
  readonly #starts: number[] = [];
  /** Words that stand at many places, as bits: see `bitsOf`. */
  readonly #bits = new Map<string, Uint32Array>();
  #words = 0;

  constructor(elements: readonly (readonly string[])[]) {
    let position = 0;
    for (const element of elements) {
      this.#starts.push(position);
      for (const word of element) {
        const known = this.#lists.get(word);
        if (known === undefined) this.#lists.set(word, [position]);
        else known.push(position);
        position++;
      }
      this.#words += element.length;
      position += ELEMENT_GAP;
    }
  }

  /** The positions of each word, in order; null when one of them is missing. */
  listsOf(words: readonly string[]): (readonly number[])[] | null {
    const lists: (readonly number[])[] = [];
    for (const word of words) {
      const list = this.#lists.get(word);
      if (list === undefined) return null;
      lists.push(list);
    }
    return lists;
  }

  /** A bit for each place of the text at which the word stands, the gap between elements being one place. */
  bitsOf(word: string): Uint32Array {
    let bits = this.#bits.get(word);
    if (bits === undefined) {
      bits = new Uint32Array(((this.#words + this.#starts.length) >>> 5) + 1);
      let element = 0;
      for (const position of this.#lists.get(word)!) {
        while (element + 1 < this.#starts.length && this.#starts[element + 1]! <= position) element++;
        const place = position - element * (ELEMENT_GAP - 1);
        bits[place >>> 5]! |= 1 << (place & 31);
      }
      this.#bits.set(word, bits);
    }
    return bits;
  }
}

/**
 * Whether the words stand one directly after the other: looked for around the rarest of them or, where that one is frequent,
 * everywhere at once, 32 places at a time. Either way a phrase takes microseconds, whatever the text.
 */
export function hasPhrase(words: readonly string[], positions: Positions): boolean {
  const lists = positions.listsOf(words);
  if (lists === null) return false;
  const rarest = lists.reduce((best, list, index) => (list.length < lists[best]!.length ? index : best), 0);
  if (lists[rarest]!.length > FEW) return hasFrequentPhrase(words, positions);
  return lists[rarest]!.some((position) =>
    lists.every((list, index) => includes(list, position - rarest + index)),
  );
}

/** Keeps of all places at which the first word stands those that the others follow. */
function hasFrequentPhrase(words: readonly string[], positions: Positions): boolean {
  const found = positions.bitsOf(words[0]!).slice();
  for (let index = 1; index < words.length; index++) {
    const bits = positions.bitsOf(words[index]!);
    const [skip, shift] = [index >>> 5, index & 31];
    let any = 0;
    for (let at = 0; at < found.length; at++) {
      const low = bits[at + skip]! >>> shift;
      const high = shift === 0 ? 0 : bits[at + skip + 1]! << (32 - shift);
      any |= found[at]! &= low | high;
    }
    if (any === 0) return false;
  }
  return true;
}

/** Whether an ascending list has the number. */
function includes(list: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (list[middle] === wanted) return true;
    if (list[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/**
 * Whether the words stand out of place by at most `slop`: there are distinct positions p of them such that the largest
 * and the smallest p[i] - i differ by at most `slop`. The lowest p[i] - i that is allowed is raised until the rest fits:
 * for each floor, every word takes its first free position at or above it, and no solution above the floor ends lower.
 */
export function isNearly(words: readonly string[], slop: number, positions: Positions): boolean {
  const lists = positions.listsOf(words);
  if (lists === null) return false;
  const cursors = new Uint32Array(lists.length);
  // Equal words share a list: a later one takes what is left behind the one before it.
  const equals = lists.map((list, index) => lists.lastIndexOf(list, index - 1)).with(0, -1);
  let floor = -Infinity;
  for (;;) {
    let lowest = Infinity;
    let highest = -Infinity;
    for (let index = 0; index < lists.length; index++) {
      const list = lists[index]!;
      const equal = equals[index]!;
      let cursor = cursors[index]!;
      if (equal >= 0 && cursors[equal]! >= cursor) cursor = cursors[equal]! + 1;
      while (cursor < list.length && list[cursor]! < floor + index) cursor++;
      if (cursor === list.length) return false;
      cursors[index] = cursor;
      lowest = Math.min(lowest, list[cursor]! - index);
      highest = Math.max(highest, list[cursor]! - index);
    }
    if (highest - lowest <= slop) return true;
    floor = highest - slop;
  }
}
