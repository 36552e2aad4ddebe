import { compileMisspelling } from '../text/edits.ts';

/** The first of the words of `known` that is spelled most like `word`, in any case; null when none is near. Up to `most` edits. */
export function nearest(word: string, known: Iterable<string>, most = 6): string | null {
  const wanted = word.toLowerCase();
  let limit = Math.min(most, Math.max(1, Math.floor(wanted.length / 3)));
  let isNear = compileMisspelling(wanted, limit);
  let best: string | null = null;
  for (const candidate of known) {
    const spelled = candidate.toLowerCase();
    while (isNear(spelled)) {
      best = candidate;
      if (--limit < 0) return best;
      isNear = compileMisspelling(wanted, limit);
    }
  }
  return best;
}
