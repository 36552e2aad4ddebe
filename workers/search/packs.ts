/** The original bytes that a search is going through. */
import type { SoughtPart, SoughtText } from '../contract.ts';

/** More than neighbours in an archive come to in one pack, bytes. */
const AT_ONCE = 8 << 20;

export class Packs {
  /** Those of the part in hand, by number. */
  #packs = new Map<number, Uint8Array | Blob>();
  /** The Blob of many logs that was read last: each asked for by itself would be a question to another process. */
  #whole: { of: Blob; bytes: Promise<ArrayBuffer> } | null = null;

  /** Takes the packs of a part, and lets go of those that it does not use. */
  take({ packs, texts }: SoughtPart): void {
    const before = this.#packs;
    this.#packs = new Map(packs.map(({ number, bytes }) => [number, bytes]));
    for (const { pack } of texts) {
      const bytes = before.get(pack);
      if (bytes !== undefined) this.#packs.set(pack, bytes);
    }
  }

  /** @returns the original bytes of a text @throws when they cannot be had */
  async bytesOf({ pack, offset, length }: SoughtText): Promise<Uint8Array | Blob> {
    const bytes = this.#packs.get(pack);
    if (bytes === undefined) throw new Error('The original bytes are not there.');
    const end = offset + length;
    if (bytes instanceof Uint8Array) return bytes.subarray(offset, end);
    if (bytes.size === length) return bytes;
    if (bytes.size > AT_ONCE) return bytes.slice(offset, end);
    if (this.#whole?.of !== bytes) this.#whole = { of: bytes, bytes: bytes.arrayBuffer() };
    return new Uint8Array(await this.#whole.bytes, offset, length);
  }
}
