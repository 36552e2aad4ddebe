/** Something that went wrong and is not an expected answer: shown until it is dismissed. */
export interface Problem {
  id: number;
  /** Where it happened, in words: "Reading the view". */
  where: string;
  message: string;
  /** Stack or other detail for a report; may be ''. */
  detail: string;
}

/** More than this many at once tell nobody anything: the oldest go. */
const MOST = 5;

/** Messages that browsers send to `window.onerror` for what is not an error of the page. */
const HARMLESS = /^ResizeObserver loop/;

export class Problems {
  #next = 0;
  #list: Problem[] = $state.raw([]);

  get list(): Problem[] {
    return this.#list;
  }

  /** Adds what was thrown, unless the same thing is on display already. */
  report(where: string, thrown: unknown): void {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (HARMLESS.test(message)) return;
    if (this.#list.some((one) => one.where === where && one.message === message)) return;
    const detail = thrown instanceof Error ? (thrown.stack ?? '') : '';
    this.#list = [...this.#list, { id: this.#next++, where, message, detail }].slice(-MOST);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((one) => one.id !== id);
  }

  /** Listens for what no component caught, until the returned function is called. */
  start(): () => void {
    const onError = (event: ErrorEvent): void => {
      this.report('The page', event.error ?? event.message);
    };
    const onRejection = (event: PromiseRejectionEvent): void => {
      this.report('The page', event.reason);
    };
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    };
  }
}
