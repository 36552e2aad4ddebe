/** The search workers: started when there is much to look through, and kept for the next time. */
import * as Comlink from 'comlink';
import type { Search, SearchApi, Sought, SoughtPart, StartHelper } from '../../contract.ts';
import { Helper } from '../../helpers/helper.ts';
import { Searcher } from '../../search/searcher.ts';

/** What one thread looks through sooner than another one begins to, bytes as they are stored. */
const LITTLE = 4 << 20;
/** Threads at most. Each takes some tens of MB. */
const MOST = 4;

export class Searchers {
  /** Those that were started and have not ended, by place. */
  readonly #crew = new Map<number, Promise<Helper<SearchApi>>>();
  #start: StartHelper | null = null;

  /** Searches that begin from now on have several threads; as long as nothing is known to start them with, they have this one. */
  use(start: StartHelper): void {
    this.#start = start;
  }

  /**
   * Begins a search on several threads: each looks through what it is given.
   *
   * @param bytes how much there is to look through, as it is stored
   * @param parts into how many parts that can be divided
   */
  async start(sought: Sought, bytes: number, parts: number): Promise<Search[]> {
    const start = this.#start;
    if (start === null || bytes < LITTLE) return [this.here(sought)];
    const count = Math.min(MOST, parts, navigator.hardwareConcurrency);
    const asked = Array.from({ length: count }, async (_, place) =>
      startAt(await this.#helper(place, start), sought),
    );
    const begun = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    // Where no worker can be started, or all end at once, the search is slower.
    return begun.length > 0 ? begun : [this.here(sought)];
  }

  /** Begins a search in this thread. */
  here(sought: Sought): Search {
    return new Searcher(sought);
  }

  #helper(place: number, start: StartHelper): Promise<Helper<SearchApi>> {
    const known = this.#crew.get(place);
    if (known !== undefined) return known;
    const helper = Helper.begin<SearchApi>(start);
    const forget = (): void => {
      this.#crew.delete(place);
    };
    this.#crew.set(place, helper);
    helper.then(({ end }) => end).then(forget, forget);
    return helper;
  }
}

/** Begins a search on another thread. */
async function startAt(helper: Helper<SearchApi>, sought: Sought): Promise<Search> {
  const search = (await helper.ask((api) => api.start(sought))) as Comlink.Remote<
    Search & Comlink.ProxyMarked
  >;
  return {
    look: (part) => helper.ask(() => search.look(handedOver(part))),
    end: async () => {
      await helper.ask(() => search.end());
      search[Comlink.releaseProxy]();
    },
  };
}

/** Whatever is large goes to the other thread without a copy. */
function handedOver(part: SoughtPart): SoughtPart {
  const packs = part.packs.flatMap(({ bytes }) => (bytes instanceof Blob ? [] : [bytes.buffer]));
  const moved = [part.offsets.buffer, part.lengths.buffer, part.how.buffer, part.known.buffer, ...packs];
  return Comlink.transfer(part, moved as ArrayBuffer[]);
}
