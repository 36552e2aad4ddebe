import type { CaseApi, SavedFilter } from '../../workers/contract.ts';
import type { Problems } from './problems.svelte.ts';

/** Filters that were in force lately, at most. */
const REMEMBERED = 20;

/**
 * The filters of the open case: those that have a name, which are kept with the case, and those that were in force
 * lately. A filter can hold names out of the logs, so the latter are held in memory only, as long as the case is open.
 */
export class Filters {
  /** The newest first. */
  recent: readonly string[] = $state.raw([]);
  #cases: CaseApi;
  #problems: Problems;
  #onchange: (filters: SavedFilter[]) => void;

  /** @param onchange told all named filters once they are kept */
  constructor(cases: CaseApi, problems: Problems, onchange: (filters: SavedFilter[]) => void) {
    this.#cases = cases;
    this.#problems = problems;
    this.#onchange = onchange;
  }

  clear(): void {
    this.recent = [];
  }

  /** `query` was in force. */
  remember(query: string): void {
    if (query === '' || this.recent[0] === query) return;
    this.recent = [query, ...this.recent.filter((one) => one !== query)].slice(0, REMEMBERED);
  }

  /** Keeps `query` under `name`; another one of this name is replaced. */
  save(name: string, query: string): Promise<void> {
    return this.#change('Saving the filter', () => this.#cases.saveFilter(name.trim(), query));
  }

  remove(name: string): Promise<void> {
    return this.#change('Deleting the filter', () => this.#cases.removeFilter(name));
  }

  /** Gives a filter another name. It is kept under the new one before the old one goes. */
  rename({ name, query }: SavedFilter, to: string): Promise<void> {
    if (to.trim() === name || to.trim() === '') return Promise.resolve();
    return this.#change('Renaming the filter', async () => {
      await this.#cases.saveFilter(to.trim(), query);
      return this.#cases.removeFilter(name);
    });
  }

  async #change(what: string, work: () => Promise<SavedFilter[]>): Promise<void> {
    try {
      this.#onchange(await work());
    } catch (error) {
      this.#problems.report(what, error);
    }
  }
}
