/** Which lines of a record are rows of its tree, and how they hang together. */
import { unquoted, type OutlineLine } from '../../core/record/outline.ts';

/** `written`: as in the record, quotes and brackets included; `read`: for people, without either. */
export type OutlineStyle = 'written' | 'read';

/** Whether lines hang below this one: the parts of an object or array, or what a string holds. */
export function hasParts(line: OutlineLine): boolean {
  return line.kind === 'open' || line.holds !== null;
}

/**
 * Level of a line in the tree, from 1.
 *
 * @param base depth of the lines at the top
 */
export function levelOf(
  lines: readonly OutlineLine[],
  line: OutlineLine,
  base: number,
  look: OutlineStyle,
): number {
  let level = line.depth - base + 1;
  // As read, what a string holds has no brackets around it.
  for (let at = look === 'read' ? line : undefined; at && at.within >= 0; at = lines[at.within]) {
    if (at.kind !== 'text') level--;
  }
  return Math.max(1, level);
}

/** Rows to be drawn of the lines `from` to `to`: what is folded hides what lies in it. */
export function rowsOf(
  lines: readonly OutlineLine[],
  from: number,
  to: number,
  look: OutlineStyle,
  folded: ReadonlySet<number>,
): number[] {
  const rows: number[] = [];
  // A part of the record that has a title of its own is shown by what is in it.
  const first = lines[from];
  let i = look === 'read' && first?.kind === 'open' ? from + 1 : from;
  while (i < to) {
    const line = lines[i]!;
    if (look === 'written' || !(line.kind === 'close' || isOutermost(line, i))) rows.push(i);
    i = folded.has(i) ? line.end : i + 1;
  }
  return rows;
}

/** The bracket around all that a string holds. */
function isOutermost(line: OutlineLine, number: number): boolean {
  return line.kind === 'open' && line.within >= 0 && number === line.within + 1;
}

/** As read, what strings hold is laid open; as written, the string comes first. */
export function usuallyFolded(
  lines: readonly OutlineLine[],
  from: number,
  to: number,
  look: OutlineStyle,
): Set<number> {
  const folded = new Set<number>();
  if (look === 'read') return folded;
  for (let i = from; i < to; i++) if (lines[i]!.holds !== null) folded.add(i);
  return folded;
}

/** The row that `line` hangs below, undefined for one at the top. */
export function parentOf(
  lines: readonly OutlineLine[],
  rows: readonly number[],
  line: number,
): number | undefined {
  return rows.findLast((row) => row < line && lines[row]!.end > line);
}

/** The name a line goes by: its key, or its number in an array. */
export function nameOf(line: OutlineLine): string {
  if (line.key !== null) return unquoted(line.key);
  return line.index >= 0 && line.kind !== 'text' ? `[${String(line.index)}]` : '';
}

/** How many parts an object or array has: `3 fields`, `1 element`. */
export function partsOf(lines: readonly OutlineLine[], number: number): number {
  const line = lines[number]!;
  let parts = 0;
  for (let i = number + 1; i < line.end; i = lines[i]!.end) if (lines[i]!.kind !== 'close') parts++;
  return parts;
}
