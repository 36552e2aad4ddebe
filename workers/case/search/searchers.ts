/** The search workers: started when there is much to look through, and kept for the next time. */
import * as Comlink from 'comlink';
import type { Search, SearchApi, Sought, SoughtPart, StartSearcher } from '../../contract.ts';
import { endOf } from '../../life.ts';
import { Searcher } from '../../search/searcher.ts';

/** What one thread looks through sooner than another one begins to, bytes as they are stored. */
const LITTLE = 4 << 20;
/** Threads at most. Each takes some tens of MB. */
const MOST = 4;

/** The worker that looked ended. What it was asked to look through has no answer. */
export class SearchLost extends Error {
  override name = 'SearchLost';
}

export class Searchers {
  /** Those that were started and have not ended, by place. */
  readonly #crew = new Map<number, Promise<Helper>>();
  #start: StartSearcher | null = null;

  /** Searches that begin from now on have several threads; as long as nothing is known to start them with, they have this one. */
  use(start: StartSearcher): void {
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
      (await this.#helper(place, start)).start(sought),
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

  #helper(place: number, start: StartSearcher): Promise<Helper> {
    const known = this.#crew.get(place);
    if (known !== undefined) return known;
    const helper = Helper.begin(start);
    const forget = (): void => {
      this.#crew.delete(place);
    };
    this.#crew.set(place, helper);
    helper.then(({ end }) => end).then(forget, forget);
    return helper;
  }
}

/** One search worker. */
class Helper {
  /** When it has ended. */
  readonly end: Promise<void>;
  readonly #api: Comlink.Remote<SearchApi>;
  /** What waits for it: a worker that has ended answers nothing. */
  readonly #waiting = new Set<(lost: SearchLost) => void>();
  #hasEnded = false;

  private constructor(port: MessagePort, life: string) {
    this.#api = Comlink.wrap<SearchApi>(port);
    this.end = endOf(life).then(() => {
      this.#hasEnded = true;
      for (const reject of this.#waiting) reject(new SearchLost());
      port.close();
    });
  }

  static async begin(start: StartSearcher): Promise<Helper> {
    const life = `trailsift-searcher-${crypto.randomUUID()}`;
    return new Helper(await start(life), life);
  }

  async start(sought: Sought): Promise<Search> {
    const search = (await this.#ask(() => this.#api.start(sought))) as Comlink.Remote<
      Search & Comlink.ProxyMarked
    >;
    return {
      look: (part) => this.#ask(() => search.look(handedOver(part))),
      end: async () => {
        await this.#ask(() => search.end());
        search[Comlink.releaseProxy]();
      },
    };
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) throw new SearchLost();
      this.#waiting.add(reject);
      question()
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}

/** Whatever is large goes to the other thread without a copy. */
function handedOver(part: SoughtPart): SoughtPart {
  const packs = part.packs.flatMap(({ bytes }) => (bytes instanceof Blob ? [] : [bytes.buffer]));
  const moved = [part.offsets.buffer, part.lengths.buffer, part.wanted.buffer, ...packs];
  return Comlink.transfer(part, moved as ArrayBuffer[]);
}
