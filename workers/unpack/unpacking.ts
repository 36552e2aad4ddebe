/** Takes gzip off a file, in pieces that are worth handing over to another thread. */
import { gunzip, type ByteReport } from '../../src/core/bytes/index.ts';
import type { Unpacked, Unpacking } from '../contract.ts';
import { fileSource } from '../file-source.ts';

/** Bytes of a piece: half as many make no difference. */
export const PIECE = 1 << 21;
/** The first one is waited for. */
const FIRST_PIECE = 1 << 18;

export class FileUnpacking implements Unpacking {
  readonly #report: ByteReport = { damage: [], notes: [] };
  readonly #chunks: AsyncGenerator<Uint8Array, void, void>;
  /** What is left of the chunk in hand. */
  #rest: Uint8Array | null = new Uint8Array(0);
  #read = 0;
  #isFirst = true;
  /** The piece that was asked for last. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param piece bytes of a piece */
  constructor(
    file: Blob,
    private readonly piece = PIECE,
  ) {
    const source = fileSource(file);
    const counting = {
      size: source.size,
      read: (from: number, to: number): Promise<Uint8Array> => {
        this.#read = Math.max(this.#read, Math.min(to, source.size));
        return source.read(from, to);
      },
    };
    this.#chunks = gunzip(counting, this.#report);
  }

  next(spent: ArrayBuffer | null): Promise<Unpacked> {
    const piece = this.#last.then(() => this.#next(spent ?? new ArrayBuffer(this.piece)));
    this.#last = piece.catch(() => undefined);
    return piece;
  }

  async close(): Promise<void> {
    await this.#last;
    this.#rest = null;
    await this.#chunks.return();
  }

  async #next(buffer: ArrayBuffer): Promise<Unpacked> {
    if (this.#rest?.length === 0) await this.#pull();
    const said = { damage: this.#report.damage.splice(0), notes: this.#report.notes.splice(0) };
    if (this.#rest === null) return { bytes: null, read: this.#read, ...said };
    const most = this.#isFirst ? Math.min(FIRST_PIECE, this.piece) : this.piece;
    this.#isFirst = false;
    const room = new Uint8Array(buffer, 0, most);
    let length = 0;
    // What is said of the file goes along with what follows it.
    while (this.#rest !== null && length < room.length && !this.#hasNews) {
      const part: Uint8Array = this.#rest.subarray(0, room.length - length);
      room.set(part, length);
      length += part.length;
      this.#rest = this.#rest.subarray(part.length);
      if (this.#rest.length === 0 && length < room.length) await this.#pull();
    }
    return { bytes: room.subarray(0, length), read: this.#read, ...said };
  }

  get #hasNews(): boolean {
    return this.#report.damage.length > 0 || this.#report.notes.length > 0;
  }

  async #pull(): Promise<void> {
    const { value } = await this.#chunks.next();
    this.#rest = value ?? null;
  }
}
