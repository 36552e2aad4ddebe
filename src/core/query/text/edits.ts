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

/**
 * Whether `a` (as code points) and `b` are at most `limit` edits apart: insertions, deletions, substitutions and swaps
 * of neighbours, no part of which is edited again (optimal string alignment, as Lucene's fuzzy queries count).
 */
export function withinEdits(a: readonly number[], text: string, limit: number): boolean {
  if (text.length < a.length - limit || text.length > 2 * (a.length + limit)) return false;
  const b = codePoints(text);
  if (Math.abs(b.length - a.length) > limit) return false;
  // Distances near the diagonal only: entry k of a row is the one at column row + k - limit.
  const size = 2 * limit + 1;
  let beforePrevious = new Array<number>(size).fill(Infinity);
  let previous = Array.from({ length: size }, (_, k) => (k < limit ? Infinity : k - limit));
  for (let row = 1; row <= a.length; row++) {
    const current = new Array<number>(size).fill(Infinity);
    let best = Infinity;
    for (let k = Math.max(0, limit - row); k < size; k++) {
      const column = row + k - limit;
      if (column > b.length) break;
      let distance = Math.min((previous[k + 1] ?? Infinity) + 1, (current[k - 1] ?? Infinity) + 1);
      if (column > 0) distance = Math.min(distance, previous[k]! + (a[row - 1] === b[column - 1] ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) distance = Math.min(distance, beforePrevious[k]! + 1);
      current[k] = distance;
      best = Math.min(best, distance);
    }
    if (best > limit) return false;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length - a.length + limit]! <= limit;
}
