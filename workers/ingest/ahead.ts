/**
 * Reads the small files of a batch ahead of their turn. To a browser a file is a question to another process: asked one
 * by one, tens of thousands of them take longer to open than to read.
 */
import type { FileJob } from '../contract.ts';

/** Files up to this size are read into memory at once and stored packed with others; larger ones by reference. */
export const KEPT_WHOLE = 4 << 20;

/** Files asked for at a time: more did not make it faster. */
const AHEAD = 8;

/** A file whose turn it is. */
export interface FileInHand {
  job: FileJob;
  /** Its bytes; the file itself when it is large; null when the browser could not read it. */
  whole: Uint8Array | Blob | null;
}

/** @returns the files of a batch in their order */
export async function* filesAhead(batch: readonly FileJob[]): AsyncGenerator<FileInHand, void, void> {
  const asked: Promise<FileInHand>[] = [];
  let next = 0;
  while (next < batch.length || asked.length > 0) {
    while (next < batch.length && asked.length < AHEAD) asked.push(open(batch[next++]!));
    yield await asked.shift()!;
  }
}

async function open(job: FileJob): Promise<FileInHand> {
  const { file, size } = job;
  if (size > KEPT_WHOLE) return { job, whole: file };
  try {
    return { job, whole: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { job, whole: null };
  }
}
