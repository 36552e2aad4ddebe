import type { CaseApi, GeoInfo, GeoRole, OwnGeo } from '../../workers/contract.ts';
import type { Problems } from './problems.svelte.ts';

/** Where countries and networks of addresses come from, asked for when it is first to be shown. */
export class GeoSource {
  #info: GeoInfo | null = $state.raw(null);
  /** A database is being removed, and what depended on it is matched anew. */
  removing = $state(false);
  #asked = false;
  #cases: CaseApi;
  #problems: Problems;
  #onchange: () => Promise<void>;

  /** @param onchange called when other findings may be in force */
  constructor(cases: CaseApi, problems: Problems, onchange: () => Promise<void>) {
    this.#cases = cases;
    this.#problems = problems;
    this.#onchange = onchange;
  }

  /** What it is, null until it is known. */
  get info(): GeoInfo | null {
    return this.#info;
  }

  /** The person's own database for this, null when there is none. */
  own(role: GeoRole): OwnGeo | null {
    return this.#info?.own.find((one) => one.role === role) ?? null;
  }

  async want(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.changed();
  }

  /** Another database is in use. */
  async changed(): Promise<void> {
    this.#asked = true;
    try {
      this.#info = await this.#cases.geo();
    } catch {
      // A dead case worker is told where it matters.
      this.#asked = false;
    }
  }

  /** Removes a database of the person's own. */
  async remove(role: GeoRole): Promise<void> {
    if (this.removing) return;
    this.removing = true;
    try {
      this.#info = await this.#cases.removeGeo(role);
      await this.#onchange();
    } catch (error) {
      this.#problems.report('Removing the geo database', error);
    } finally {
      this.removing = false;
    }
  }
}
