/** Counting codes: small loops by themselves, because an engine compiles a long-running function anew wherever it is in it. */
import type { Codes } from './rows.ts';

/** @returns how often each code below `size` occurs */
export function countsOf(codes: Codes, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  return counts;
}

/** @returns how often each code below `size` occurs at the given places */
export function countsAt(codes: Codes, places: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < places.length; i++) counts[codes[places[i]!]!]!++;
  return counts;
}
