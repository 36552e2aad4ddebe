/** What can be done with a line of the record: by key, by button, on every value. */
import { clauseOf, clauseWithin, escapeField, selects } from '../../core/query/index.ts';
import { leafValue, pathOf, placeOf } from '../../core/record/outline.ts';
import { exclude, include } from '../../state/clauses.ts';
import type { Navigation } from '../../state/navigation.svelte.ts';
import type { RecordReader } from '../../state/record-reader.svelte.ts';
import { copyText } from '../parts/clipboard.ts';

export type LineAction = 'only' | 'without' | 'value' | 'path';

/** The action that a key stands for, null for none. */
export function actionFor(key: string): LineAction | null {
  return ({ '+': 'only', '-': 'without', c: 'value', p: 'path' } as const)[key] ?? null;
}

/** The clause that asks for what a line says; '' where none finds this very record. */
export function clauseOfLine(reader: RecordReader, number: number): string {
  const clause = wantedClause(reader, number);
  return selects(clause, reader.record) ? clause : '';
}

function wantedClause({ lines }: RecordReader, number: number): string {
  const line = lines[number];
  if (!line) return '';
  const value = leafValue(line);
  const path = pathOf(lines, number);
  if (line.within < 0) {
    // Null within an array does not say that the field is missing.
    if (value === null) return placeOf(lines, number).includes('[') ? '' : clauseOf(path, null);
    if (value !== undefined) return clauseOf(path, value);
    return path === null || line.kind === 'close' ? '' : `_exists_:${escapeField(path)}`;
  }
  if (typeof value !== 'string') return '';
  // Inside a string the query language knows words only: those of the value, in the string that holds it.
  let outer = line.within;
  while ((lines[outer]?.within ?? -1) >= 0) outer = lines[outer]!.within;
  return clauseWithin(pathOf(lines, outer) ?? '', value);
}

/** The value of a line as text: a string without quotes and escapes, an object or array as JSON with its literals kept. */
export function valueText({ lines }: RecordReader, number: number): string {
  const line = lines[number];
  if (!line) return '';
  if (line.kind !== 'open') {
    const value = leafValue(line);
    return typeof value === 'string' ? value : line.text;
  }
  let text = '';
  for (let i = number; i < line.end; i++) {
    const one = lines[i]!;
    if (one.within !== line.within) continue;
    text += (i > number && one.key !== null ? `${one.key}:` : '') + one.text;
    if (one.comma && i < line.end - 1) text += ',';
  }
  return text;
}

/** Does what was asked for with line `number`. */
export function act(
  action: LineAction,
  reader: RecordReader,
  number: number,
  clause: string,
  navigation: Navigation,
): void {
  if (action === 'value') void copyText(valueText(reader, number));
  else if (action === 'path') void copyText(placeOf(reader.lines, number));
  else if (clause !== '') {
    const edit = action === 'only' ? include : exclude;
    navigation.go({ query: edit(navigation.place.query, clause) });
  }
}
