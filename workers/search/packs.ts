/** The original bytes that a search is going through. */
import type { SoughtPart, SoughtText } from '../contract.ts';
import { PackReader } from '../pack.ts';

export class Packs {
  /** Those of the part in hand, by number. */
  #packs = new Map<number, Uint8Array | Blob>();
  readonly #reader = new PackReader();

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
    return this.#reader.partOf(bytes, offset, length);
  }
}
