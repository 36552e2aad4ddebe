/** Looks through the records of logs for pieces of text: in a search worker or, where there is little to do, in the case worker. */
import { NATIVE, RecordText, textOf, unwrap, type TextChunk } from '../../src/core/formats/index.ts';
import { Haystack } from '../../src/core/seek/haystack.ts';
import type { FoundPart, Search, Sought, SoughtPart, SoughtText } from '../contract.ts';
import { fileSource } from '../file-source.ts';
import { FoundRecords } from './found.ts';
import { Packs } from './packs.ts';

export class Searcher implements Search {
  readonly #haystack: Haystack;
  readonly #packs = new Packs();
  /** The text in hand; null where it could not be read. */
  #text: RecordText | null = null;
  /** What of it is in the haystack. */
  #put: Uint8Array | null = null;
  #hasEnded = false;
  /** The part that was given last. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(sought: Sought) {
    this.#haystack = new Haystack(sought);
  }

  /** Parts are looked through one after another, also where the next one comes before the last one is done. */
  look(part: SoughtPart): Promise<FoundPart> {
    const done = this.#last.then(() => this.#look(part));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#last;
    await this.#close();
    this.#haystack.close();
  }

  async #look(part: SoughtPart): Promise<FoundPart> {
    const found = new FoundRecords();
    const unread: FoundPart['unread'] = [];
    this.#packs.take(part);
    let first = 0;
    for (const text of part.texts) {
      const mark = found.mark();
      const end = first + text.records;
      try {
        if (!text.goesOn) await this.#open(text, part.offsets[first]!);
        await this.#lookThrough(text, part, first, end, found);
      } catch {
        found.backTo(mark);
        unread.push({ first, end });
        await this.#close();
      }
      first = end;
    }
    return { ...found.all(), unread };
  }

  async #open(text: SoughtText, from: number): Promise<void> {
    await this.#close();
    const bytes = fileSource(await this.#packs.bytesOf(text));
    this.#text = new RecordText(this.#untilTheEnd(textOf(bytes, from)));
  }

  /** What is wanted of it may lie far on: a search that is over reads no further. */
  async *#untilTheEnd(chunks: AsyncGenerator<TextChunk, void, void>): AsyncGenerator<TextChunk, void, void> {
    for await (const chunk of chunks) {
      if (this.#hasEnded) return;
      yield chunk;
    }
  }

  async #close(): Promise<void> {
    const text = this.#text;
    this.#text = this.#put = null;
    // Whatever is wrong with it: it is not needed any more.
    await text?.close().catch(() => undefined);
  }

  async #lookThrough(
    { formatId }: SoughtText,
    { offsets, lengths, wanted }: SoughtPart,
    first: number,
    end: number,
    found: FoundRecords,
  ): Promise<void> {
    const text = this.#text;
    if (text === null) throw new Error('The text could not be read.');
    // Records that stand in the text as they are can be looked through many at a time.
    const inBulk = formatId === NATIVE;
    for (let record = first; record < end; record++) {
      const offset = offsets[record]!;
      const length = lengths[record]!;
      if (inBulk && text.holds(offset, length)) {
        const { bytes, offset: start } = text.chunk;
        if (this.#put !== bytes) this.#haystack.put(bytes);
        this.#put = bytes;
        const from = offset - start;
        if (wanted[record] === 0 && !this.#haystack.mayHold(from, from + length)) continue;
        found.add(record, unwrap(formatId, bytes.subarray(from, from + length)));
      } else {
        const bytes = await text.reach(offset, length);
        if (bytes === null) throw new Error('The text ends before the record does.');
        const json = unwrap(formatId, bytes);
        this.#haystack.put(json);
        this.#put = null;
        if (wanted[record] === 1 || this.#haystack.mayHold(0, json.length)) found.add(record, json);
      }
    }
  }
}
