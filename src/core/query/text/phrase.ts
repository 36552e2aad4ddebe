/** Words in a row, and nearly in a row. */

/** Words between the elements of an array, which no phrase without slop can cross (Elasticsearch's default). */
export const ELEMENT_GAP = 100;

/** Most words of a phrase with `~n`. */
export const MAX_SLOPPY_WORDS = 64;

/** Compiles a search for `words` one directly after the other (Knuth, Morris and Pratt: linear time). */
export function compilePhrase(words: readonly string[]): (text: readonly string[]) => boolean {
  const fallback = [0];
  for (let index = 1, matched = 0; index < words.length; index++) {
    while (matched > 0 && words[index] !== words[matched]) matched = fallback[matched - 1]!;
    if (words[index] === words[matched]) matched++;
    fallback.push(matched);
  }
  return (text) => {
    let matched = 0;
    for (const word of text) {
      while (matched > 0 && word !== words[matched]) matched = fallback[matched - 1]!;
      if (word === words[matched]) matched++;
      if (matched === words.length) return true;
    }
    return false;
  };
}

/**
 * Compiles a search for `words` out of place by at most `slop`: there are distinct positions p of the words such
 * that the largest and the smallest p[i] - i differ by at most `slop`. The elements of an array are one text
 * with gaps.
 */
export function compileSloppyPhrase(
  words: readonly string[],
  slop: number,
): (elements: readonly (readonly string[])[]) => boolean {
  const wanted = new Set(words);
  return (elements) => {
    const positions = new Map<string, number[]>();
    let position = 0;
    for (const element of elements) {
      for (const word of element) {
        if (wanted.has(word)) {
          const list = positions.get(word);
          if (list === undefined) positions.set(word, [position]);
          else list.push(position);
        }
        position++;
      }
      position += ELEMENT_GAP;
    }
    if (positions.size < wanted.size) return false;
    return isNearby(
      words.map((word) => positions.get(word)!),
      slop,
    );
  };
}

/**
 * Raises the lowest p[i] - i that is allowed until the rest fits: for each floor, every word takes its first free
 * position at or above it, and no solution above the floor ends lower than that.
 */
function isNearby(positions: readonly number[][], slop: number): boolean {
  const cursors = positions.map(() => 0);
  let floor = -Infinity;
  for (;;) {
    let lowest = Infinity;
    let highest = -Infinity;
    const taken = new Map<number[], number>();
    for (let index = 0; index < positions.length; index++) {
      const list = positions[index]!;
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
