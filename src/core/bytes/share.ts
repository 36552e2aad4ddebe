/** One of the parts of an archive when several workers read it: which of its files are whose. */
export interface Share {
  /** From 0. */
  part: number;
  of: number;
}

export const WHOLE: Share = { part: 0, of: 1 };

/** Neighbours stay together: they are read, and stored, at a time. */
const GROUP = 32;

/** @param index of a file among those of the archive. @returns whether it is in this part */
export function isIn({ part, of }: Share, index: number): boolean {
  return Math.floor(index / GROUP) % of === part;
}
