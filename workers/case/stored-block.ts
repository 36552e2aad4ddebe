/** What a block that is stored comes to. */
import type { StoredBlock } from '../../src/core/table/event-table.ts';
import type { Tally } from '../../src/core/table/intake.ts';

/** What a stored block held, by source: kept events and duplicates. */
export function tallyOf(block: StoredBlock): Map<number, Tally> {
  const tally = new Map<number, Tally>();
  const of = (source: number): Tally => {
    let count = tally.get(source);
    if (!count) tally.set(source, (count = { kept: 0, duplicates: 0 }));
    return count;
  };
  for (const source of block.source) of(source).kept++;
  for (const source of block.duplicateSource) of(source).duplicates++;
  return tally;
}

/** Bytes that the arrays of a block take. */
export function bytesOf(block: StoredBlock): number {
  let bytes = 0;
  for (const value of Object.values(block)) {
    if (ArrayBuffer.isView(value)) bytes += value.byteLength;
  }
  for (const codes of block.columns) bytes += codes.byteLength;
  for (const values of block.gained) for (const value of values) bytes += String(value).length;
  return bytes;
}
