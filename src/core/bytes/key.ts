/** Names the bytes of a file: two files with the same name are the same file. @param sha256 64 hex digits */
export function bytesKey(sha256: string, size: number): string {
  return `${sha256}:${size}`;
}
