/** Room on the heap. */

/** @returns address of room that is all zero */
export function zeroed(bytes: i32): i32 {
  const start = <i32>heap.alloc(bytes);
  memory.fill(start, 0, bytes);
  return start;
}
