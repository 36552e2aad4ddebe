/** Counts of a facet in the made-up world. */
import type { Facet, FacetField } from '../../../workers/contract.ts';
import type { FakeWorld } from './fake-world.ts';

export function fakeFacet(
  world: FakeWorld,
  field: FacetField,
  top: number,
  search: string,
  sample: readonly number[],
): Facet {
  const counts = new Map<string, number>();
  for (const event of sample) {
    const value = world.value(event, field);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts]
    .filter(([value]) => value.toLowerCase().includes(search.toLowerCase()))
    .sort((a, b) => b[1] - a[1]);
  return {
    field,
    distinct: sorted.length,
    otherRows: sorted.slice(top).reduce((sum, [, count]) => sum + count, 0),
    values: sorted.slice(0, top).map(([value, count]) => ({
      value,
      label: world.label(field, value),
      count,
      clause:
        value === ''
          ? `NOT _exists_:${field}`
          : /^\w+$/.test(value)
            ? `${field}:${value}`
            : `${field}:"${value}"`,
    })),
  };
}
