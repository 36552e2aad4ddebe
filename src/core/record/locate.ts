/** Where in a record each value stands, for people: the flat path with the array indexes put back. */
import type { Value } from './columns.ts';
import { MAX_PATH_LENGTH } from './flatten.ts';

export interface Located {
  /** As `flatten` has it: requestParameters.items.toPort. */
  readonly flat: string;
  /** requestParameters.items[0].toPort; a key that is no plain word is quoted: tags["a.b"]. */
  readonly path: string;
  readonly value: Value;
}

interface Place {
  readonly node: unknown;
  readonly flat: string | null;
  readonly path: string;
}

/** Every value of `record` in order, as far as `flatten` keeps it. */
export function* locate(record: unknown): Generator<Located> {
  const places: Place[] = [{ node: record, flat: null, path: '' }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { node, flat, path } = place;
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index--) {
        places.push({ node: node[index], flat, path: `${path}[${index}]` });
      }
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node).reverse()) {
        const below = flat === null ? key : `${flat}.${key}`;
        if (below.length > MAX_PATH_LENGTH) continue;
        places.push({ node: child, flat: below, path: path + pathStep(key, path === '') });
      }
    } else if (
      flat !== null &&
      (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean')
    ) {
      yield { flat, path, value: node };
    }
  }
}

/** What a key adds to a path: `.key`, the key alone at the beginning, `["a.b"]` for what is no plain word. */
export function pathStep(key: string, first: boolean): string {
  if (!/^[^.[\]"\s]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}
