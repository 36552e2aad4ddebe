/** A download's address may be given back once the browser has begun to read it. */
const RELEASE_AFTER_MS = 60_000;

/** Saves `blob` as a file called `name`: the browser's own download, nothing is sent. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, RELEASE_AFTER_MS);
}
