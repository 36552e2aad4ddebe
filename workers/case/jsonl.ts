/** Findings as JSON Lines with their evidence: each source is read once, and what is written goes into a Blob. */
import { TextChunks } from '../../src/core/export/chunks.ts';
import { findingLine } from '../../src/core/export/jsonl.ts';
import type { TableFields } from '../../src/core/table/fields.ts';
import { amendmentsOf } from './addendum.ts';
import { cellsOf } from './cells.ts';
import { bySource, explainFindings } from './evidence.ts';
import type { ExportRun, Made } from './exports.ts';
import type { OpenCase } from './open-case.ts';
import type { View } from './views.ts';

/** Lines after which the bytes go into the Blob, where the browser may keep them out of memory. */
const LINES_A_PART = 10_000;

/**
 * @param view a view of findings
 * @param name of the file, without its extension
 * @returns the lines, in the order of the files and of the records in them; null when it was given up
 */
export async function exportJsonl(
  opened: OpenCase,
  fields: TableFields,
  view: View,
  name: string,
  run: ExportRun,
): Promise<Made | null> {
  if (view.kind !== 'findings') throw new Error('Only findings are exported as JSON.');
  const { table, sources, book, rules, archive } = opened;
  const amendments = await amendmentsOf(opened);
  const { active } = book;
  const marked = fields.marks.snapshot();
  const hits = bySource(view.items, table);
  const chunks = new TextChunks();
  let blob = new Blob([], { type: 'application/jsonl;charset=utf-8' });
  run.total = hits.row.length;
  await explainFindings(
    hits,
    active.map(({ compiled }) => compiled),
    table,
    archive,
    (place, evidence) => {
      const rule = hits.rule[place]!;
      const row = hits.row[place]!;
      const { alerts: _, ...cells } = cellsOf(
        fields,
        rules,
        sources,
        row,
        rule,
        marked(row, rule),
        amendments,
      );
      chunks.write(
        findingLine({
          cells,
          query: active[rule]!.query,
          evidence: evidence.ok ? evidence.explanation : null,
          unread: evidence.ok ? '' : evidence.reason,
        }),
      );
      run.done++;
      if (run.done % LINES_A_PART === 0) blob = new Blob([blob, ...chunks.take()], { type: blob.type });
    },
    () => run.goOn(),
  );
  if (run.done < run.total) return null;
  blob = new Blob([blob, ...chunks.take()], { type: blob.type });
  return { blob, rows: run.total, name: `${name}.jsonl` };
}
