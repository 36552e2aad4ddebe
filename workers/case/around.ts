/** What stands around an event: how much the same principal, address and key did, and what came right before and after. */
import { ENTITY_KINDS, entityAt, entityQuery, entityRows, namesakesOf } from '../../src/core/table/entity.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import type { EventDetail } from '../contract.ts';
import { rowOf } from './rows.ts';

/** Around an event: this long before and after. */
const HOUR = 3_600_000;

/** Events of the same principal that are listed on either side. */
const NEIGHBOURS = 5;

/** Counts the events of the same principal, address and key in the hour before and after. */
export function aroundOf(fields: TableFields, event: number): EventDetail['around'] {
  const time = fields.table.time[event]!;
  if (time !== time) return [];
  return ENTITY_KINDS.flatMap((kind) => {
    const entity = entityAt(fields, kind, event);
    if (entity === null) return [];
    const count = entityRows(fields, entity, { from: time - HOUR, to: time + HOUR }).length;
    return [{ entity, count, query: entityQuery(entity, namesakesOf(fields, entity)) }];
  });
}

/**
 * The nearest events of the same principal before and after an event, in order of time.
 *
 * @param places place of each event in time order (see `timePlaces`)
 * @returns none for an event without time or principal
 */
export function neighboursOf(
  fields: TableFields,
  places: Uint32Array,
  event: number,
): EventDetail['neighbours'] {
  const { time } = fields.table;
  const principal = entityAt(fields, 'principal', event);
  if (principal === null || Number.isNaN(time[event]!)) return { before: [], after: [] };
  const own = places[event]!;
  const before = new Nearest(NEIGHBOURS);
  const after = new Nearest(NEIGHBOURS);
  for (const row of entityRows(fields, principal, { from: null, to: null })) {
    if (row === event || Number.isNaN(time[row]!)) continue;
    const distance = places[row]! - own;
    if (distance < 0) before.offer(row, -distance);
    else after.offer(row, distance);
  }
  const shown = (row: number): EventDetail['row'] => rowOf(fields, row, null);
  return { before: before.rows.reverse().map(shown), after: after.rows.map(shown) };
}

/** The few rows of the least distance, nearest first. */
class Nearest {
  readonly rows: number[] = [];
  readonly #distances: number[] = [];

  constructor(private readonly most: number) {}

  offer(row: number, distance: number): void {
    if (this.rows.length === this.most && distance >= this.#distances.at(-1)!) return;
    let at = this.rows.length;
    while (at > 0 && this.#distances[at - 1]! > distance) at--;
    this.rows.splice(at, 0, row);
    this.#distances.splice(at, 0, distance);
    if (this.rows.length <= this.most) return;
    this.rows.pop();
    this.#distances.pop();
  }
}
