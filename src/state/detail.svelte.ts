import type { CaseApi, EventDetail } from '../../workers/contract.ts';
import type { Problems } from './problems.svelte.ts';
import { RecordReader } from './record-reader.svelte.ts';

/** The record that is open: the one on display stays until the next has come. */
export class Detail {
  current: EventDetail | null = $state.raw(null);
  /** Why the record asked for cannot be shown. */
  message = $state('');
  loading = $state(false);
  /** Its text, searched and laid out. */
  readonly reader = new RecordReader(() => this.current);
  #cases: CaseApi;
  #problems: Problems;
  #turn = 0;

  constructor(cases: CaseApi, problems: Problems) {
    this.#cases = cases;
    this.#problems = problems;
  }

  clear(): void {
    this.#turn++;
    this.current = null;
    this.reader.renew();
    this.message = '';
    this.loading = false;
  }

  /** Shows event `event`, with how `query` matched it. */
  async load(event: number, query: string): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const answer = await this.#cases.detail(event, query);
      if (turn !== this.#turn) return;
      const shown = answer.ok ? answer.detail : null;
      if (shown?.row.event !== this.current?.row.event) this.reader.renew();
      this.current = shown;
      this.message = answer.ok ? '' : answer.message;
    } catch (error) {
      if (turn === this.#turn) this.#problems.report('Opening a record', error);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}
