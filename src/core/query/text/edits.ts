/** The code points of a text. */
export function codePoints(text: string): number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at)!;
    if (code > 0xffff) at++;
    codes.push(code);
  }
  return codes;
}

/** Number of code points of a text. */
function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if (text.codePointAt(at)! > 0xffff) count--;
  return count;
}

/**
 * Whether `a` (as code points) and `text` are at most `limit` edits apart: insertions, deletions, substitutions and swaps
 * of neighbours, no part of which is edited again (optimal string alignment, as Lucene's fuzzy queries count).
 */
export function withinEdits(a: readonly number[], text: string, limit: number): boolean {
  // Nearly every word is out by its length alone.
  if (text.length < a.length - limit || text.length > 2 * (a.length + limit)) return false;
  if (Math.abs(countCodePoints(text) - a.length) > limit) return false;
  const b = codePoints(text);
  // Distances near the diagonal only: entry k of a row is the one at column row + k - limit.
  const size = 2 * limit + 1;
  let beforePrevious = new Array<number>(size).fill(Infinity);
  let previous = Array.from({ length: size }, (_, k) => (k < limit ? Infinity : k - limit));
  let current = new Array<number>(size).fill(Infinity);
  for (let row = 1; row <= a.length; row++) {
    let best = Infinity;
    for (let k = 0; k < size; k++) {
      const column = row + k - limit;
      current[k] = Infinity;
      if (column < 0 || column > b.length) continue;
      let distance = Math.min((previous[k + 1] ?? Infinity) + 1, (current[k - 1] ?? Infinity) + 1);
      if (column > 0) distance = Math.min(distance, previous[k]! + (a[row - 1] === b[column - 1] ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) distance = Math.min(distance, beforePrevious[k]! + 1);
      current[k] = distance;
      best = Math.min(best, distance);
    }
    if (best > limit) return false;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[b.length - a.length + limit]! <= limit;
}
