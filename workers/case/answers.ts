/** Answers that were worked out: a filter is cleared, and a screen left and come back to, many times over. */
import type { ViewAnswer, ViewSpec } from '../contract.ts';
import type { OpenCase } from './open-case.ts';

/** Questions that are kept: those of both screens, with and without a filter. */
const KEPT = 4;

/** Everything of an answer but the number of its view, which is a new one each time. */
export interface Answer {
  /** The rows of the view, in its order. */
  items: Uint32Array;
  facts: Omit<ViewAnswer & { ok: true }, 'view' | 'took'>;
}

export class Answers {
  readonly #kept = new Map<string, Answer>();

  constructor(private readonly opened: OpenCase) {}

  /** @returns what was worked out for a question, as `keyOf` names it */
  get(key: string): Answer | undefined {
    const known = this.#kept.get(key);
    // What is come back to stays longest.
    if (known !== undefined) this.put(key, known);
    return known;
  }

  /** @param key of before the work began: what has changed meanwhile may not be in the answer */
  put(key: string, answer: Answer): void {
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  /** Names a question to the case as it is now: what changes answers changes the name. */
  keyOf(spec: ViewSpec): string {
    const { revision, marks } = this.opened;
    return `${revision} ${marks.sheet.version} ${JSON.stringify(spec)}`;
  }
}
