/** The search workers: started when there is much to look through, and kept for the next time. */
import * as Comlink from 'comlink';
import type { Search, SearchApi, Sought, SoughtPart } from '../../contract.ts';
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
  readonly #crew: Promise<Helper>[] = [];

  /** @param spawn starts a search worker; null looks through everything in this thread */
  constructor(private readonly spawn: (() => Worker) | null) {}

  /**
   * Begins a search on several threads: each looks through what it is given.
   *
   * @param bytes how much there is to look through, as it is stored
   * @param parts into how many parts that can be divided
   */
  async start(sought: Sought, bytes: number, parts: number): Promise<Search[]> {
    if (this.spawn === null || bytes < LITTLE) return [this.here(sought)];
    const count = Math.min(MOST, parts, navigator.hardwareConcurrency);
    const crew = Array.from({ length: count }, (_, place) => this.#helper(place, this.spawn!));
    try {
      return await Promise.all(crew.map(async (helper) => (await helper).start(sought)));
    } catch {
      // Workers cannot be started, or end at once: the search is slower then.
      return [this.here(sought)];
    }
  }

  /** Begins a search in this thread. */
  here(sought: Sought): Search {
    return new Searcher(sought);
  }

  #helper(place: number, spawn: () => Worker): Promise<Helper> {
    this.#crew[place] ??= Helper.begin(spawn, () => delete this.#crew[place]);
    return this.#crew[place];
  }
}

/** One search worker. */
class Helper {
  /** What waits for it: a worker that has ended answers nothing. */
  readonly #waiting = new Set<(lost: SearchLost) => void>();
  readonly #api: Comlink.Remote<SearchApi>;

  private constructor(
    private readonly worker: Worker,
    private readonly onEnd: () => void,
  ) {
    this.#api = Comlink.wrap<SearchApi>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#ended();
    });
  }

  /** @param onEnd called when it has ended */
  static async begin(spawn: () => Worker, onEnd: () => void): Promise<Helper> {
    try {
      const helper = new Helper(spawn(), onEnd);
      const life = `trailsift-searcher-${crypto.randomUUID()}`;
      await helper.#ask(() => helper.#api.connect(life));
      void endOf(life).then(() => helper.#ended());
      return helper;
    } catch (error) {
      onEnd();
      throw error;
    }
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
      this.#waiting.add(reject);
      question()
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  #ended(): void {
    this.worker.terminate();
    this.onEnd();
    for (const reject of this.#waiting) reject(new SearchLost());
    this.#waiting.clear();
  }
}

/** Whatever is large goes to the other thread without a copy. */
function handedOver(part: SoughtPart): SoughtPart {
  const packs = part.packs.flatMap(({ bytes }) => (bytes instanceof Blob ? [] : [bytes.buffer]));
  const moved = [part.offsets.buffer, part.lengths.buffer, part.wanted.buffer, ...packs];
  return Comlink.transfer(part, moved as ArrayBuffer[]);
}
