/** What lints and completion know of the open case. */
import type { CompletionContext, LintContext } from '../../src/core/query/index.ts';
import { COLUMN_PATHS, FIRST_VALUE, columnIndex } from '../../src/core/record/columns.ts';
import type { EventTable } from '../../src/core/table/event-table.ts';

/** Values offered of one field at most. */
const MOST_VALUES = 200;

/** @returns fields and values that the events of a case have */
export function queryContext(table: EventTable): CompletionContext & LintContext {
  const fields = new Set<string>(table.topLevelKeys);
  COLUMN_PATHS.forEach((path, column) => {
    if (table.values[column]!.length > 0) fields.add(path);
  });
  return {
    fields,
    eventNames: new Set(table.values[columnIndex('eventName')]!.map(String)),
    valuesOf: (path) => valuesOf(table, path),
  };
}

/** @returns values of a column, the most frequent first; none for a path that has no column */
function valuesOf(table: EventTable, path: string): string[] {
  const column = columnIndex(path);
  if (column < 0) return [];
  const values = table.values[column]!;
  const counts = new Uint32Array(values.length + FIRST_VALUE);
  const codes = table.column(column);
  for (let row = 0; row < table.rows; row++) counts[codes[row]!]!++;
  return values
    .map((value, i) => ({ value: String(value), count: counts[i + FIRST_VALUE]! }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_VALUES)
    .map(({ value }) => value);
}
