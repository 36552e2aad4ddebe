/** What the page works with, handed in by `main.ts` (and by tests, which hand in their own). */
import type { CaseApi } from '../../workers/contract.ts';
import type { IngestService } from '../ingest/index.ts';

export interface Services {
  /** The case worker. `listen` gets a plain function: whoever carries it to the worker makes a proxy of it. */
  cases: CaseApi;
  ingest: IngestService;
}
