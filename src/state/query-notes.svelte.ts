import type { CaseApi } from '../../workers/contract.ts';
import type { Lint } from '../core/query/index.ts';

/** Typing has to pause this long before a query is looked over. */
const PAUSE_MS = 300;

/** What there is to say about a query as it is typed. Late answers are dropped. */
export class QueryNotes {
  /** Lints of `query`. */
  lints: readonly Lint[] = $state.raw([]);
  /** The query that was looked over last. */
  query = $state.raw('');
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly cases: CaseApi,
    private readonly keep: (query: string, lints: readonly Lint[]) => readonly Lint[],
  ) {}

  want(query: string): void {
    this.cancel();
    if (query.trim() === '') {
      this.#set(query, []);
      return;
    }
    const turn = this.#turn;
    this.#timer = setTimeout(() => {
      this.cases.lint(query).then(
        (lints) => {
          if (turn === this.#turn) this.#set(query, this.keep(query, lints));
        },
        // A query can be used without notes on it.
        () => undefined,
      );
    }, PAUSE_MS);
  }

  cancel(): void {
    this.#turn++;
    clearTimeout(this.#timer);
  }

  #set(query: string, lints: readonly Lint[]): void {
    this.query = query;
    this.lints = lints;
  }
}
