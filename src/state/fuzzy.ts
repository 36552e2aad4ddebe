/** Finding by a few letters: "efi" finds "Export findings". */

export interface FuzzyMatch {
  /** The more, the better. */
  score: number;
  /** Places in the text, ascending, of the letters that were found. */
  at: number[];
}

/** Texts longer than this are looked at up to here: nobody types that far into a name. */
const LONGEST = 200;

/**
 * How well the letters of `wanted` are found in `text`, in their order and in any case; null when they are not all
 * there. Letters that begin a word count most, then those that follow one another; a gap costs. Spaces of `wanted` part
 * words that are looked for from where the one before ended.
 *
 * The best way is found, not the first: a table over places of the text, letters of `wanted` by letters of `text`.
 */
export function fuzzy(wanted: string, text: string): FuzzyMatch | null {
  const letters = unitsOf(wanted).filter((c) => c.trim() !== '');
  if (letters.length === 0) return { score: 0, at: [] };
  const shown = text.slice(0, LONGEST);
  const small = unitsOf(shown);
  const n = small.length;
  let before: number[] = [];
  const from: Int16Array[] = [];
  for (const [k, letter] of letters.entries()) {
    const best = new Array<number>(n).fill(-Infinity);
    const came = new Int16Array(n).fill(-1);
    let furthest = -Infinity;
    let furthestAt = -1;
    for (let i = 0; i < n; i++) {
      // The best end of the letters so far that is not just before this one.
      if (i >= 2 && (before[i - 2] ?? -Infinity) > furthest) {
        furthest = before[i - 2] as number;
        furthestAt = i - 2;
      }
      if (small[i] !== letter) continue;
      const own = beginsWord(shown, i) ? 8 : 1;
      if (k === 0) {
        best[i] = own - Math.min(i, 20) / 10;
        continue;
      }
      const next = (before[i - 1] ?? -Infinity) + own + 6;
      const jump = furthest + own - 1;
      if (next >= jump && next > -Infinity) {
        best[i] = next;
        came[i] = i - 1;
      } else if (jump > -Infinity) {
        best[i] = jump;
        came[i] = furthestAt;
      }
    }
    before = best;
    from.push(came);
  }
  let end = -1;
  for (let i = 0; i < n; i++)
    if ((before[i] as number) > (end < 0 ? -Infinity : (before[end] as number))) end = i;
  if (end < 0) return null;
  const score = (before[end] as number) - n / 100;
  const at: number[] = [];
  for (let k = letters.length - 1, i = end; k >= 0; i = (from[k] as Int16Array)[i] as number, k--)
    at.unshift(i);
  return { score, at };
}

/** Each on its own: a letter that grows when it is made small would move all places after it. */
function unitsOf(text: string): string[] {
  return text.split('').map((c) => c.toLowerCase());
}

function beginsWord(text: string, i: number): boolean {
  const c = text[i] as string;
  const last = text[i - 1];
  if (last === undefined || !/[\p{L}\p{N}]/u.test(last)) return /[\p{L}\p{N}]/u.test(c);
  // The hump of a camel: `PutObject`.
  return c !== c.toLowerCase() && last === last.toLowerCase();
}

/** `text` cut into pieces that were found and pieces that were not, in order. */
export function pieces(text: string, at: readonly number[]): { text: string; found: boolean }[] {
  const found = new Set(at);
  const cut: { text: string; found: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = cut.at(-1);
    if (last?.found === found.has(i)) last.text += text[i] as string;
    else cut.push({ text: text[i] as string, found: found.has(i) });
  }
  return cut;
}
