/**
 * The paths that the scanner watches, as a trie over the bytes of JSON keys.
 *
 * Every node finds a key with one multiplication and one comparison: its table is a perfect hash, found by
 * trying multipliers when the module loads.
 */
import { COLUMN_PATHS, columnIndex, type IndexIntoColumns } from './columns.ts';
import { ANSWERS } from './outcome.ts';

/** What a watched key leads to. */
export type Target =
  | { kind: 'column'; column: IndexIntoColumns }
  | { kind: 'object'; node: TrieNode; columns: readonly IndexIntoColumns[]; flag: number }
  | { kind: 'time' }
  | { kind: 'loose-time' }
  | { kind: 'id' }
  /** A top-level key that only its presence matters of; `flag` is set on the row when it has a value. */
  | { kind: 'presence'; flag: number }
  /** `errorMessage`, which matters where there is no code. */
  | { kind: 'message' }
  /** A key under which sign-in gives its answer; `column` where there is one too, -1 where there is none. */
  | { kind: 'answer'; column: IndexIntoColumns };

export interface TrieEntry {
  key: Uint8Array;
  text: string;
  target: Target;
  /** Number of the entry over all nodes: index into the scanner's list of keys seen. */
  index: number;
  /** The entry that came next in the last record. Records are much alike: it is looked for first. */
  follower: TrieEntry | null;
  /** What stands in a record from the key on, where there is no white space: `key":`. */
  token: Uint8Array;
}

/** A table of this many bits has always been enough. */
const MOST_BITS = 10;

export class TrieNode {
  readonly #multiplier: number;
  readonly #shift: number;
  readonly #slots: (TrieEntry | null)[];
  /** The entry that the last record began with. */
  first: TrieEntry | null = null;

  constructor(readonly entries: readonly TrieEntry[]) {
    let bits = 2;
    while (1 << bits < entries.length * 2) bits++;
    for (; bits <= MOST_BITS; bits++) {
      for (
        let multiplier = 0x9e3779b1, tries = 0;
        tries < 2000;
        tries++, multiplier = (multiplier + 0x61c88646) | 1
      ) {
        const slots = new Array<TrieEntry | null>(1 << bits).fill(null);
        const collides = entries.some((entry) => {
          const slot = slotOf(entry.key, 0, entry.key.length, multiplier, 32 - bits);
          const taken = slots[slot] !== null;
          slots[slot] = entry;
          return taken;
        });
        if (collides) continue;
        this.#multiplier = multiplier;
        this.#shift = 32 - bits;
        this.#slots = slots;
        return;
      }
    }
    throw new Error('Two watched keys look alike in all that slotOf samples.');
  }

  /** @returns the entry whose key is exactly `bytes[start..end)`, or null */
  find(bytes: Uint8Array, start: number, end: number): TrieEntry | null {
    if (end === start) return null;
    const entry = this.#slots[slotOf(bytes, start, end, this.#multiplier, this.#shift)]!;
    if (entry === null) return null;
    const key = entry.key;
    if (key.length !== end - start) return null;
    for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return null;
    return entry;
  }
}

/** Samples length, both ends and the middle: enough to tell the watched keys of one node apart. */
function slotOf(bytes: Uint8Array, start: number, end: number, multiplier: number, shift: number): number {
  const length = end - start;
  const middle = start + (length >> 1);
  let sample = length;
  sample = Math.imul(sample, 37) + bytes[start]!;
  sample = Math.imul(sample, 37) + bytes[end - 1]!;
  sample = Math.imul(sample, 37) + bytes[middle]!;
  // One further in from either side; of a key of one letter this is the letter again.
  sample = Math.imul(sample, 37) + bytes[Math.min(middle + 1, end - 1)]!;
  sample = Math.imul(sample, 37) + bytes[Math.max(end - 2, start)]!;
  return Math.imul(sample, multiplier) >>> shift;
}

/** Every path below which something is looked for: the columns, and the answers of sign-in. */
const WATCHED: readonly string[] = [
  ...COLUMN_PATHS,
  ...Object.entries(ANSWERS).flatMap(([parent, keys]) => keys.map((key) => `${parent}.${key}`)),
];

/** Top-level keys of the record schema whose presence is worth knowing, with the flag they set (0: none). Those with columns below may be among them. */
export interface PresenceKeys {
  [key: string]: number;
}

/**
 * Builds the trie over COLUMN_PATHS, the event's time and ID, what tells its outcome, and the given presence keys.
 *
 * @returns its root and the number of entries in all
 */
export function buildTrie(presence: PresenceKeys): { root: TrieNode; size: number; topLevel: TrieEntry[] } {
  const encoder = new TextEncoder();
  let size = 0;
  const entry = (text: string, target: Target): TrieEntry => ({
    key: encoder.encode(text),
    text,
    target,
    index: size++,
    follower: null,
    token: encoder.encode(`${text}":`),
  });

  function node(prefix: string, extra: TrieEntry[]): TrieNode {
    const entries = [...extra];
    const answers = ANSWERS[prefix.slice(0, -1)] ?? [];
    for (const key of answers) {
      entries.push(entry(key, { kind: 'answer', column: columnIndex(prefix + key) }));
    }
    const keys = new Set(
      WATCHED.filter((p) => p.startsWith(prefix)).map((p) => p.slice(prefix.length).split('.')[0]!),
    );
    for (const key of keys) {
      if (answers.includes(key)) continue;
      const column = columnIndex(prefix + key);
      if (column >= 0) {
        entries.push(entry(key, { kind: 'column', column }));
      } else {
        const below = `${prefix}${key}.`;
        const columns = COLUMN_PATHS.flatMap((p, i) => (p.startsWith(below) ? [i] : []));
        entries.push(
          entry(key, { kind: 'object', node: node(below, []), columns, flag: presence[prefix + key] ?? 0 }),
        );
      }
    }
    return new TrieNode(entries);
  }

  const special = [
    entry('eventTime', { kind: 'time' }),
    entry('@timestamp', { kind: 'loose-time' }),
    entry('eventID', { kind: 'id' }),
    entry('errorMessage', { kind: 'message' }),
    ...Object.entries(presence)
      .filter(([key]) => !WATCHED.some((path) => path.startsWith(`${key}.`)))
      .map(([key, flag]) => entry(key, { kind: 'presence', flag })),
  ];
  const root = node('', special);
  return { root, size, topLevel: [...root.entries] };
}
