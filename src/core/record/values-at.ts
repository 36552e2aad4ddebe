import type { Value } from './columns.ts';

/** Leaf values at a dotted path; arrays on the way contribute each of their elements. A key with a dot in it is not found. */
export function valuesAt(record: unknown, path: string): Value[] {
  let found: unknown[] = [record];
  for (const key of path.split('.')) {
    found = found.flat().flatMap((one) => {
      if (typeof one !== 'object' || one === null || !Object.hasOwn(one, key)) return [];
      return [(one as Record<string, unknown>)[key]];
    });
  }
  return found
    .flat()
    .filter((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean');
}
