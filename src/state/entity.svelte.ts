import type { CaseApi, EntityAnswer, EntitySpec, Handovers, Row } from '../../workers/contract.ts';
import { encodePlace, hasPage, HOME, sameEntity, type Place } from './address.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { Problems } from './problems.svelte.ts';
import { entityKindOf, type EntityRef } from '../core/table/entity.ts';

/** The page of a principal, an address or a key: the answer on display stays until a newer one has come. */
export class EntityPage {
  current: EntityAnswer | null = $state.raw(null);
  /** Read out of records, which takes longer; null until then. */
  handovers: Handovers | null = $state.raw(null);
  loading = $state(false);
  #cases: CaseApi;
  #navigation: Navigation;
  #problems: Problems;
  #turn = 0;
  #handoversTurn = 0;

  constructor(cases: CaseApi, navigation: Navigation, problems: Problems) {
    this.#cases = cases;
    this.#navigation = navigation;
    this.#problems = problems;
  }

  clear(): void {
    this.#turn++;
    this.#handoversTurn++;
    this.current = null;
    this.handovers = null;
    this.loading = false;
  }

  /** Asks for `spec` and shows the answer. The newest call wins. */
  async load(spec: EntitySpec): Promise<void> {
    const turn = ++this.#handoversTurn;
    if (!sameEntity(this.current?.entity ?? null, spec.entity)) this.handovers = null;
    await this.recount(spec);
    if (turn !== this.#handoversTurn) return;
    try {
      const handovers = await this.#cases.handovers(spec);
      if (turn === this.#handoversTurn) this.handovers = handovers;
    } catch (error) {
      if (turn === this.#handoversTurn) this.#problems.report('Reading who handed out keys', error);
    }
  }

  /** Asks for the numbers of `spec` again, after marks have changed: what its records say is as it was. */
  async recount(spec: EntitySpec): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const answer = await this.#cases.entity(spec);
      if (turn === this.#turn) this.current = answer;
    } catch (error) {
      if (turn === this.#turn) this.#problems.report('Looking through the events', error);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** The place that shows what `query` selects, within the time range that the page has. */
  placeOf(query: string, rows: 'events' | 'findings'): Place {
    const { from, to, sort } = this.#navigation.place;
    return { ...HOME, sort, from, to, tab: rows, query };
  }

  /** The address of a place, for links that can be opened elsewhere. */
  hrefOf(place: Place): string {
    return encodePlace(place) || '#';
  }
}

/** The entity that a value at a path of a record names; null when the path names none, or the value has no page. */
export function entityAt(path: string, value: string): EntityRef | null {
  if (path === 'sourceIPAddress') return entityOf('sourceIp', value);
  return path === 'userIdentity.accessKeyId' ? entityOf('accessKeyId', value) : null;
}

/**
 * The entity that a value of a field names, '' the one of events without a value; null when the field names none, or the
 * value has no page.
 *
 * @param account of a principal: the one of its identity, where that is known
 */
export function entityOf(field: string, value: string, account: string | null = null): EntityRef | null {
  const kind = entityKindOf(field);
  if (kind === null || !hasPage(value)) return null;
  return kind === 'principal' && value !== '' && account !== null
    ? { kind, value, account }
    : { kind, value };
}

/** The entity that a field of a row names. */
export function entityOfRow(
  row: Pick<Row, 'principal' | 'principalAccount' | 'sourceIp' | 'accessKeyId'>,
  field: string,
): EntityRef | null {
  if (field === 'principal') return entityOf(field, row.principal, row.principalAccount);
  return field === 'sourceIp' || field === 'accessKeyId' ? entityOf(field, row[field]) : null;
}
