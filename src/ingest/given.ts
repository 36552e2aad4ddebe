/**
 * What a person gives the page: files picked, a folder picked, or anything dropped, as a stream of files with
 * their paths. Folders are walked while the files found first are already being read.
 */
import type { FileJob } from '../../workers/contract.ts';

/** A file that is there; its size is not asked for yet. */
export type ListedFile = Pick<FileJob, 'path' | 'file'>;

export type Given = { kind: 'files'; files: ListedFile[] } | { kind: 'drop'; transfer: DataTransfer };

/** What was given, safe to be listed later. */
export type Held = { kind: 'files'; files: ListedFile[] } | { kind: 'items'; items: Promise<DroppedItem>[] };

/** A dropped item, in the best form that the browser offers. */
type DroppedItem =
  | { kind: 'handle'; handle: FileSystemHandle }
  | { kind: 'entry'; entry: FileSystemEntry }
  | { kind: 'file'; file: File }
  | { kind: 'nothing' };

/** A file that was listed but cannot be had, with the reason in words. */
export interface Unlisted {
  path: string;
  reason: string;
}

/** Folders within folders that are followed; deeper ones are told of. */
const MOST_DEPTH = 64;

/** @returns what was picked through a file input; paths of a picked folder are kept */
export function fromInput(input: HTMLInputElement): Given {
  const files = Array.from(input.files ?? [], (file) => ({
    path: file.webkitRelativePath || file.name,
    file,
  }));
  return { kind: 'files', files };
}

/** @returns whether a drag carries files (text or a link dragged over the page is none of ours) */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes hold of what was given. For a drop it must be called in the drop handler itself: the items are gone
 * after its first await.
 *
 * Chromium on `file://` reads folders through handles only, Firefox through entries only; a plain File stands
 * in where neither is offered.
 */
export function hold(given: Given): Held {
  if (given.kind === 'files') return given;
  const items = Array.from(given.transfer.items)
    .filter((item) => item.kind === 'file')
    .map((item) => {
      const file = item.getAsFile();
      const entry = entryOf(item);
      const fallback: DroppedItem = entry
        ? { kind: 'entry', entry }
        : file
          ? { kind: 'file', file }
          : { kind: 'nothing' };
      if (!('getAsFileSystemHandle' in item)) return Promise.resolve(fallback);
      const handle = (
        item as DataTransferItem & { getAsFileSystemHandle(): Promise<FileSystemHandle | null> }
      )
        .getAsFileSystemHandle()
        .then<DroppedItem, DroppedItem>(
          (h) => (h ? { kind: 'handle', handle: h } : fallback),
          () => fallback,
        );
      return handle;
    });
  return { kind: 'items', items };
}

function entryOf(item: DataTransferItem): FileSystemEntry | null {
  try {
    return item.webkitGetAsEntry();
  } catch {
    return null;
  }
}

/**
 * Lists every file of what was given.
 *
 * @param onUnlisted told of what is there and cannot be listed
 */
export async function* listFiles(
  held: Held,
  onUnlisted: (item: Unlisted) => void,
): AsyncGenerator<ListedFile> {
  if (held.kind === 'files') {
    yield* held.files;
    return;
  }
  for (const item of await Promise.all(held.items)) {
    if (item.kind === 'file') yield { path: item.file.name, file: item.file };
    else if (item.kind === 'handle') yield* walkHandle(item.handle, '', 0, onUnlisted);
    else if (item.kind === 'entry') yield* walkEntry(item.entry, 0, onUnlisted);
  }
}

async function* walkHandle(
  handle: FileSystemHandle,
  parent: string,
  depth: number,
  onUnlisted: (item: Unlisted) => void,
): AsyncGenerator<ListedFile> {
  const path = parent + handle.name;
  try {
    if (handle.kind === 'file') {
      yield { path, file: await (handle as FileSystemFileHandle).getFile() };
      return;
    }
    if (depth === MOST_DEPTH) {
      onUnlisted({ path, reason: TOO_DEEP });
      return;
    }
    for await (const child of (handle as FileSystemDirectoryHandle).values()) {
      yield* walkHandle(child, `${path}/`, depth + 1, onUnlisted);
    }
  } catch (error) {
    onUnlisted({ path, reason: unreadable(error) });
  }
}

async function* walkEntry(
  entry: FileSystemEntry,
  depth: number,
  onUnlisted: (item: Unlisted) => void,
): AsyncGenerator<ListedFile> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      yield { path, file };
      return;
    }
    if (depth === MOST_DEPTH) {
      onUnlisted({ path, reason: TOO_DEEP });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    // One call gives a hundred entries at most; an empty answer is the end.
    for (;;) {
      const children = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (children.length === 0) return;
      for (const child of children) yield* walkEntry(child, depth + 1, onUnlisted);
    }
  } catch (error) {
    onUnlisted({ path, reason: unreadable(error) });
  }
}

const TOO_DEEP = `Folders are followed ${MOST_DEPTH} levels deep. Add this one by itself.`;

function unreadable(error: unknown): string {
  // Browsers end their sentences or do not.
  const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return `The browser could not open this: ${why}. Add it with “Add folder” or “Add files”.`;
}
