/**
 * Compiles a test of whether a text is at most `limit` edits away from `word`: insertions, deletions, substitutions and
 * swaps of neighbours, no part of which is edited again (optimal string alignment, as Lucene's fuzzy queries count).
 * Characters are code points.
 */
export function compileMisspelling(word: string, limit: number): (text: string) => boolean {
  const a = Array.from(word, (char) => char.codePointAt(0)!);
  // Distances near the diagonal only: entry k of a row is the one at column row + k - limit. Arrays are used again and again.
  const size = 2 * limit + 1;
  const far = a.length + limit + 1;
  const rows = [0, 1, 2].map(() => new Int32Array(size + 2));
  const b = new Int32Array(a.length + limit);
  return (text) => {
    const length = readCodePoints(text, b);
    if (length < a.length - limit) return false;
    for (const row of rows) row.fill(far);
    for (let k = limit; k < size; k++) rows[0]![k + 1] = k - limit;
    for (let row = 1; row <= a.length; row++) {
      const [current, previous, beforePrevious] = [
        rows[row % 3]!,
        rows[(row + 2) % 3]!,
        rows[(row + 1) % 3]!,
      ];
      let best = far;
      for (let k = 0; k < size; k++) {
        const column = row + k - limit;
        let distance = far;
        if (column >= 0 && column <= length) {
          distance = Math.min(previous[k + 2]!, current[k]!) + 1;
          if (column > 0)
            distance = Math.min(distance, previous[k + 1]! + (a[row - 1] === b[column - 1] ? 0 : 1));
          const swapped =
            row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
          if (swapped) distance = Math.min(distance, beforePrevious[k + 1]! + 1);
        }
        current[k + 1] = distance;
        best = Math.min(best, distance);
      }
      if (best > limit) return false;
    }
    return rows[a.length % 3]![length - a.length + limit + 1]! <= limit;
  };
}

/** Reads the code points of a text into `codes` and returns their number; -1 when there is no room for them. */
function readCodePoints(text: string, codes: Int32Array): number {
  if (text.length > 2 * codes.length) return -1;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (length === codes.length) return -1;
    const code = text.codePointAt(at)!;
    if (code > 0xffff) at++;
    codes[length++] = code;
  }
  return length;
}
