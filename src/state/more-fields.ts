/** Columns that a grid can show besides those it knows by a name of its own: the other columns of the record. */
import type { MoreField } from '../../workers/contract.ts';
import { COLUMN_PATHS } from '../core/record/columns.ts';
import { FIELD_PATHS } from '../core/table/clause.ts';

const NAMED: ReadonlySet<string> = new Set(
  Object.entries(FIELD_PATHS).flatMap(([field, path]) =>
    // Facets alone know these two by name: as columns they are paths like the others.
    field === 'readOnly' || field === 'category' ? [] : [path],
  ),
);

/** The paths, in the order of the record. */
export const MORE_FIELDS: readonly MoreField[] = COLUMN_PATHS.filter(
  (path): path is MoreField => !NAMED.has(path),
);

export function isMoreField(text: string): text is MoreField {
  return (MORE_FIELDS as readonly string[]).includes(text);
}
