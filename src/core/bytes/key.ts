/** Names the bytes of a file: two files with the same name are the same file. @param sha256 64 hex digits */
export function bytesKey(sha256: string, size: number): string {
  return `${sha256}:${size}`;
}

/** The size in a key that `bytesKey` made, in bytes. */
export function sizeInKey(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
