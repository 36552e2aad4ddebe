/** Bytes compared, a vector at a time. */

/**
 * Whether the same `length` bytes stand at both addresses. Up to one vector more is looked at behind either of them.
 */
@inline
export function same(a: i32, b: i32, length: i32): bool {
  const last = length - 16;
  if (last < 0) {
    const wanted = (1 << length) - 1;
    return (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) & wanted) == wanted;
  }
  for (let i = 0; i < last; i += 16) {
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)));
}
