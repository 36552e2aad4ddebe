/** A helper as the worker sees it that asks it. */
import * as Comlink from 'comlink';
import type { StartHelper } from '../contract.ts';
import { endOf } from '../life.ts';

/** The helper ended: what it was asked has no answer. */
export class HelperLost extends Error {
  override name = 'HelperLost';
}

export class Helper<Api> {
  /** When it has ended. */
  readonly end: Promise<void>;
  readonly #api: Comlink.Remote<Api>;
  /** What waits for it: a worker that has ended answers nothing. */
  readonly #waiting = new Set<(lost: HelperLost) => void>();
  #hasEnded = false;

  private constructor(port: MessagePort, life: string) {
    this.#api = Comlink.wrap<Api>(port);
    this.end = endOf(life).then(() => {
      this.#hasEnded = true;
      for (const reject of this.#waiting) reject(new HelperLost());
      port.close();
    });
  }

  /** @throws when it cannot be started */
  static async begin<Api>(start: StartHelper): Promise<Helper<Api>> {
    const life = `trailsift-helper-${crypto.randomUUID()}`;
    return new Helper<Api>(await start(life), life);
  }

  /** @throws HelperLost when it ends before it has answered */
  ask<T>(question: (api: Comlink.Remote<Api>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) throw new HelperLost();
      this.#waiting.add(reject);
      question(this.#api)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}
