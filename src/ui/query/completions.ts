import type { Completion } from '../../core/query/index.ts';

/** Typing has to pause this long before completions are asked for. */
const PAUSE_MS = 60;

export type Ask = (text: string, cursor: number) => Promise<readonly Completion[]>;

/** Asks for completions as one types: the newest question alone is answered, and none that was called off. */
export class Completions {
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: Ask,
    private readonly show: (options: readonly Completion[]) => void,
  ) {}

  /** Asks what may stand at `cursor`, after a pause. */
  want(text: string, cursor: number): void {
    this.cancel();
    const turn = this.#turn;
    this.#timer = setTimeout(() => {
      this.ask(text, cursor)
        // Without completions a query can be written all the same.
        .catch(() => [])
        .then((options) => {
          if (turn === this.#turn) this.show(options.filter((one) => !isWritten(one, text)));
        });
    }, PAUSE_MS);
  }

  cancel(): void {
    this.#turn++;
    clearTimeout(this.#timer);
  }
}

/** Whether a completion would change nothing but blanks. */
function isWritten({ from, to, insert }: Completion, text: string): boolean {
  return from < to && text.slice(from, to) === insert.trimEnd();
}
