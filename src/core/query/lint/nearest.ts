import { codePoints, withinEdits } from '../text/edits.ts';

/** The first of the words of `known` that is spelled most like `word`, in any case; null when none is near. Up to `most` edits. */
export function nearest(word: string, known: Iterable<string>, most = 6): string | null {
  const codes = codePoints(word.toLowerCase());
  let limit = Math.min(most, Math.max(1, Math.floor(codes.length / 3)));
  let best: string | null = null;
  for (const candidate of known) {
    while (limit >= 0 && withinEdits(codes, candidate.toLowerCase(), limit)) {
      best = candidate;
      limit--;
    }
    if (limit < 0) break;
  }
  return best;
}
