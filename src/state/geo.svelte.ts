import type { CaseApi, GeoInfo } from '../../workers/contract.ts';

/** Where countries of addresses come from, asked for when it is first to be shown. */
export class GeoSource {
  #info: GeoInfo | null = $state.raw(null);
  #asked = false;
  #cases: CaseApi;

  constructor(cases: CaseApi) {
    this.#cases = cases;
  }

  /** What it is, null until it is known. */
  get info(): GeoInfo | null {
    return this.#info;
  }

  async want(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.#info = await this.#cases.geo();
    } catch {
      // A dead case worker is told where it matters.
      this.#asked = false;
    }
  }
}
