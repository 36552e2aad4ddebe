/** Original bytes of many logs in one piece, as they are stored. */

/** More than neighbours in an archive come to in one pack, bytes. */
const AT_ONCE = 8 << 20;

export class PackReader {
  /** The Blob of many logs that was read last: each log asked for by itself would be a question to another process. */
  #whole: { of: Blob; bytes: Promise<ArrayBuffer> } | null = null;

  /** @returns the bytes `offset` to `offset + length` of a pack @throws when they cannot be had */
  async partOf(pack: Uint8Array | Blob, offset: number, length: number): Promise<Uint8Array | Blob> {
    const end = offset + length;
    if (pack instanceof Uint8Array) return pack.subarray(offset, end);
    if (pack.size === length) return pack;
    if (pack.size > AT_ONCE) return pack.slice(offset, end);
    if (this.#whole?.of !== pack) {
      const bytes = pack.arrayBuffer();
      this.#whole = { of: pack, bytes };
      // It may be there the next time.
      bytes.catch(() => (this.#whole = null));
    }
    return new Uint8Array(await this.#whole.bytes, offset, length);
  }
}
