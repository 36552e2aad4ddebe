/** The fields that the filter has besides those of the record: what Trailsift itself knows of an event. */
import type { Completion, Lint } from '../core/query/index.ts';
import { OUTCOMES } from '../core/record/outcome.ts';
import { SEVERITIES } from '../core/rules/rule.ts';
import { MARKS } from '../core/table/mark.ts';

interface FilterField {
  name: string;
  about: string;
  values: readonly string[];
}

/** @param alerts ids of the alerts of the case */
function filterFields(alerts: readonly string[]): FilterField[] {
  return [
    { name: 'severity', about: 'severity of a finding', values: SEVERITIES },
    { name: 'alert', about: 'ID of the alert that fired', values: alerts },
    { name: 'principal', about: 'who called, in short', values: [] },
    { name: 'outcome', about: 'how the call ended', values: OUTCOMES },
    { name: 'mark', about: 'what you marked it as; open until then', values: MARKS },
    { name: 'note', about: 'what you noted on it', values: [] },
  ];
}

const NAMES = new Set(filterFields([]).map(({ name }) => name));

/** `found`, the completions for a record's fields at `cursor`, and before them those of the filter's own fields. */
export function withFilterFields(
  found: readonly Completion[],
  text: string,
  cursor: number,
  alerts: readonly string[],
): Completion[] {
  const before = text.slice(0, cursor);
  if (isInQuotes(before)) return [...found];
  const fields = filterFields(alerts);
  const value = /(?:^|[\s(!+-])(\w+):([\w-]*)$/.exec(before);
  if (value) {
    const [, name, partial = ''] = value;
    const values = fields.find((field) => field.name === name)?.values ?? [];
    const span = { from: cursor - partial.length, to: cursor };
    return [
      ...values
        .filter((one) => one.startsWith(partial.toLowerCase()))
        .map((one): Completion => ({ ...span, kind: 'value', label: one, detail: '', insert: one })),
      ...found,
    ];
  }
  const partial = /(?:^|[\s(!+-])([\w.]+)$/.exec(before)?.[1] ?? '';
  // A word that begins none of the record's fields gets no answer: then the word itself says what it would replace.
  const isField = found.length === 0 ? partial !== '' : found.some(({ kind }) => kind === 'field');
  if (!isField) return [...found];
  const span = found[0] ?? { from: cursor - partial.length, to: cursor };
  const own = fields
    .filter(({ name }) => name.startsWith(partial.toLowerCase()))
    .map(({ name, about }): Completion => ({
      kind: 'field',
      label: name,
      detail: about,
      from: span.from,
      to: span.to,
      insert: `${name}:`,
    }));
  return [...own, ...found];
}

/** `lints` without those that take a field of the filter for an unknown one. */
export function withoutFilterFields(query: string, lints: readonly Lint[]): Lint[] {
  return lints.filter(
    ({ code, from, to }) =>
      code !== 'unknown-field' || !NAMES.has(query.slice(from, to).replace(/\.keyword$/, '')),
  );
}

function isInQuotes(text: string): boolean {
  return (text.replace(/\\./g, '').split('"').length - 1) % 2 === 1;
}
