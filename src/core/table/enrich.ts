/**
 * The record as queries see it: as logged, with what Trailsift knows besides under names of its own.
 */
import type { Value } from '../record/columns.ts';
import { lookUp } from '../record/flatten.ts';
import type { VirtualField } from './deciders.ts';
import { GEO_FIELD, type PlaceOf } from './rows.ts';

const ADDRESS = 'sourceIPAddress';

/**
 * @param record a parsed record; it is not changed
 * @param placeOf geo facts by address; a record that brings its own keeps them
 * @param known virtual fields of the row: path -> values
 * @returns a shallow copy with the additions, or the record itself when there are none
 */
export function enrich(
  record: unknown,
  placeOf: PlaceOf | null,
  known: Readonly<Record<string, Value | readonly Value[]>> = {},
): unknown {
  if (typeof record !== 'object' || record === null) return record;
  const address = addressOf(record as Record<string, unknown>);
  const own = (record as Record<string, unknown>)[GEO_FIELD];
  const place = address !== null && (own === undefined || own === null) ? placeOf?.(address) : null;
  return place ? { ...record, ...known, [GEO_FIELD]: place } : { ...record, ...known };
}

/** A list of one value is that value, as it is for the columns. */
function addressOf(record: Readonly<Record<string, unknown>>): string | null {
  const { [ADDRESS]: address } = record;
  if (address === undefined || typeof address === 'string') return address ?? null;
  const { values } = lookUp(record, ADDRESS);
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : null;
}

/** @returns what is known of a row and no record carries, for `enrich` */
export function knownOf(
  fields: readonly VirtualField[],
  row: number,
): Record<string, Value | readonly Value[]> {
  return Object.fromEntries(
    fields.map((field) => {
      const values = field.valuesOf(field.codeOf(row));
      // One value is no list: explanations name where they found what.
      return [field.path, values.length === 1 ? values[0]! : values];
    }),
  );
}
