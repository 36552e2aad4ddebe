/**
 * Findings as JSON Lines: one object a line, in UTF-8, its event under the names of the CSV's columns, with its evidence.
 * Characters that cannot be seen are written as escapes, which change nothing for whoever parses the line.
 */
import type { ExplainedClause, Explanation } from '../query/index.ts';
import type { FINDING_COLUMNS } from './csv.ts';
import { escapeInvisible } from './invisible.ts';

export type FindingCells = Record<(typeof FINDING_COLUMNS)[number], string | number>;

/** One finding, as a line says it. */
export interface FindingLine {
  /** Cells as in the CSV; `''` and NaN, "none", become null. */
  cells: FindingCells;
  /** The alert's query as it was run. */
  query: string;
  /** Why it fired; null when the record cannot be read any more, for the reason `unread`. */
  evidence: Explanation | null;
  unread: string;
}

/** @returns the finding as one line, with its line break */
export function findingLine({ cells, query, evidence, unread }: FindingLine): string {
  const line = {
    ...Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, known(cell)])),
    query,
    why: evidence?.sentence ?? null,
    conditions: evidence?.clauses.map(condition) ?? null,
    ...(evidence === null ? { evidence_missing: unread } : {}),
  };
  return `${escapeInvisible(JSON.stringify(line))}\n`;
}

function known(cell: string | number): string | number | null {
  return cell === '' || Number.isNaN(cell) ? null : cell;
}

/** A condition of the query, what the query wants of it, how it came out, and where in the record it was met. */
function condition({ text, occur, outcome, evidence }: ExplainedClause): object {
  return { condition: text, occur, outcome, matched: evidence.map(({ path, value }) => ({ path, value })) };
}
