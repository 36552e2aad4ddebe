/** Makes the parts of a search: what a thread is told of them. */
import type { SoughtPart, SoughtText } from '../../contract.ts';
import type { BytesPlace, SourceArchive } from '../archive.ts';
import type { AskedRecords } from './asked.ts';
import type { SearchVisitor } from './search.ts';
import { BACK } from '../../search/how.ts';
import type { Range } from './stretches.ts';

/** Records of a part are dealt out by so many. */
export const OF = 16;

export class PartMaker {
  /** Packs that the part before used, by their numbers. */
  #sent = new Set<number>();
  /** The source that the part before ended in. */
  #last = -1;

  /**
   * @param visitor tells what is known of each record
   * @param numbers of packs: the same for all threads, so that there are few
   */
  constructor(
    private readonly records: AskedRecords,
    private readonly archive: SourceArchive,
    private readonly visitor: Pick<SearchVisitor, 'conditions' | 'describe'>,
    private readonly numbers: Map<BytesPlace['pack'], number>,
  ) {}

  /** Nothing of what was told is known any more: another thread goes on. */
  forget(): void {
    this.#sent.clear();
    this.#last = -1;
  }

  /** @param back so many of each OF records are to be given back rather than judged */
  async make({ first, end }: Range, back: number): Promise<SoughtPart> {
    const { source, offset, length } = this.records;
    const texts: SoughtText[] = [];
    const packs = new Map<number, Uint8Array | Blob>();
    const used = new Set<number>();
    for (let from = first; from < end;) {
      let to = from;
      while (to < end && source[to] === source[from]) to++;
      const place = this.archive.placeOf(source[from]!) ?? NOWHERE;
      const pack = this.#numberOf(place.pack);
      used.add(pack);
      if (!this.#sent.has(pack) && !packs.has(pack)) packs.set(pack, await this.#bytesOf(place));
      texts.push({
        pack,
        offset: place.offset,
        length: place.length,
        goesOn: source[from] === this.#last,
        formatId: this.archive.formatOf(source[from]!),
        records: to - from,
      });
      this.#last = source[from]!;
      from = to;
    }
    this.#sent = used;
    const { conditions } = this.visitor;
    const how = new Uint8Array(end - first);
    const known = new Uint8Array(how.length * conditions);
    for (let place = 0; place < how.length; place++) {
      how[place] = this.visitor.describe(first + place, known, place * conditions);
      if (place % OF < back) how[place]! |= BACK;
    }
    return {
      packs: Array.from(packs, ([number, bytes]) => ({ number, bytes })),
      texts,
      offsets: offset.slice(first, end),
      lengths: length.slice(first, end),
      how,
      known,
    };
  }

  #numberOf(pack: BytesPlace['pack']): number {
    let number = this.numbers.get(pack);
    if (number === undefined) this.numbers.set(pack, (number = this.numbers.size));
    return number;
  }

  async #bytesOf(place: BytesPlace): Promise<Uint8Array | Blob> {
    try {
      return await this.archive.packAt(place);
    } catch {
      // In no bytes there is no record: whoever looks will say so.
      return new Uint8Array(0);
    }
  }
}

/** Where the bytes are that could not be kept. */
const NOWHERE: BytesPlace = { pack: new Uint8Array(0), offset: 0, length: 0 };
