import { CodeMap } from '../../src/core/table/intake.ts';

/** What the case remembers of one ingest worker. */
export interface Session {
  codes: CodeMap;
  /** Worker-side source key -> number in the case. */
  sources: Map<number, number>;
}

/** The ingest workers that parcels have come from. */
export class Sessions {
  readonly #all = new Map<string, Session>();

  of(id: string): Session {
    let session = this.#all.get(id);
    if (!session) this.#all.set(id, (session = { codes: new CodeMap(), sources: new Map() }));
    return session;
  }
}
