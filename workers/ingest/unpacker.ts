/** Takes gzip off large files on another thread, the unpack worker's: a few pieces ahead of who scans them. */
import * as Comlink from 'comlink';
import { gunzip, type ByteReport } from '../../src/core/bytes/index.ts';
import type { ByteSource } from '../../src/core/formats/index.ts';
import type { StartHelper, UnpackApi, Unpacked, Unpacking } from '../contract.ts';
import { Helper } from '../helpers/helper.ts';
import { PIECE } from '../unpack/unpacking.ts';

/** Two pieces there and back are to take less than this at least once in so many times: a busy machine is slow, too. */
const QUICK_MS = 5;
const TIMES = 4;

/** Pieces that are asked for ahead. */
const AHEAD = 4;

export class Unpacker {
  #helper: Promise<Helper<UnpackApi> | null> | null = null;

  /** @param start starts an unpack worker @param quick how quick handing over must be, ms */
  constructor(
    private readonly start: StartHelper,
    private readonly quick = QUICK_MS,
  ) {}

  /**
   * What `gunzip` of the core gives for the same file. Should the other thread end, or not even start, this one goes on.
   *
   * @param source the bytes of the file, for this thread
   * @param told how many bytes of it were read
   */
  async *gunzip(
    file: Blob,
    source: ByteSource,
    report: ByteReport,
    told: (read: number) => void,
  ): AsyncGenerator<Uint8Array, void, void> {
    let given = 0;
    const said = { damage: 0, notes: 0 };
    const tell = (all: ByteReport): void => {
      for (const kind of ['damage', 'notes'] as const) {
        report[kind].push(...all[kind].slice(said[kind]));
        said[kind] = Math.max(said[kind], all[kind].length);
      }
    };
    const heard: ByteReport = { damage: [], notes: [] };
    try {
      const helper = await this.#started();
      for await (const { bytes, read, damage, notes } of helper === null ? [] : piecesOf(helper, file)) {
        heard.damage.push(...damage);
        heard.notes.push(...notes);
        tell(heard);
        told(read);
        if (bytes === null) return;
        given += bytes.length;
        yield bytes;
      }
    } catch {
      // Whatever is wrong with the file is found out, and told, by reading it here.
    }
    const found: ByteReport = { damage: [], notes: [] };
    for await (const chunk of gunzip(source, found, given)) {
      tell(found);
      yield chunk;
    }
    tell(found);
  }

  /** The thread, as long as it lives; null where handing over takes longer than unpacking. */
  #started(): Promise<Helper<UnpackApi> | null> {
    if (this.#helper !== null) return this.#helper;
    const begun = Helper.begin<UnpackApi>(this.start);
    const forget = (): void => {
      this.#helper = null;
    };
    begun.then(({ end }) => end).then(forget, forget);
    return (this.#helper = begun.then(async (helper) =>
      (await isQuick(helper, this.quick)) ? helper : null,
    ));
  }
}

async function* piecesOf(helper: Helper<UnpackApi>, file: Blob): AsyncGenerator<Unpacked, void, void> {
  const unpacking = (await helper.ask((api) => api.start(file))) as Comlink.Remote<
    Unpacking & Comlink.ProxyMarked
  >;
  const asked: Promise<Unpacked>[] = [];
  const ask = (spent: ArrayBuffer | null): void => {
    const piece = helper.ask(() => unpacking.next(spent === null ? null : Comlink.transfer(spent, [spent])));
    // Whoever waits for it is told.
    piece.catch(() => undefined);
    asked.push(piece);
  };
  try {
    for (let n = 0; n < AHEAD; n++) ask(null);
    for (;;) {
      const piece = await asked.shift()!;
      yield piece;
      if (piece.bytes === null) return;
      ask(piece.bytes.buffer);
    }
  } finally {
    const closed = helper.ask(() => unpacking.close());
    closed.catch(() => undefined).finally(() => unpacking[Comlink.releaseProxy]());
  }
}
/**
 * Whether pieces are there and back in less time than it takes to unpack them. Chromium hands a buffer over in a tenth of a
 * millisecond; Firefox sends it through another process, which takes ten and more.
 */
async function isQuick(helper: Helper<UnpackApi>, quick: number): Promise<boolean> {
  let buffer = new ArrayBuffer(2 * PIECE);
  for (let time = 0; time < TIMES; time++) {
    const before = performance.now();
    buffer = await helper.ask((api) => api.echo(Comlink.transfer(buffer, [buffer])));
    if (performance.now() - before < quick) return true;
  }
  return false;
}
