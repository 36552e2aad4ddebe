/**
 * A record as flat paths, the way Elasticsearch indexes a document: the keys of nested objects are joined by dots, every
 * element of an array stands at the path of the array, null is nothing. A path therefore has a list of values.
 * A key with dots in it is the same path as objects inside one another.
 *
 * Records are untrusted: nothing here recurses, so that no depth of nesting can exhaust the stack.
 */
import type { Value } from './columns.ts';

export type Flat = Map<string, Value[]>;

/** Longest path that is kept: a record of deep nesting must not grow by its square. */
export const MAX_PATH_LENGTH = 4_096;

/**
 * All values of a record by path, in the order of the record. Values at paths longer than MAX_PATH_LENGTH are left out.
 *
 * @param record one event, as JSON.parse returns it
 */
export function flatten(record: unknown): Flat {
  const flat: Flat = new Map();
  const nodes: unknown[] = [record];
  const paths: (string | null)[] = [null];
  while (nodes.length > 0) {
    const node = nodes.pop();
    const path = paths.pop() ?? null;
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index--) {
        nodes.push(node[index]);
        paths.push(path);
      }
    } else if (isObject(node)) {
      const keys = Object.keys(node);
      for (let index = keys.length - 1; index >= 0; index--) {
        const key = keys[index]!;
        const below = path === null ? key : `${path}.${key}`;
        if (below.length > MAX_PATH_LENGTH) continue;
        nodes.push(node[key]);
        paths.push(below);
      }
    } else if (path !== null && isValue(node)) {
      const values = flat.get(path);
      if (values === undefined) flat.set(path, [node]);
      else values.push(node);
    }
  }
  return flat;
}

/** All values of a record, wherever they stand, in its order; those at paths that are too long among them. */
export function allValues(record: unknown): Value[] {
  // What stands in no field is no value of a record.
  if (!isObject(record) || Array.isArray(record)) return [...flatten(record).values()].flat();
  const values: Value[] = [];
  const nodes: unknown[] = [record];
  while (nodes.length > 0) {
    const node = nodes.pop();
    if (isObject(node)) {
      const children: unknown[] = Array.isArray(node) ? node : Object.values(node);
      for (let index = children.length - 1; index >= 0; index--) nodes.push(children[index]);
    } else if (isValue(node)) values.push(node);
  }
  return values;
}

/** What a record has at a path. */
export interface AtPath {
  /** As `flatten(record).get(path)` has them. */
  readonly values: readonly Value[];
  /** Whether the record may have something below the path. */
  readonly below: boolean;
}

/** Looks up one path without flattening the rest of the record. */
export function lookUp(record: unknown, path: string): AtPath {
  const values: Value[] = [];
  let below = false;
  descend(record, path, (node, length) => {
    if (length === path.length && isValue(node)) values.push(node);
    else if (node !== null) below = true;
    return true;
  });
  return { values, below };
}

/** Whether a record has a value at `path` or below it. */
export function hasValue(record: unknown, path: string): boolean {
  let found = false;
  descend(record, path, (node, length) => {
    found ||= holdsValue(node, length);
    return !found;
  });
  return found;
}

/**
 * Calls `visit` with everything that stands at `path` (the elements of arrays one by one), or that a key leads to which
 * goes on after the path with a dot, until it returns false. `length` is that of the path of what it is called with.
 */
function descend(record: unknown, path: string, visit: (node: unknown, length: number) => boolean): void {
  if (path.length > MAX_PATH_LENGTH) return;
  const nodes: unknown[] = [record];
  // Where in the path the next key has to stand; beyond the end of the path: there is none.
  const positions: number[] = [0];
  while (nodes.length > 0) {
    const node = nodes.pop();
    const from = positions.pop()!;
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index--) {
        nodes.push(node[index]);
        positions.push(from);
      }
    } else if (from > path.length) {
      if (!visit(node, from - 1)) return;
    } else if (isObject(node)) {
      const start = nodes.length;
      for (const key in node) {
        const to = from + key.length;
        if (leadsOn(key, path, from, to)) {
          nodes.push(node[key]);
          positions.push(to + 1);
        }
      }
      if (nodes.length > start + 1) reverseFrom(start, nodes, positions);
    }
  }
}

/** Whether `key` is the part of `path` from `from` to `to`, up to a dot or the end of either. */
function leadsOn(key: string, path: string, from: number, to: number): boolean {
  if (to < path.length) return path.charCodeAt(to) === DOT && path.startsWith(key, from);
  if (to === path.length) return path.startsWith(key, from);
  return key.charCodeAt(path.length - from) === DOT && key.startsWith(path.slice(from));
}

const DOT = 0x2e;

/** The first of several keys that lead on is walked first. */
function reverseFrom(start: number, nodes: unknown[], positions: number[]): void {
  nodes.push(...nodes.splice(start).reverse());
  positions.push(...positions.splice(start).reverse());
}

/** Whether there is a value in `node` or below it, at a path that is kept; `length` is that of its own path. */
function holdsValue(node: unknown, length: number): boolean {
  const nodes: unknown[] = [node];
  const lengths: number[] = [length];
  while (nodes.length > 0) {
    const each = nodes.pop();
    const at = lengths.pop()!;
    if (isValue(each)) return true;
    if (Array.isArray(each)) {
      for (const element of each) {
        nodes.push(element);
        lengths.push(at);
      }
    } else if (isObject(each)) {
      for (const key in each) {
        const below = at + 1 + key.length;
        if (below > MAX_PATH_LENGTH) continue;
        nodes.push(each[key]);
        lengths.push(below);
      }
    }
  }
  return false;
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}

function isValue(node: unknown): node is Value {
  return typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean';
}
