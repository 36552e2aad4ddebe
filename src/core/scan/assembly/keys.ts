/**
 * The keys that are watched, as a tree: every node is an object of a record, every entry one of its keys. JavaScript
 * builds it, once, from the paths of the columns.
 */
import { zeroed } from './room';
import { same } from './same';

/** What a watched key leads to: numbers of `../keys.ts`. */
export const COLUMN: i32 = 0;
export const OBJECT: i32 = 1;
export const TIME: i32 = 2;
export const LOOSE_TIME: i32 = 3;
export const EVENT_ID: i32 = 4;
export const PRESENCE: i32 = 5;
export const MESSAGE: i32 = 6;
export const ANSWER: i32 = 7;

const SLOTS: i32 = 256;
const MOST_KEY: i32 = 64;

@unmanaged
export class Node {
  /** Entry that the last such object began with, 0 for none. */
  first: i32;
  /** Open addressing over SLOTS: addresses of entries. */
  slots: i32;
}

@unmanaged
export class Entry {
  /** What stands in a record from the key on, where there is no white space: `key":`. */
  token: i32;
  tokenLength: i32;
  /** Number of the entry over all nodes. */
  index: i32;
  kind: i32;
  /** Of kind COLUMN and ANSWER; -1 for none. */
  column: i32;
  /** Bits that the row gets when the key has a value. */
  flag: i32;
  /** Of kind OBJECT: its node, and the columns below it (addresses of the first and after the last number). */
  node: i32;
  columns: i32;
  columnsEnd: i32;
  /** Kind of context that values of the column are guessed by from then on: 0 none, else 1 or 2. */
  context: i32;
  /** Entry that came next in the last record, 0 for none. Records are much alike: it is looked for first. */
  follower: i32;
}

export let entryCount: i32 = 0;

export function addNode(): i32 {
  const node = changetype<Node>(zeroed(8));
  node.slots = zeroed(SLOTS << 2);
  return changetype<i32>(node);
}

/** @param token address of `key":` in UTF-8; it is copied */
export function addEntry(
  node: i32,
  token: i32,
  tokenLength: i32,
  kind: i32,
  column: i32,
  flag: i32,
  context: i32,
): i32 {
  const entry = changetype<Entry>(zeroed(44));
  entry.token = zeroed(MOST_KEY + 32);
  memory.copy(entry.token, token, tokenLength);
  entry.tokenLength = tokenLength;
  entry.index = entryCount++;
  entry.kind = kind;
  entry.column = column;
  entry.flag = flag;
  entry.context = context;
  const slots = changetype<Node>(node).slots;
  let slot = slotOf(entry.token, tokenLength - 2);
  while (load<i32>(slots + (slot << 2)) != 0) slot = (slot + 1) & (SLOTS - 1);
  store<i32>(slots + (slot << 2), changetype<i32>(entry));
  return changetype<i32>(entry);
}

/** Says where an entry of kind OBJECT leads. @param columns numbers of the columns below, 32 bits each; copied */
export function setObject(entry: i32, node: i32, columns: i32, count: i32): void {
  const target = changetype<Entry>(entry);
  target.node = node;
  target.columns = <i32>heap.alloc(max(4, count << 2));
  target.columnsEnd = target.columns + (count << 2);
  memory.copy(target.columns, columns, count << 2);
}

/** @returns the entry whose key is exactly what stands at `start` to `end`, or 0 */
export function findEntry(node: Node, start: i32, end: i32): i32 {
  const length = end - start;
  let slot = slotOf(start, length);
  while (true) {
    const found = load<i32>(node.slots + (slot << 2));
    if (found == 0) return 0;
    const entry = changetype<Entry>(found);
    if (entry.tokenLength - 2 == length && same(entry.token, start, length)) return found;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/** By length, the first and the last four bytes. */
function slotOf(start: i32, length: i32): i32 {
  let head = load<u32>(start);
  let tail: u32 = 0;
  if (length >= 4) tail = load<u32>(start + length - 4);
  else head &= (1 << (length << 3)) - 1;
  const hash = (head * 0x9e3779b1) ^ (tail * 0x85ebca6b) ^ <u32>length;
  return <i32>((hash * 0xc2b2ae3d) >>> 24);
}
