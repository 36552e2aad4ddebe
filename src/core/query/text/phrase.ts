/** Words in a row, and nearly in a row. */

/** Words between the elements of an array, which no phrase without slop can cross (Elasticsearch's default). */
export const ELEMENT_GAP = 100;

/** Most words of a phrase with `~n`. */
export const MAX_SLOPPY_WORDS = 64;

/** Where each word stands, in order. */
export type Positions = ReadonlyMap<string, readonly number[]>;

/** The positions of the words of some texts: the elements of an array are one text with gaps. */
export function positionsOf(elements: readonly (readonly string[])[]): Positions {
  const positions = new Map<string, number[]>();
  let position = 0;
  for (const element of elements) {
    for (const word of element) {
      const known = positions.get(word);
      if (known === undefined) positions.set(word, [position]);
      else known.push(position);
      position++;
    }
    position += ELEMENT_GAP;
  }
  return positions;
}

/** Whether the words stand one directly after the other; looked for around the rarest of them. */
export function hasPhrase(words: readonly string[], positions: Positions): boolean {
  const lists = listsOf(words, positions);
  if (lists === null) return false;
  const rarest = lists.reduce((best, list, index) => (list.length < lists[best]!.length ? index : best), 0);
  return lists[rarest]!.some((position) =>
    lists.every((list, index) => includes(list, position - rarest + index)),
  );
}

function listsOf(words: readonly string[], positions: Positions): (readonly number[])[] | null {
  const lists: (readonly number[])[] = [];
  for (const word of words) {
    const list = positions.get(word);
    if (list === undefined) return null;
    lists.push(list);
  }
  return lists;
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
  const lists = listsOf(words, positions);
  if (lists === null) return false;
  const cursors = lists.map(() => 0);
  let floor = -Infinity;
  for (;;) {
    let lowest = Infinity;
    let highest = -Infinity;
    const taken = new Map<readonly number[], number>();
    for (const [index, list] of lists.entries()) {
      // Equal words share a list: a later one takes what is left behind the one before it.
      let cursor = Math.max(cursors[index]!, (taken.get(list) ?? -1) + 1);
      while (cursor < list.length && list[cursor]! < floor + index) cursor++;
      if (cursor === list.length) return false;
      cursors[index] = cursor;
      taken.set(list, cursor);
      lowest = Math.min(lowest, list[cursor]! - index);
      highest = Math.max(highest, list[cursor]! - index);
    }
    if (highest - lowest <= slop) return true;
    floor = highest - slop;
  }
}
