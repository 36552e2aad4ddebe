/** Packed bytes as they come, and the bits that are taken off them: the first bit of a byte is its lowest. */
import { input } from './memory';

/** Bytes that are not taken yet are from `inAt` to `inEnd`; what is taken and not used is in the `held` lowest bits of `bits`. */
export let inAt: usize = input;
export let inEnd: usize = input;
export let bits: u64 = 0;
export let held: i32 = 0;

/** Forgets everything. */
export function clearInput(): void {
  inAt = inEnd = input;
  bits = 0;
  held = 0;
}

/** How many bytes are left. */
export function unused(): i32 {
  return <i32>(inEnd - inAt);
}

/** Makes room for input behind what is not taken yet. @returns address of it */
export function roomForInput(): usize {
  const left = inEnd - inAt;
  memory.copy(input, inAt, left);
  inAt = input;
  inEnd = input + left;
  return inEnd;
}

/** So many bytes were put there. */
export function added(count: i32): void {
  inEnd += count;
}

/** Goes on from another place. */
@inline
export function moveTo(at: usize, itsBits: u64, itsHeld: i32): void {
  inAt = at;
  bits = itsBits;
  held = itsHeld;
}

/** Takes whole bytes as long as there is room for them: less than 57 bits are held only at the end of the input. */
@inline
export function refill(): void {
  while (held <= 56 && inAt < inEnd) {
    bits |= <u64>load<u8>(inAt++) << held;
    held += 8;
  }
}

/** Uses bits that are held. */
@inline
export function take(count: i32): i32 {
  const value = <i32>(bits & ((1 << count) - 1));
  bits >>= count;
  held -= count;
  return value;
}

/** Whole bytes that are held go back; what is left of a byte that was begun is dropped. */
export function giveBack(): void {
  inAt -= held >> 3;
  bits = 0;
  held = 0;
}
