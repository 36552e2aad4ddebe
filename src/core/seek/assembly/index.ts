/** What JavaScript calls (`../text.ts`). */
import { BLOCK } from './find';

export { find, findNumber, findOdd } from './find';

/** @returns address of so many bytes of memory, and a block more */
export function makeRoom(bytes: i32): usize {
  return heap.alloc(bytes + BLOCK);
}

/** Gives back what `makeRoom` gave. */
export function giveBack(room: usize): void {
  heap.free(room);
}
