/** Plants the tree of watched keys in the scanner's memory. */
import { columnIndex } from '../record/columns.ts';
import type { ScannerExports } from './wasm.ts';
import { KIND, type Watched } from './watched.ts';

const encoder = new TextEncoder();

/** Columns whose values say whose record it is: the values after them are guessed by it (see assembly/dictionary.ts). */
const CONTEXT: ReadonlyMap<number, number> = new Map([
  [columnIndex('userIdentity.invokedBy'), 1],
  [columnIndex('userIdentity.principalId'), 2],
]);

/**
 * The keys of the record get the first numbers, in the order given.
 *
 * @param lend puts bytes into memory until the next ones are put there
 * @returns address of the root
 */
export function plantKeys(
  wasm: ScannerExports,
  keys: readonly Watched[],
  lend: (bytes: Uint8Array) => number,
): number {
  const node = wasm.addNode();
  const entries = keys.map(({ key, kind, column, flag }) => {
    const token = encoder.encode(`${key}":`);
    return wasm.addEntry(node, lend(token), token.length, kind, column, flag, CONTEXT.get(column) ?? 0);
  });
  keys.forEach(({ kind, below, columns }, index) => {
    if (kind !== KIND.OBJECT) return;
    const inner = plantKeys(wasm, below, lend);
    const numbers = new Uint8Array(Uint32Array.from(columns).buffer);
    wasm.setObject(entries[index]!, inner, lend(numbers), columns.length);
  });
  return node;
}
