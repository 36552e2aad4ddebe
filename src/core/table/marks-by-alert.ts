/** How the findings of some events are marked, alert by alert. */
import type { TableFields } from './fields.ts';
import { MARKS, type Mark } from './mark.ts';

export interface AlertMarks {
  /** Findings by mark. */
  marks: Record<Mark, number>;
  /** What all of them have as their notes; '' = none has any, null = they differ. */
  note: string | null;
}

/**
 * @param rows event rows
 * @returns by number of the alert
 */
export function marksByAlert({ table, rules, marks }: TableFields, rows: Uint32Array): AlertMarks[] {
  const counts = new Uint32Array(rules.length * MARKS.length);
  /** Number of the set of notes + 1; 0 = no finding met. */
  const notes = new Float64Array(rules.length);
  const status = marks.status('findings');
  const noteCodes = marks.noteCodes('findings');
  const isIts = new Uint8Array(table.rows);
  for (let i = 0; i < rows.length; i++) isIts[rows[i]!] = 1;
  for (let i = 0; i < table.findings; i++) {
    if (isIts[table.hitRow[i]!] === 0) continue;
    const rule = table.hitRule[i]!;
    counts[rule * MARKS.length + status[i]!]!++;
    const note = noteCodes[i]! + 1;
    if (notes[rule] === 0) notes[rule] = note;
    else if (notes[rule] !== note) notes[rule] = DIFFER;
  }
  return rules.map((_, rule) => ({
    marks: Object.fromEntries(
      MARKS.map((mark, code) => [mark, counts[rule * MARKS.length + code]!]),
    ) as Record<Mark, number>,
    note: notes[rule] === DIFFER ? null : notes[rule] === 0 ? '' : marks.notesOf(notes[rule]! - 1).join('; '),
  }));
}

const DIFFER = -1;
