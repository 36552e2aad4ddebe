/** Looks through the records of logs for what a query asks for: in a search worker or, where there is little to do, in the case worker. */
import { NATIVE, RecordText, textOf, unwrap, type TextChunk } from '../../src/core/formats/index.ts';
import { once } from '../../src/core/once.ts';
import { UNKNOWN, YES } from '../../src/core/query/index.ts';
import { Haystack } from '../../src/core/seek/haystack.ts';
import type { FoundPart, Search, Sought, SoughtPart, SoughtText } from '../contract.ts';
import { fileSource } from '../file-source.ts';
import { FoundRecords } from './found.ts';
import { BACK, DIFFERS, GIVE, LOOK, MATCHES } from './how.ts';
import { Judge } from './judge.ts';
import { Packs } from './packs.ts';

export class Searcher implements Search {
  readonly #haystack: Haystack;
  readonly #judge: () => Judge;
  readonly #packs = new Packs();
  /** The text in hand; null where it could not be read. */
  #text: RecordText | null = null;
  /** What of it is in the haystack. */
  #put: Uint8Array | null = null;
  #hasEnded = false;
  /** The part that was given last. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(sought: Sought) {
    this.#haystack = new Haystack(sought.needles);
    this.#judge = once(() => new Judge(sought));
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
    const found = new FoundRecords(part.how.length);
    const unread: FoundPart['unread'] = [];
    this.#packs.take(part);
    let first = 0;
    for (const text of part.texts) {
      const end = first + text.records;
      try {
        if (!text.goesOn) await this.#open(text, part.offsets[first]!);
        await this.#lookThrough(text, part, first, end, found);
      } catch {
        found.forget(first, end);
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
    part: SoughtPart,
    first: number,
    end: number,
    found: FoundRecords,
  ): Promise<void> {
    const { offsets, lengths, how } = part;
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
        if ((how[record]! & LOOK) === 0 && !this.#haystack.mayHold(from, from + length)) continue;
        this.#lookInto(record, unwrap(formatId, bytes.subarray(from, from + length)), from, part, found);
      } else {
        const bytes = await text.reach(offset, length);
        if (bytes === null) throw new Error('The text ends before the record does.');
        const json = unwrap(formatId, bytes);
        this.#haystack.put(json);
        this.#put = null;
        if ((how[record]! & LOOK) !== 0 || this.#haystack.mayHold(0, json.length)) {
          this.#lookInto(record, json, 0, part, found);
        }
      }
    }
  }

  /** @param from where its text begins in what the haystack has */
  #lookInto(
    record: number,
    json: Uint8Array,
    from: number,
    { how, known }: SoughtPart,
    found: FoundRecords,
  ): void {
    if ((how[record]! & GIVE) !== 0) return found.give(record, json);
    const judge = this.#judge();
    const at = record * (known.length / how.length);
    const to = from + json.length;
    const outcome = judge.unparsed(known, at, (needles) => this.#haystack.mayHoldThe(needles, from, to));
    if (outcome !== UNKNOWN) found.set(record, outcome === YES ? MATCHES : DIFFERS);
    else if ((how[record]! & BACK) !== 0) found.give(record, json);
    else found.set(record, judge.matches(json, known, at) ? MATCHES : DIFFERS);
  }
}
