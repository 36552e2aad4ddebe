/** CSV of a view, in its order: made in pieces, so that a million rows never are one string. */
import { CsvWriter, EVENT_COLUMNS, FINDING_COLUMNS } from '../../src/core/export/csv.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { amendmentsOf } from './addendum.ts';
import { cellsOf } from './cells.ts';
import type { ExportRun, Made } from './exports.ts';
import type { OpenCase } from './open-case.ts';
import type { View } from './views.ts';

/** Rows between two looks at the clock. */
const ROWS_A_LOOK = 500;
/** Rows after which the bytes go into the Blob, where the browser may keep them out of memory. */
const ROWS_A_PART = 20_000;

/**
 * @param view a view of findings or events
 * @param name of the file, without its extension
 * @returns the CSV; null when it was given up
 */
export async function exportCsv(
  opened: OpenCase,
  fields: TableFields,
  view: View,
  name: string,
  run: ExportRun,
): Promise<Made | null> {
  const { table, sources, rules } = opened;
  const amendments = await amendmentsOf(opened);
  const columns = view.kind === 'findings' ? FINDING_COLUMNS : EVENT_COLUMNS;
  const writer = new CsvWriter(columns);
  // Rules may be matched anew and marks be set meanwhile: what is written is as it was when it was asked for.
  const { hitRow, hitRule } = table;
  const marked = fields.marks.snapshot();
  const rows = view.items.length;
  run.total = rows;
  let blob = new Blob([], { type: 'text/csv;charset=utf-8' });
  for (let i = 0; i < rows; i++) {
    const item = view.items[i]!;
    const [row, rule] = view.kind === 'findings' ? [hitRow[item]!, hitRule[item]!] : [item, null];
    const cells = cellsOf(fields, rules, sources, row, rule, marked(row, rule), amendments);
    writer.row(columns.map((column) => cells[column]));
    run.done = i + 1;
    if (i % ROWS_A_PART === ROWS_A_PART - 1) blob = new Blob([blob, ...writer.take()], { type: blob.type });
    if (i % ROWS_A_LOOK === ROWS_A_LOOK - 1 && !(await run.goOn())) return null;
  }
  blob = new Blob([blob, ...writer.take()], { type: blob.type });
  return { blob, rows, name: `${name}.csv` };
}
