/** Text on its way into a file: in chunks of bytes, so that no export is ever one string. */

/** Characters of text after which it becomes a chunk of bytes. */
const CHUNK = 1 << 20;

export class TextChunks {
  readonly #encoder = new TextEncoder();
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #text = '';

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK) this.#encode();
  }

  /** The bytes written since the last call, in chunks of about 1 MB; together, in order, they are the file. */
  take(): Uint8Array<ArrayBuffer>[] {
    this.#encode();
    const taken = this.#chunks;
    this.#chunks = [];
    return taken;
  }

  #encode(): void {
    if (this.#text === '') return;
    this.#chunks.push(this.#encoder.encode(this.#text));
    this.#text = '';
  }
}
